/** Visits: when a project is due for one, and their words. R-30 (S3) gives no minimum, so the days are a setting. */
import { addDays } from "./calendar.ts";
import type { Row } from "./registry.ts";
import type { Settings } from "./settings.ts";

/** A project last visited on this day or before, or never, is due for a visit (到期未走访); null while no days are set: none is. */
export function visitDueSince(settings: Settings, asOf: string): string | null {
  const days = settings["visit.overdueDays"];
  return days === null ? null : addDays(asOf, -days);
}

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
