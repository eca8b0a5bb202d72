/** What the figures of projects rest on: the month, the day to which everything counts, and the rules of the lights. */
import { monthOf, monthRange } from "#domain/calendar.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { Office } from "#features/office.ts";

export type Basis = { month: string; date: string; rules: LightRules };

/** The month of `asOf` as far as that day, by the rules in force: what the ledger and the workbench show. */
export function basisOn({ lightRules }: Office, asOf: string): Basis {
  return { month: monthOf(asOf), date: asOf, rules: lightRules };
}

/** The whole month once it is over, else as far as today, by the rules in force. */
export function basisOf(office: Office, month: string): Basis {
  const { last } = monthRange(month);
  return { ...basisOn(office, last < office.today ? last : office.today), month };
}
