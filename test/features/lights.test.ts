/** The ledger asks SQLite what the domain rules say in words: both must give the same answer. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "#domain/calendar.ts";
import { isDone, type LightNode, type LightThresholds } from "#domain/light.ts";
import { dalianProfiles } from "#domain/light-profiles.ts";
import type { Verdict } from "#domain/light-verdicts.ts";
import { missingCardFacts } from "#domain/project-card.ts";
import { projectLight } from "#domain/project-light.ts";
import type { Values } from "#domain/registry.ts";
import { auditStates, fundSources, keysOf, lights, stages, statsStates } from "#domain/values.ts";
import { nodesOfMonth } from "#features/node-lists.ts";
import { nodes } from "#features/nodes.ts";
import { projects } from "#features/projects/projects.ts";
import { settings } from "#features/settings.ts";
import { type Desk, openDesk, put, TODAY, undo } from "../helpers/office.ts";

const SEED = 22112026;

/** Mostly a few days apart, so that the same day, the day before and the day after often meet. */
const day = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: -4, max: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: -70, max: 70 }) },
  )
  .map((offset) => addDays(TODAY, offset));
/** Completions meet their planned day, or miss it by one, as often as not. */
const node: fc.Arbitrary<LightNode> = fc
  .record({
    planned_on: fc.option(day, { freq: 6 }),
    anyDay: fc.option(day, { freq: 3 }),
    delay: fc.option(fc.constantFrom(-1, 0, 1), { freq: 1 }),
    audit_state: fc.constantFrom(...keysOf(auditStates)),
  })
  .map(({ planned_on, anyDay, delay, audit_state }) => ({
    planned_on,
    actual_on: planned_on !== null && delay !== null ? addDays(planned_on, delay) : anyDay,
    audit_state,
  }));
const thresholds: fc.Arbitrary<LightThresholds> = fc.record({
  yellowDaysBefore: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 3 }),
  redAfterDays: fc.integer({ min: 0, max: 4 }),
  countsFrom: fc.constantFrom("submitted", "approved"),
});

async function choose(desk: Desk, chosen: LightThresholds) {
  for (const [name, value] of Object.entries(chosen)) {
    await settings.save(desk.office, { key: `light.${name}`, value, source: "测试" });
  }
}

/** A desk whose disk need not keep what a property test writes. */
async function openQuickDesk(): Promise<Desk> {
  const desk = await openDesk();
  desk.store.sqlite.pragma("synchronous = OFF");
  return desk;
}

const lightOfRow = ({ light, reason }: Verdict) => ({ light, light_reason: reason });

async function listed(desk: Desk, asOf: string) {
  const { rows } = await projects.list(desk.office, { filter: {}, offset: 0, limit: 500, asOf });
  return rows;
}

test("the light of a project in the list is the light of the domain rule, for any nodes, day and thresholds", async () => {
  const desk = await openQuickDesk();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(node, { maxLength: 5 }), { maxLength: 8 }),
      thresholds,
      day,
      async (all, chosen, asOf) => {
        for (const table of ["node", "project", "project_search"]) desk.store.sqlite.exec(`delete from ${table}`);
        await choose(desk, chosen);
        const expected = new Map(
          all.map((given) => {
            const project_id = put(desk, "project", {});
            for (const values of given) put(desk, "node", { project_id, ...values });
            return [project_id, given];
          }),
        );
        const rows = await listed(desk, asOf);
        for (const row of rows) {
          const given = expected.get(row.id) ?? [];
          const named = given.map((each) => ({ ...each, name: "施工许可证" }));
          const rules = { ...chosen, profiles: dalianProfiles, fundRequiredPercent: null };
          expect(row).toMatchObject(lightOfRow(projectLight({ nodes: named }, asOf, rules)));
          expect(row.node_done).toBe(given.filter((each) => isDone(each, asOf, chosen)).length);
          expect((await projects.get(desk.office, { id: row.id, asOf })).light).toBe(row.light);
        }
        const counts = await projects.lightCounts(desk.office, { filter: { lights: ["red"] }, asOf });
        for (const light of keysOf(lights)) {
          // The rows are lit by the rule; which of them a light finds, and how many it counts, is asked of SQLite.
          const found = await projects.list(desk.office, { filter: { lights: [light] }, offset: 0, limit: 500, asOf });
          const lit = rows.filter((row) => row.light === light).map(({ id }) => id);
          expect(found.rows.map(({ id }) => id).sort()).toEqual(lit.sort());
          expect(counts[light]).toBe(lit.length);
        }
      },
    ),
    { seed: SEED, numRuns: 150 },
  );
});

test("with the initial settings the ledger turns yellow seven days before the planned day and red the day after it", async () => {
  const desk = await openDesk();
  const expected = { "-1": "red", "0": "yellow", "7": "yellow", "8": "green" } as const;
  for (const days of Object.keys(expected)) {
    const project_id = put(desk, "project", { name: days });
    put(desk, "node", { project_id, planned_on: addDays(TODAY, Number(days)) });
  }
  const rows = await listed(desk, TODAY);
  expect(Object.fromEntries(rows.map(({ name, light }) => [name, light]))).toEqual(expected);
});

test("the lists by light follow every edit at once: new nodes, changed days, completions, undoing, other days", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const light = async (asOf = TODAY) => {
    const counts = await projects.lightCounts(desk.office, { filter: {}, asOf });
    return keysOf(lights).filter((key) => counts[key] > 0);
  };
  expect(await light()).toEqual(["none"]);
  const { id } = await nodes.save(desk.office, { projectId, values: { name: "开工", planned_on: "2026-11-21" } });
  expect(await light()).toEqual(["red"]);
  const moved = await nodes.save(desk.office, { id, projectId, values: { planned_on: "2026-12-21" } });
  expect(await light()).toEqual(["green"]);
  expect(await light("2026-12-20")).toEqual(["yellow"]);
  await undo(desk, moved);
  expect(await light("2026-11-21")).toEqual(["yellow"]);
  await nodes.save(desk.office, { id, projectId, values: { actual_on: "2026-11-20" } });
  expect(await light()).toEqual(["red"]);
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  expect(await light()).toEqual(["green"]);
  await settings.save(desk.office, { key: "light.countsFrom", value: "approved", source: "测试" });
  expect(await light()).toEqual(["red"]);
  await nodes.review(desk.office, { ids: [id], act: "withdraw" });
  await nodes.archive(desk.office, { id });
  expect(await light()).toEqual(["none"]);
});

test("archived nodes and undated nodes give no light", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  put(desk, "node", { project_id, planned_on: "2026-01-01", archived_on: TODAY });
  put(desk, "node", { project_id, planned_month: "2026-01" });
  expect((await listed(desk, TODAY))[0]?.light).toBe("none");
});

test("a month lists what is planned in it and, when asked, what is older and not done on the day", async () => {
  const desk = await openQuickDesk();
  const asOf = "2026-11-10";
  await fc.assert(
    fc.asyncProperty(
      fc.array(node, { maxLength: 12 }),
      thresholds,
      fc.boolean(),
      async (all, chosen, includeOverdue) => {
        for (const table of ["node", "project", "project_search"]) desk.store.sqlite.exec(`delete from ${table}`);
        await choose(desk, chosen);
        const project_id = put(desk, "project", {});
        const expected = all.flatMap((values) => {
          const id = put(desk, "node", { project_id, ...values });
          const planned = values.planned_on;
          if (planned === null || planned > "2026-11-30") return [];
          return planned >= "2026-11-01" || (includeOverdue && !isDone(values, asOf, chosen)) ? [id] : [];
        });
        const found = nodesOfMonth(desk.office, { month: "2026-11", includeOverdue }, asOf);
        expect(found.map(({ id }) => id).sort()).toEqual(expected.sort());
      },
    ),
    { seed: SEED, numRuns: 150 },
  );
});

test("a project that the filter calls incomplete has missing card facts, and only such a project", async () => {
  const desk = await openQuickDesk();
  const maybe = fc.option(fc.constantFrom("有", " 甲 "), { freq: 5 });
  const card: fc.Arbitrary<Values<"project">> = fc.record({
    owner: maybe,
    region: maybe,
    content: maybe,
    responsible_unit: maybe,
    total_investment: fc.option(fc.constantFrom(0, 100), { freq: 5 }),
    stage: fc.option(fc.constantFrom(...keysOf(stages)), { freq: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(card, async (values) => {
      desk.store.sqlite.exec("delete from project; delete from project_search");
      put(desk, "project", values);
      const [row] = await listed(desk, TODAY);
      const found = await projects.list(desk.office, {
        filter: { incompleteOnly: true },
        offset: 0,
        limit: 1,
        asOf: TODAY,
      });
      expect(row).toBeDefined();
      expect(row?.missing).toEqual(row && missingCardFacts(row));
      expect(found.total).toBe(row?.missing.length === 0 ? 0 : 1);
    }),
    { seed: SEED, numRuns: 150 },
  );
});

const profiles = fc.record({
  node: fc.constantFrom("none" as const, "dalian" as const, "gaoke" as const),
  investment: fc.constantFrom("none" as const, "yinchuan" as const, "sanya" as const, "wuhan" as const),
  fund: fc.constantFrom("none" as const, "yinchuan" as const, "tianjin" as const),
  stats: fc.constantFrom("none" as const, "yinchuan" as const),
  start: fc.constantFrom("none" as const, "yinchuan" as const),
});
const months = ["2025-12", "2026-01", "2026-05", "2026-10", "2026-11"];
/** Plans and payments that meet the boundaries of the rules as often as not. */
const figure = fc.constantFrom(0, 33_333, 55_000, 60_000, 64_000, 66_667, 80_000, 88_000, 99_999, 100_000, 120_000);
const dimensionFacts = fc.record({
  values: fc.record({
    annual_plan_investment: fc.option(figure),
    started_on: fc.option(day),
    stats_state: fc.option(fc.constantFrom(...keysOf(statsStates))),
    stats_entered_on: fc.option(day),
  }),
  plan: fc.option(figure),
  progress: fc.uniqueArray(fc.record({ month: fc.constantFrom(...months), amount: fc.option(figure) }), {
    maxLength: 3,
    selector: ({ month }) => month,
  }),
  funds: fc.array(
    fc.record({
      source: fc.constantFrom(...keysOf(fundSources)),
      arranged: fc.option(figure),
      paid: fc.option(figure),
    }),
    { maxLength: 2 },
  ),
  nodes: fc.array(fc.tuple(node, fc.constantFrom("施工许可证", "正式开工", "开工建设", "开工准备")), { maxLength: 3 }),
});

test("with the rules of other places chosen, SQL and the domain rule still agree, after every edit", async () => {
  const desk = await openQuickDesk();
  const tables = ["node", "project", "project_search", "monthly_progress", "annual_plan", "fund"];
  await fc.assert(
    fc.asyncProperty(
      fc.array(dimensionFacts, { minLength: 1, maxLength: 4 }),
      profiles,
      fc.option(fc.constantFrom(0, 55, 60)),
      day,
      async (all, chosen, required, asOf) => {
        for (const table of tables) desk.store.sqlite.exec(`delete from ${table}`);
        for (const [name, value] of Object.entries({ ...chosen, fundRequiredPercent: required })) {
          await settings.save(desk.office, { key: `light.${name}`, value, source: "测试" });
        }
        await projects.lightCounts(desk.office, { filter: {}, asOf });
        for (const { values, plan, progress, funds, nodes: given } of all) {
          const project_id = put(desk, "project", values);
          if (plan !== null) put(desk, "annual_plan", { project_id, year: 2026, planned_investment: plan });
          for (const { month, amount } of progress) {
            put(desk, "monthly_progress", { project_id, month, completed_investment: amount });
          }
          for (const fund of funds) put(desk, "fund", { project_id, name: "示例资金", year: 2026, ...fund });
          for (const [values, name] of given) put(desk, "node", { project_id, name, ...values });
        }
        const rows = await listed(desk, asOf);
        for (const light of keysOf(lights)) {
          const { rows: lit } = await projects.list(desk.office, {
            filter: { lights: [light] },
            offset: 0,
            limit: 100,
            asOf,
          });
          const expected = rows.filter((row) => row.light === light);
          expect(lit.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        }
      },
    ),
    { seed: SEED, numRuns: 150 },
  );
});
