/** The ledger asks SQLite what the domain rules say in words: both must give the same answer. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "#domain/calendar.ts";
import { isDone, type LightNode, type LightThresholds, projectLight } from "#domain/light.ts";
import { missingCardFacts } from "#domain/project-card.ts";
import type { Values } from "#domain/registry.ts";
import { auditStates, keysOf, lights, stages } from "#domain/values.ts";
import { nodesOfMonth } from "#features/node-lists.ts";
import { projects } from "#features/projects/projects.ts";
import { settings } from "#features/settings.ts";
import { type Desk, openDesk, put, TODAY } from "../helpers/office.ts";

const SEED = 22112026;

const day = fc.integer({ min: -70, max: 70 }).map((offset) => addDays(TODAY, offset));
const node: fc.Arbitrary<LightNode> = fc.record({
  planned_on: fc.option(day, { freq: 6 }),
  actual_on: fc.option(day, { freq: 2 }),
  audit_state: fc.constantFrom(...keysOf(auditStates)),
});
const thresholds: fc.Arbitrary<LightThresholds> = fc.record({
  yellowDaysBefore: fc.integer({ min: 0, max: 30 }),
  redAfterDays: fc.integer({ min: 0, max: 20 }),
  countsFrom: fc.constantFrom("submitted", "approved"),
});

async function choose(desk: Desk, chosen: LightThresholds) {
  for (const [name, value] of Object.entries(chosen)) {
    await settings.save(desk.office, { key: `light.${name}`, value, source: "测试" });
  }
}

async function listed(desk: Desk, asOf: string) {
  const { rows } = await projects.list(desk.office, { filter: {}, offset: 0, limit: 500, asOf });
  return rows;
}

test("the light of a project in the list is the light of the domain rule, for any nodes, day and thresholds", async () => {
  const desk = await openDesk();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(node, { maxLength: 5 }), { maxLength: 8 }),
      thresholds,
      day,
      async (all, chosen, asOf) => {
        for (const table of ["node", "project", "project_search"]) desk.store.sqlite.exec(`delete from ${table}`);
        await choose(desk, chosen);
        const expected = new Map(
          all.map((nodes) => {
            const project_id = put(desk, "project", {});
            for (const values of nodes) put(desk, "node", { project_id, ...values });
            return [project_id, nodes];
          }),
        );
        for (const row of await listed(desk, asOf)) {
          const nodes = expected.get(row.id) ?? [];
          expect(row.light).toBe(projectLight(nodes, asOf, chosen));
          expect(row.node_done).toBe(nodes.filter((given) => isDone(given, asOf, chosen)).length);
          expect((await projects.get(desk.office, { id: row.id, asOf })).light).toBe(row.light);
        }
        const counts = await projects.lightCounts(desk.office, { filter: { lights: ["red"] }, asOf });
        for (const light of keysOf(lights)) {
          const { total } = await projects.list(desk.office, {
            filter: { lights: [light] },
            offset: 0,
            limit: 1,
            asOf,
          });
          expect(counts[light]).toBe(total);
        }
      },
    ),
    { seed: SEED, numRuns: 40 },
  );
});

test("archived nodes and undated nodes give no light", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  put(desk, "node", { project_id, planned_on: "2026-01-01", archived_on: TODAY });
  put(desk, "node", { project_id, planned_month: "2026-01" });
  expect((await listed(desk, TODAY))[0]?.light).toBe("none");
});

test("a month lists what is planned in it and, when asked, what is older and not done on the day", async () => {
  const desk = await openDesk();
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
        const found = nodesOfMonth(desk.office, { month: "2026-11", asOf, includeOverdue });
        expect(found.map(({ id }) => id).sort()).toEqual(expected.sort());
      },
    ),
    { seed: SEED, numRuns: 40 },
  );
});

test("a project that the filter calls incomplete has missing card facts, and only such a project", async () => {
  const desk = await openDesk();
  const maybe = fc.option(fc.constantFrom("有", " 甲 "), { freq: 1 });
  const card: fc.Arbitrary<Values<"project">> = fc.record({
    owner: maybe,
    region: maybe,
    content: maybe,
    responsible_unit: maybe,
    total_investment: fc.option(fc.constantFrom(0, 100), { freq: 1 }),
    stage: fc.option(fc.constantFrom(...keysOf(stages)), { freq: 1 }),
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
