/** Charts count what the ledger holds, for the office's own scope, and add up to its totals. */
import { expect, test } from "vitest";
import { addDays } from "#domain/calendar.ts";
import { charts } from "#features/charts.ts";
import { fillCity } from "#features/city/city.ts";
import { issues } from "#features/issues/issues.ts";
import { projects } from "#features/projects/projects.ts";
import { newId } from "#journal/journal.ts";
import { type Desk, DISTRICT, OTHER_STREET, openDesk, put, STREET, TODAY } from "../helpers/office.ts";

const lightsOf = (desk: Desk, month: string, asOf = TODAY) => charts.lights(desk.office, { month, asOf });

test("lights stand by the offices below, in every month as of its end, and add up to those of the ledger", async () => {
  const desk = await openDesk(DISTRICT);
  const late = put(desk, "project", { office_id: STREET });
  const done = put(desk, "project", { office_id: OTHER_STREET });
  put(desk, "project", {});
  put(desk, "node", { project_id: late, planned_on: "2026-10-20" });
  put(desk, "node", { project_id: done, planned_on: "2026-09-10", actual_on: "2026-10-05", audit_state: "approved" });
  const names: Record<string, string> = {
    [STREET]: "甘井子街道",
    [OTHER_STREET]: "机场街道",
    [DISTRICT]: "甘井子区（本级）",
  };
  const picture = async (month: string) =>
    Object.fromEntries(
      (await lightsOf(desk, month)).parts.map(({ officeId, name, lights }) => {
        expect(name).toBe(names[officeId]);
        return [officeId, Object.entries(lights).find(([, count]) => count > 0)?.[0]];
      }),
    );
  expect(await picture("2026-11")).toEqual({ [STREET]: "red", [OTHER_STREET]: "green", [DISTRICT]: "none" });
  expect(await picture("2026-10")).toEqual({ [STREET]: "red", [OTHER_STREET]: "green", [DISTRICT]: "none" });
  expect(await picture("2026-09")).toEqual({ [STREET]: "green", [OTHER_STREET]: "red", [DISTRICT]: "none" });
});

test("in a whole city the parts add up to the ledger's own counts, and in a closed month to what was closed", async () => {
  const desk = await openDesk();
  fillCity(desk.office, { projects: 120, secretaries: 40, seed: 7, today: TODAY });
  const summed = async (month: string) => {
    const { parts, isClosed } = await lightsOf(desk, month);
    const sums = { red: 0, yellow: 0, green: 0, none: 0 };
    for (const { lights } of parts)
      for (const light of ["red", "yellow", "green", "none"] as const) sums[light] += lights[light];
    return { sums, isClosed };
  };
  const counts = await projects.lightCounts(desk.office, { filter: {}, asOf: TODAY });
  expect(await summed("2026-11")).toEqual({ sums: counts, isClosed: false });
  const closed = desk.store.sqlite
    .prepare("select light, count(*) from statement_line where month = '2026-08' and office_id = ? group by light")
    .raw()
    .all(desk.office.id) as [string, number][];
  expect(closed.length).toBeGreaterThan(1);
  const none = { red: 0, yellow: 0, green: 0, none: 0 };
  expect(await summed("2026-08")).toEqual({ sums: { ...none, ...Object.fromEntries(closed) }, isClosed: true });
});

test("the secretaries' load and the ages of problems count every one of a whole city", async () => {
  const desk = await openDesk();
  fillCity(desk.office, { projects: 120, secretaries: 40, seed: 7, today: TODAY });
  const { counts, busiest } = await charts.secretaries(desk.office, { asOf: TODAY });
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(busiest.map(({ projects: served }) => served)).toEqual(
    busiest.map(({ projects: served }) => served).toSorted((a, b) => b - a),
  );
  const ages = await charts.issues(desk.office, { asOf: TODAY });
  const open = desk.store.sqlite.prepare("select count(*) from issue where state = 'open'").pluck().get();
  expect(ages.flatMap(({ byAge }) => Object.values(byAge)).reduce((sum, count) => sum + count, 0)).toBe(open);
});

test("a problem has the same age in the chart and in 办理情况, on the first and the last day of each", async () => {
  const desk = await openDesk(DISTRICT);
  const project_id = put(desk, "project", {});
  const days = [0, 7, 8, 30, 31, 90, 91, 180, 181, 999];
  for (const age of days) put(desk, "issue", { project_id, title: "占道", found_on: addDays(TODAY, -age) });
  const [region] = await charts.issues(desk.office, { asOf: TODAY });
  expect(region?.byAge).toEqual({ week: 2, month: 2, quarter: 2, half_year: 2, longer: 2 });
  expect((await issues.statistics(desk.office, { from: TODAY, to: TODAY })).byAge).toEqual(region?.byAge);
});

test("investment counts the projects with a plan of the year, month by month up to the day", async () => {
  const desk = await openDesk(STREET);
  const planned = put(desk, "project", { annual_plan_investment: 1_200_000 });
  const unplanned = put(desk, "project", {});
  for (const [projectId, month, completed] of [
    [planned, "2026-01", 100_000],
    [planned, "2026-03", 50_000],
    [planned, "2025-12", 999],
    [unplanned, "2026-01", 777],
  ] as const) {
    const identity = { project_id: projectId, month };
    const id = newId("monthly_progress", identity);
    const values = { ...identity, completed_investment: completed };
    desk.journal.write(desk.actor, "save_progress", [{ entity: "monthly_progress", id, values }]);
  }
  const expected = {
    year: 2026,
    planned: 1_200_000,
    projects: 1,
    months: [
      { month: "2026-01", completed: 100_000 },
      { month: "2026-02", completed: 0 },
      { month: "2026-03", completed: 50_000 },
    ],
  };
  expect(await charts.investment(desk.office, { asOf: "2026-03-15" })).toEqual(expected);
  // A report whose project has not arrived belongs to no plan.
  put(desk, "monthly_progress", { project_id: newId("project"), month: "2026-02", completed_investment: 333 });
  expect(await charts.investment(desk.office, { asOf: "2026-03-15" })).toEqual(expected);
});
