/** The project card (建档立卡, S0 S2): which of its key facts are still missing. Missing facts are shown, never refused. */
import type { FieldName } from "./registry.ts";

const cardFacts = [
  "owner",
  "total_investment",
  "region",
  "stage",
  "content",
  "responsible_unit",
] as const satisfies readonly FieldName<"project">[];

/** Names of the missing card facts, in card order; empty when the card is complete. */
export function missingCardFacts(
  project: Record<(typeof cardFacts)[number], string | number | null>,
): FieldName<"project">[] {
  return cardFacts.filter((fact) => project[fact] === null || project[fact] === "");
}
