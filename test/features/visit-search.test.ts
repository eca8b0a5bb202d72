/** The texts kept for searching visits find what a look at every row finds, whatever was written since and by whom. */
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { addDays } from "#domain/calendar.ts";
import { rowsOf } from "#features/project-facts.ts";
import { visits } from "#features/visits.ts";
import { newId, type Write } from "#journal/journal.ts";
import { type Desk, elsewhere, openDesk, put, TODAY } from "../helpers/office.ts";

const SEED = 22112026;
const words = ["用电容量", "Gas", "排水", "gas 与用电", null];
const needles = ["用电", "GAS", "不存在", "甲"];

type Act = (desk: Desk, ids: { visits: string[]; projects: string[] }) => unknown;
const place = fc.nat(30);
const at = (ids: readonly string[], where: number) => ids[where % Math.max(1, ids.length)] ?? "";
const told = fc.record({
  findings: fc.constantFrom(...words),
  follow_up: fc.constantFrom(...words),
  visited_on: fc.nat(5).map((days) => addDays(TODAY, -days)),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(place, told).map(
    ([project, values]): Act =>
      (desk, ids) =>
        ids.visits.push(put(desk, "visit", { project_id: at(ids.projects, project), ...values })),
  ),
  fc.tuple(place, place, told).map(
    ([visit, project, values]): Act =>
      (desk, ids) => {
        desk.clock.now += 1000;
        const write = { entity: "visit", id: at(ids.visits, visit), values } as const;
        if (write.id === "") return;
        const moved: Write = { ...write, values: { ...values, project_id: at(ids.projects, project) } };
        // Archived ones refuse; another office's program writes the same way.
        try {
          elsewhere(desk).write(desk.actor, "update_visit", [moved]);
        } catch {}
      },
  ),
  fc.tuple(place, fc.boolean()).map(
    ([visit, isArchived]): Act =>
      (desk, ids) => {
        const id = at(ids.visits, visit);
        if (id !== "") return visits[isArchived ? "archive" : "restore"](desk.office, { id });
      },
  ),
);

/** Every row looked at, newest first. */
function lookedUp(desk: Desk, needle: string): string[] {
  const rows = rowsOf(
    desk.store,
    sql<
      Record<"id" | "text", string>
    >`select visit.id, concat_ws('|', findings, people_met, follow_up, project.name) as text
      from visit join project on project.id = visit.project_id
      where visit.archived_on is null order by visited_on desc, visit.id desc`,
  );
  return rows.filter(({ text }) => text.toLowerCase().includes(needle.toLowerCase())).map(({ id }) => id);
}

test("windows of a search are those of all rows, after every act", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (acts, limit) => {
        const desk = await openDesk();
        desk.store.sqlite.pragma("synchronous = OFF");
        const projects = ["甲项目", "乙项目"].map((name) => put(desk, "project", { name }));
        const ids = { visits: [] as string[], projects };
        for (const each of acts) {
          await each(desk, ids);
          for (const search of needles) {
            const expected = lookedUp(desk, search);
            const found: string[] = [];
            for (let offset = 0; offset <= expected.length; offset += limit) {
              const window = await visits.list(desk.office, { search, offset, limit });
              expect(window.total).toBe(expected.length);
              found.push(...window.rows.map(({ id }) => id));
            }
            expect(found).toEqual(expected);
          }
        }
      },
    ),
    { numRuns: 25, seed: SEED },
  );
});

test("a search keeps to the project, the person and the days asked for", async () => {
  const desk = await openDesk();
  const [one, other] = ["甲项目", "乙项目"].map((name) => put(desk, "project", { name })) as [string, string];
  const person_id = put(desk, "person", { name: "李样本" });
  const wanted = put(desk, "visit", { project_id: one, findings: "用电", visited_on: "2026-11-10", person_id });
  put(desk, "visit", { project_id: other, findings: "用电", visited_on: "2026-11-10", person_id });
  put(desk, "visit", { project_id: one, findings: "用电", visited_on: "2026-11-11", person_id });
  put(desk, "visit", { project_id: one, findings: "用电", visited_on: "2026-11-10" });
  const narrowed = { projectId: one, personId: person_id, from: "2026-11-09", to: "2026-11-10" };
  const { rows, total } = await visits.list(desk.office, { search: "用电", ...narrowed, offset: 0, limit: 10 });
  expect([rows.map(({ id }) => id), total]).toEqual([[wanted], 1]);
});

test("what is written while the texts are first read is found", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const write = (count: number): Write[] =>
    Array.from({ length: count }, (_, index) => ({
      entity: "visit",
      id: newId("visit"),
      values: { project_id, person_id: desk.person, visited_on: TODAY, form: "visit", findings: `第${index}次` },
    }));
  desk.journal.write(desk.actor, "create_visit", write(9000));
  const asked = visits.list(desk.office, { search: "第", offset: 0, limit: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  const late = put(desk, "visit", { project_id, findings: "第一万次" });
  expect((await asked).total).toBe(9001);
  expect((await visits.list(desk.office, { search: "第一万次", offset: 0, limit: 1 })).rows[0]?.id).toBe(late);
});
