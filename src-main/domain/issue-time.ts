/**
 * Days of issues. R-11 and R-12 (S2, S3) say 限时解决 without a number: deadlines follow from settings of the city, or are
 * set one by one. R-13 (S3): the lists are followed up month by month (逐月跟进).
 */
import { addDays, monthOf } from "./calendar.ts";
import type { Row } from "./registry.ts";
import type { SettingKey, Settings } from "./settings.ts";
import type { IssueLevel } from "./values.ts";

/** The setting that gives each level its days. */
export const issueDaysKey: Record<IssueLevel, SettingKey & `issue.days.${IssueLevel}`> = {
  region: "issue.days.region",
  vice_mayor: "issue.days.vice_mayor",
  executive_vice_mayor: "issue.days.executive_vice_mayor",
  mayor: "issue.days.mayor",
};

/** The deadline that an issue at this level gets when it begins or arrives there on `from`; null while none is set. */
export function proposedDeadline(settings: Settings, level: IssueLevel, from: string): string | null {
  const days = settings[issueDaysKey[level]];
  return days === null ? null : addDays(from, days);
}

type Dated = Pick<Row<"issue">, "state" | "deadline_on">;

/** True when the deadline has passed on `asOf` and the issue is not solved; the day itself is still in time. */
export function isOverdue({ state, deadline_on }: Dated, asOf: string): boolean {
  return state === "open" && deadline_on !== null && deadline_on < asOf;
}

/**
 * The day since which something must have been written of an open issue: the first of so many days that end on `asOf`
 * when the city has set their number, else the first of the month (逐月跟进).
 */
export function silentBefore(settings: Settings, asOf: string): string {
  const days = settings["issue.silentDays"];
  return days === null ? `${monthOf(asOf)}-01` : addDays(asOf, 1 - days);
}

/** True when an open issue was found, and last written of, before the day that silentBefore gives (待跟进). */
export function isSilent(
  { state, found_on }: Pick<Row<"issue">, "state" | "found_on">,
  lastEntryOn: string | null,
  since: string,
): boolean {
  return state === "open" && found_on < since && (lastEntryOn === null || lastEntryOn < since);
}

/** Ages of unsolved issues as the workbench's chart and 办理情况 group them, by days since they were found. */
export const issueAges = {
  week: "7 天以内",
  month: "8–30 天",
  quarter: "31–90 天",
  half_year: "91–180 天",
  longer: "180 天以上",
} as const;
export type IssueAge = keyof typeof issueAges;

/** Fewest and most days of each age; the last has no end. */
export const ageDays = {
  week: [0, 7],
  month: [8, 30],
  quarter: [31, 90],
  half_year: [91, 180],
  longer: [181, null],
} as const satisfies Record<IssueAge, readonly [fewest: number, most: number | null]>;
