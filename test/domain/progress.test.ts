import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { completionPercent, leadPoints, leadWords, timePercent } from "#domain/progress.ts";

/** Published figures of other cities; printed numbers may be rounded by up to 0.2 points. */
const oracle = Papa.parse<Record<string, string>>(
  readFileSync(join(import.meta.dirname, "../fixtures/progress_oracle.csv"), "utf8"),
  { header: true, skipEmptyLines: true },
).data;
const ROUNDING = 0.2;

test("completion percentages agree with every published figure that gives plan and completed amount", () => {
  const published = oracle.filter((row) => row.annual_plan_yi && row.completed_yi && row.printed_completion_pct);
  expect(published).toHaveLength(12);
  for (const { id, annual_plan_yi, completed_yi, printed_completion_pct } of published) {
    const percent = completionPercent(Number(completed_yi), Number(annual_plan_yi));
    expect(Math.abs((percent ?? 0) - Number(printed_completion_pct)), id).toBeLessThanOrEqual(ROUNDING);
  }
});

test("leads over time progress agree with every published figure", () => {
  const published = oracle.filter((row) => row.printed_lead_pp);
  expect(published).toHaveLength(6);
  for (const { id, printed_completion_pct, months_elapsed, printed_lead_pp } of published) {
    const lead = leadPoints(Number(printed_completion_pct), 100, Number(months_elapsed));
    expect(Math.abs((lead ?? 0) - Number(printed_lead_pp)), id).toBeLessThanOrEqual(ROUNDING);
  }
});

test("where plan, completed amount and months are given, the lead follows from the amounts alone", () => {
  const published = oracle.filter((row) => row.annual_plan_yi && row.completed_yi && row.printed_lead_pp);
  expect(published.map(({ id }) => id)).toEqual(["A01", "A02"]);
  for (const { id, annual_plan_yi, completed_yi, months_elapsed, printed_lead_pp } of published) {
    const lead = leadPoints(Number(completed_yi), Number(annual_plan_yi), Number(months_elapsed));
    expect(Math.abs((lead ?? 0) - Number(printed_lead_pp)), id).toBeLessThanOrEqual(ROUNDING);
  }
});

test("every published row gives enough to check something", () => {
  const checked = (row: Record<string, string>) =>
    (row.annual_plan_yi && row.completed_yi && row.printed_completion_pct) || row.printed_lead_pp;
  expect(oracle.filter((row) => !checked(row)).map(({ id }) => id)).toEqual([]);
  expect(oracle).toHaveLength(16);
});

test("a lead is said in words", () => {
  expect(leadWords(3.24)).toBe("超序时 3.2 个百分点");
  expect(leadWords(-0.06)).toBe("欠序时 0.1 个百分点");
  expect(leadWords(0)).toBe("超序时 0.0 个百分点");
  expect(leadWords(null)).toBe("");
});

test("without a plan there is no percentage, and a full year is 100 %", () => {
  expect(completionPercent(5, 0)).toBeNull();
  expect(leadPoints(null, 10, 3)).toBeNull();
  expect(timePercent(12)).toBe(100);
});
