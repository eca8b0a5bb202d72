/** Visits in words. */
import type { Row } from "./registry.ts";

/** Where the follow-up of a visit stands; empty when nothing was agreed. */
export function followUpState({
  follow_up,
  follow_up_on,
  followed_up_on,
}: Pick<Row<"visit">, "follow_up" | "follow_up_on" | "followed_up_on">): string {
  if (!follow_up) return "";
  if (followed_up_on) return `已办结 ${followed_up_on}`;
  return follow_up_on ? `限 ${follow_up_on}` : "未办结";
}
