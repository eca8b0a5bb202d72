/** Annual and monthly plans, funds and 入统入库 of projects (F04, F13, F14). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inYear, planOfYear } from "#domain/annual-plan.ts";
import { isPaymentLate } from "#domain/funds.ts";
import { entryStanding } from "#domain/stats-entry.ts";
import { fundSources, keysOf, stages, statsStates } from "#domain/values.ts";
import { funds } from "#features/plans/funds.ts";
import { plans } from "#features/plans/plans.ts";
import { statsEntry } from "#features/plans/stats-entry.ts";
import { projects } from "#features/projects/projects.ts";
import { monthlyReports } from "#features/reports/reports.ts";
import { settings } from "#features/settings.ts";
import { workbench } from "#features/workbench.ts";
import { CITY, type Desk, DISTRICT, failure, openDesk, put, STREET, TODAY, undo } from "../helpers/office.ts";

const year = 2026;
const yearOf = (desk: Desk, projectId: string) => plans.year(desk.office, { projectId, year, asOf: TODAY });
const planned = async (desk: Desk, projectId: string) =>
  (await yearOf(desk, projectId)).months.map(({ planned_investment }) => planned_investment);

test("an annual plan is spread over the open months in one act, and taken back in one", async () => {
  const desk = await openDesk(STREET);
  const projectId = put(desk, "project", {});
  await failure(() => plans.spread(desk.office, { projectId, year }), "plan_missing");
  await plans.saveYear(desk.office, { projectId, year, values: { planned_investment: 120_000, goal: "封顶" } });
  await plans.saveMonths(desk.office, {
    projectId,
    months: [{ month: "2026-01", values: { planned_investment: 32_000 } }],
  });
  await monthlyReports.save(desk.office, {
    month: "2026-01",
    entries: [{ projectId, values: { completed_investment: 1 } }],
    submit: [projectId],
  });
  expect((await yearOf(desk, projectId)).gap).toBe(-88_000);
  const spread = await plans.spread(desk.office, { projectId, year });
  expect(await planned(desk, projectId)).toEqual([32_000, ...Array(11).fill(8000)]);
  expect(await yearOf(desk, projectId)).toMatchObject({ gap: 0, monthsPlanned: 120_000, goal: "封顶" });
  await undo(desk, spread);
  expect(await planned(desk, projectId)).toEqual([32_000, ...Array(11).fill(null)]);
  await plans.saveYear(desk.office, { projectId, year, values: { planned_investment: 31_999 } });
  await failure(() => plans.spread(desk.office, { projectId, year }), "plan_exceeded");
});

test("an annual plan can be given again after undoing its first entry, and comes back blank", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const first = await plans.saveYear(desk.office, { projectId, year, values: { planned_investment: 5, goal: "甲" } });
  await undo(desk, first);
  expect((await yearOf(desk, projectId)).annual).toBeNull();
  await plans.saveYear(desk.office, { projectId, year, values: { note: "乙" } });
  expect((await yearOf(desk, projectId)).annual).toMatchObject({ planned_investment: null, goal: null, note: "乙" });
});

test("list, page and sums follow one rule, and SQL the same as the pure function", async () => {
  const desk = await openDesk();
  const ledger = fc.record({
    annual_plan_investment: fc.option(fc.nat(1000)),
    as_of: fc.constantFrom(null, "2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"),
    plan: fc.option(fc.record({ planned_investment: fc.option(fc.nat(1000)), goal: fc.constant("封顶") })),
  });
  await fc.assert(
    fc.asyncProperty(ledger, async ({ plan, ...values }) => {
      const id = put(desk, "project", values);
      if (plan) await plans.saveYear(desk.office, { projectId: id, year, values: plan });
      const amount = planOfYear(values, plan ?? undefined, year)?.amount ?? null;
      for (const filter of [{ ids: [id] }, { ids: [id], lights: ["none" as const] }]) {
        const list = { filter, offset: 0, limit: 1, asOf: TODAY };
        const { rows, annualPlanInvestment } = await projects.list(desk.office, list);
        expect([rows[0]?.annual_plan, annualPlanInvestment]).toEqual([amount, amount ?? 0]);
      }
      const page = await projects.get(desk.office, { id, asOf: TODAY });
      expect(page.yearPlan.plan?.amount ?? null).toBe(amount);
      expect(inYear(page.project, plan ?? undefined, year).annual_goal).toBe(page.yearPlan.goal);
    }),
    { numRuns: 40 },
  );
});

test("of a year that is over all twelve months count, of one to come none", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  await plans.saveYear(desk.office, { projectId, year: 2025, values: { planned_investment: 100 } });
  await monthlyReports.save(desk.office, {
    month: "2025-12",
    entries: [{ projectId, values: { completed_investment: 50 } }],
  });
  const past = await plans.year(desk.office, { projectId, year: 2025, asOf: TODAY });
  expect(past).toMatchObject({ completed: 50, percent: 50, lead: -50, years: [2027, 2026, 2025] });
  expect(await plans.year(desk.office, { projectId, year: 2027, asOf: TODAY })).toMatchObject({ completed: null });
});

test("the month at hand counts as completed, but the lead is measured by the months that are over", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  await plans.saveYear(desk.office, { projectId, year: 2026, values: { planned_investment: 120 } });
  for (const [month, completed_investment] of [
    ["2026-09", 100],
    ["2026-11", 8],
  ] as const) {
    await monthlyReports.save(desk.office, { month, entries: [{ projectId, values: { completed_investment } }] });
  }
  const year = await plans.year(desk.office, { projectId, year: 2026, asOf: TODAY });
  expect(year).toMatchObject({ completed: 108, percent: 90, lead: 0, leadMonths: 10 });
});

test("funds add up by source; the warning waits for the city's month, in SQL as in the pure function", async () => {
  const desk = await openDesk(CITY);
  const projectId = put(desk, "project", { name: "化工园", office_id: STREET });
  const money = fc.option(fc.nat(3));
  const made = fc.record({
    year: fc.integer({ min: 2025, max: 2027 }),
    source: fc.constantFrom(...keysOf(fundSources)),
    arranged: money,
    paid: money,
  });
  await fc.assert(
    fc.asyncProperty(made, async (values) => {
      await funds.save(desk.office, { projectId, values: { name: "第一批", ...values } });
    }),
    { numRuns: 40 },
  );
  for (const fromMonth of [null, 11, 12]) {
    await settings.save(desk.office, { key: "fund.warnFromMonth", value: fromMonth, source: "" });
    const { rows, totals, bySource, total } = await funds.list(desk.office, {
      filter: {},
      asOf: TODAY,
      offset: 0,
      limit: 500,
    });
    const late = rows.filter((row) => isPaymentLate(row, TODAY, fromMonth));
    expect(rows.filter(({ isLate }) => isLate)).toEqual(late);
    expect([totals.late, totals.count, total]).toEqual([late.length, 40, 40]);
    const sum = (of: "arranged" | "paid") => rows.reduce((all, row) => all + (row[of] ?? 0), 0);
    expect([totals.arranged, totals.paid]).toEqual([sum("arranged"), sum("paid")]);
    expect(bySource.reduce((all, { arranged }) => all + arranged, 0)).toBe(totals.arranged);
    const lateOnly = await funds.list(desk.office, { filter: { lateOnly: true }, asOf: TODAY, offset: 0, limit: 500 });
    expect(lateOnly.total).toBe(late.length);
  }
});

test("funds are filtered by year, source, place and name, and deleting one can be undone", async () => {
  const desk = await openDesk(DISTRICT);
  const projectId = put(desk, "project", { name: "化工园", office_id: STREET });
  const save = (values: object) =>
    funds.save(desk.office, { projectId, values: { name: "第一批", year, source: "bank", ...values } });
  const { id } = await save({});
  await save({ year: 2025, source: "ppp" });
  const total = async (filter: Parameters<typeof funds.list>[1]["filter"]) =>
    (await funds.list(desk.office, { filter, asOf: TODAY, offset: 0, limit: 10 })).total;
  expect(await Promise.all([total({ year }), total({ source: "ppp" }), total({ search: "hgy" })])).toEqual([1, 1, 2]);
  expect([await total({ officeId: STREET }), await total({ officeId: "210211010" })]).toEqual([2, 0]);
  const deleted = await funds.archive(desk.office, { id });
  expect(await total({})).toBe(1);
  await undo(desk, deleted);
  expect((await funds.ofProject(desk.office, { projectId, asOf: TODAY })).rows).toHaveLength(2);
  await failure(() => save({ source: "lottery" }), "invalid_value");
});

test("入统入库 is listed and counted in SQL as the pure function says, and overdue only with the city's days", async () => {
  const desk = await openDesk(CITY);
  const made = fc.record({
    started_on: fc.constantFrom(null, "2026-10-22", "2026-10-23", "2026-10-24", TODAY, "2026-11-23"),
    stage: fc.option(fc.constantFrom(...keysOf(stages))),
    stats_state: fc.option(fc.constantFrom(...keysOf(statsStates))),
    office_id: fc.constantFrom(STREET, DISTRICT, CITY),
  });
  fc.assert(
    fc.property(made, (values) => {
      put(desk, "project", values);
    }),
    { numRuns: 60 },
  );
  const everyone = await projects.list(desk.office, { filter: {}, offset: 0, limit: 500, asOf: TODAY });
  for (const days of [null, 30]) {
    await settings.save(desk.office, { key: "stats.entryDueDays", value: days, source: "" });
    const standingOf = (row: (typeof everyone.rows)[number]) => entryStanding(row, TODAY, days);
    const ids = (...standings: string[]) =>
      everyone.rows.filter((row) => standings.includes(standingOf(row))).map(({ id }) => id);
    const list = (standing: "owing" | "overdue" | "entered" | "outside") =>
      statsEntry.list(desk.office, { standing, asOf: TODAY, offset: 0, limit: 500 });
    const expected = {
      owing: ids("waiting", "overdue"),
      overdue: ids("overdue"),
      entered: ids("entered"),
      outside: ids("outside"),
    };
    for (const standing of ["owing", "overdue", "entered", "outside"] as const) {
      const { rows, counts } = await list(standing);
      expect(rows.map(({ id }) => id).sort()).toEqual(expected[standing].sort());
      expect(counts[standing]).toBe(expected[standing].length);
    }
    const { rows, total } = await statsEntry.byRegion(desk.office, { asOf: TODAY });
    expect([total.owed, total.entered]).toEqual([ids("waiting", "overdue", "entered").length, expected.entered.length]);
    expect(rows.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(expected.overdue.length);
    const { reports } = await workbench.summary(desk.office, { asOf: TODAY });
    expect(reports.entriesOverdue).toBe(expected.overdue.length);
  }
  expect(
    (await statsEntry.list(desk.office, { standing: "overdue", asOf: TODAY, offset: 0, limit: 1 })).total,
  ).toBeGreaterThan(0);
});

test("已入库 needs its day, no later than today; other fields are not written through this form", async () => {
  const desk = await openDesk(STREET);
  const projectId = put(desk, "project", { started_on: "2026-01-01" });
  const save = (values: Record<string, string | null>) => statsEntry.save(desk.office, { projectId, values });
  await failure(() => save({ stats_state: "entered" }), "entry_day_missing");
  await failure(() => save({ stats_state: "entered", stats_entered_on: "2026-11-23" }), "future_date");
  await failure(() => save({ name: "改名" }), "invalid_value");
  await save({ stats_state: "entered", stats_entered_on: TODAY, stats_papers: "approval,licence" });
  const { rows } = await statsEntry.list(desk.office, { standing: "entered", asOf: TODAY, offset: 0, limit: 5 });
  expect(rows).toMatchObject([{ standing: "entered", stats_papers: "approval,licence", daysOver: 0 }]);
});
