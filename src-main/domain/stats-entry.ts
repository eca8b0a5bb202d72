/**
 * R-19 (S2): 应统尽统、颗粒归仓: physical work must be entered in statistics (入统入库). 入库率 = entered ÷ started (§7).
 * Only the office's own bookkeeping: the official figures are those of the statistics bureau.
 */
import { addDays, daysBetween } from "./calendar.ts";
import type { Row } from "./registry.ts";
import { keysOf, type Stage, statsPapers } from "./values.ts";

type Entry = Pick<Row<"project">, "started_on" | "stage" | "stats_state">;

/** Stages in which work has begun, for projects whose day of start nobody wrote. */
export const startedStages: readonly Stage[] = ["started", "under_construction", "in_production"];

/** True when work has begun on `date`: by its day, else by the project's stage. */
export function hasStarted({ started_on, stage }: Entry, date: string): boolean {
  return started_on === null ? stage !== null && startedStages.includes(stage) : started_on <= date;
}

/**
 * Where a project stands on `date`:
 * - outside: not started, or 不需入库: nothing is owed, and 入库率 does not count it;
 * - entered: 已入库;
 * - waiting: started and not entered (应入未入), within the days set, or with no days set or no known day of start;
 * - overdue: started more than `days` days ago and not entered.
 */
export function entryStanding(
  project: Entry,
  date: string,
  days: number | null,
): "outside" | "entered" | "waiting" | "overdue" {
  if (project.stats_state === "entered") return "entered";
  if (project.stats_state === "not_required" || !hasStarted(project, date)) return "outside";
  return entryDaysOver(project, date, days) > 0 ? "overdue" : "waiting";
}

/** Days beyond the last day on which the entry is due; 0 or less while it is in time, or nothing can be said. */
export function entryDaysOver({ started_on }: Entry, date: string, days: number | null): number {
  return started_on === null || days === null ? 0 : daysBetween(addDays(started_on, days), date);
}

/** How many of the papers are there, as "2/3"; `papers`: their keys, joined by commas. */
export function papersText(papers: string | null): string {
  return `${(papers ?? "").split(",").filter((each) => each !== "").length}/${keysOf(statsPapers).length}`;
}

/** Entered in percent of those that have started and must be entered; null when there are none. */
export function entryRate(entered: number, owed: number): number | null {
  return owed === 0 ? null : (entered / owed) * 100;
}
