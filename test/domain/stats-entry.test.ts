/** 应统尽统; the source gives no number of days, so without the setting nothing is overdue. */
import { expect, test } from "vitest";
import { entryDaysOver, entryRate, entryStanding } from "#domain/stats-entry.ts";

const project = { started_on: "2026-03-01", stage: null, stats_state: null };

test.each([
  ["not started yet", { ...project, started_on: "2026-03-02" }, "2026-03-01", 30, "outside"],
  ["started that day", project, "2026-03-01", 30, "waiting"],
  ["the last day in time", project, "2026-03-31", 30, "waiting"],
  ["the day after", project, "2026-04-01", 30, "overdue"],
  ["0 days: overdue the day after the start", project, "2026-03-02", 0, "overdue"],
  ["no number set: never overdue", project, "2030-01-01", null, "waiting"],
  ["entered", { ...project, stats_state: "entered" as const }, "2030-01-01", 30, "entered"],
  ["不需入库", { ...project, stats_state: "not_required" as const }, "2030-01-01", 30, "outside"],
  [
    "papers on the way do not stop the clock",
    { ...project, stats_state: "submitted" as const },
    "2030-01-01",
    30,
    "overdue",
  ],
  ["sent back neither", { ...project, stats_state: "returned" as const }, "2030-01-01", 30, "overdue"],
  [
    "begun by its stage, but no day to count from",
    { ...project, started_on: null, stage: "under_construction" as const },
    "2030-01-01",
    30,
    "waiting",
  ],
  [
    "in preparation, no day",
    { ...project, started_on: null, stage: "preparatory" as const },
    "2030-01-01",
    30,
    "outside",
  ],
  [
    "a planned day counts more than the stage",
    { ...project, started_on: "2031-01-01", stage: "started" as const },
    "2030-01-01",
    30,
    "outside",
  ],
] as const)("%s", (_, given, date, days, expected) => {
  expect(entryStanding(given, date, days)).toBe(expected);
});

test("days beyond the last day are counted, and 入库率 leaves out nobody who must be entered", () => {
  expect(entryDaysOver(project, "2026-04-05", 30)).toBe(5);
  expect(entryDaysOver(project, "2026-04-05", null)).toBe(0);
  expect(entryRate(3, 4)).toBe(75);
  expect(entryRate(0, 0)).toBeNull();
});
