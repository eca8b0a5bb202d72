/** The invented city: the size asked for, the same every time, plausible, and true to its own log. */
import { expect, test } from "vitest";
import { atOnce } from "#domain/at-once.ts";
import { addMonths } from "#domain/calendar.ts";
import { addFigures } from "#domain/statement.ts";
import type { Light } from "#domain/values.ts";
import { correctionsOf } from "#features/books/corrections.ts";
import { closedMonths, statementsOf } from "#features/books/statements.ts";
import { fillCity, firstMonth } from "#features/city/city.ts";
import { lightsOf } from "#features/projects/light-facts.ts";
import { projects } from "#features/projects/projects.ts";
import { verifyStore } from "#features/verify.ts";
import { workbench } from "#features/workbench.ts";
import { type Desk, openDesk, TODAY } from "../helpers/office.ts";

async function openCity(size: { projects: number; secretaries: number }, seed = 1): Promise<Desk> {
  const desk = await openDesk();
  const end = desk.clock.now;
  fillCity(desk.office, {
    ...size,
    seed,
    today: TODAY,
    onAct: (day) => {
      desk.clock.now = day === TODAY ? end : Date.parse(`${day}T09:00:00Z`);
    },
  });
  return desk;
}

const all = <T>(desk: Desk, sql: string) => desk.store.sqlite.prepare(sql).all() as T[];
const one = (desk: Desk, sql: string) => desk.store.sqlite.prepare(sql).pluck().get() as number;

test("the city of 2018 has its projects and secretaries in every region, under invented names", async () => {
  const desk = await openCity({ projects: 719, secretaries: 378 });
  expect(one(desk, "select count(*) from project")).toBe(719);
  expect(one(desk, "select count(*) from person where is_secretary = 1")).toBe(378);
  expect(one(desk, "select count(distinct name) from person where is_secretary = 1")).toBe(378);
  expect(one(desk, "select count(distinct region) from project")).toBeGreaterThanOrEqual(13);
  expect(one(desk, "select count(*) from project where name not like '示例%' or owner not like '示例%'")).toBe(0);
  expect(all(desk, "select name from person where name not glob '*[示样演]*'")).toEqual([]);
  const counts = (await projects.lightCounts(desk.office, { filter: {}, asOf: TODAY })) as Record<Light, number>;
  expect(counts.red / 719).toBeGreaterThan(0.03);
  expect(counts.red / 719).toBeLessThan(0.5);
  expect(counts.green / 719).toBeGreaterThan(0.3);
  const summary = await workbench.summary(desk.office, { asOf: TODAY });
  for (const total of [
    "overdueTotal",
    "dueTotal",
    "returnedTotal",
    "awaitingReviewTotal",
    "visitsMissingTotal",
  ] as const)
    expect(summary[total], total).toBeGreaterThan(0);
  for (const kind of ["visit", "monthly_progress", "annual_plan", "fund", "issue", "issue_entry", "permit"])
    expect(one(desk, `select count(*) from ${kind}`), kind).toBeGreaterThan(100);
});

test("what it tells hangs together: reports add up, problems pass their steps, nothing lies in the future", async () => {
  const desk = await openCity({ projects: 150, secretaries: 40 });
  const sums = `select count(*) from project p where coalesce(completed_investment, 0) <> coalesce(
    (select sum(completed_investment) from monthly_progress m where m.project_id = p.id), 0)`;
  expect(one(desk, sums)).toBe(0);
  const closedEarly =
    "select count(*) from issue where closed_on is not null and (owner_replied_on is null or solved_on > closed_on)";
  expect(one(desk, closedEarly)).toBe(0);
  expect(one(desk, "select count(*) from issue where (state = 'closed') <> (closed_on is not null)")).toBe(0);
  expect(all(desk, "select distinct state from issue order by state")).toHaveLength(3);
  expect(one(desk, "select count(distinct level) from issue")).toBeGreaterThanOrEqual(3);
  for (const column of [
    "node.actual_on",
    "visit.visited_on",
    "issue.found_on",
    "permit.actual_on",
    "node.submitted_on",
  ]) {
    const [table] = column.split(".");
    expect(one(desk, `select count(*) from ${table} where ${column} > '${TODAY}'`), column).toBe(0);
  }
  expect(
    one(desk, "select count(*) from node where audit_state in ('submitted', 'approved') and actual_on is null"),
  ).toBe(0);
});

test("its months are closed as the program closes them: only reports put right later say otherwise", async () => {
  const desk = await openCity({ projects: 150, secretaries: 40 });
  const { office, store } = desk;
  const closed = statementsOf(store, office.id);
  expect(closed.map(({ month }) => month)).toEqual(
    Array.from({ length: 22 }, (_, at) => addMonths(firstMonth(TODAY), at)),
  );
  const late = all<{ id: string }>(
    desk,
    `select distinct l.project_id as id from statement_line l join monthly_progress m
      on m.project_id = l.project_id and m.month = l.month where m.completed_investment <> l.month_completed`,
  ).map(({ id }) => id);
  expect(late.length).toBeGreaterThan(0);
  for (const statement of closed) {
    const { corrections } = atOnce(correctionsOf(office, statement));
    expect(late, statement.month).toEqual(expect.arrayContaining(corrections.map(({ projectId }) => projectId)));
    const lines = all<{ project_id: string; reason: string | null }>(
      desk,
      `select project_id, reason from statement_line where statement_id = '${statement.id}'`,
    );
    const ids = lines.map(({ project_id }) => project_id);
    const now = lightsOf(store, statement.rules, statement.totals.date, ids);
    expect(lines.map(({ reason }) => reason ?? "")).toEqual(ids.map((id) => now.get(id)?.reason));
    expect(addFigures(statement.totals.parts.map(({ figures }) => figures))).toEqual(statement.totals.whole);
  }
  const listed = closed.flatMap(({ totals }) => totals.corrections.map(({ projectId }) => projectId));
  expect(new Set(listed)).toEqual(new Set(late));
});

test("its districts close the same months of their own projects, which add up to those of the city", async () => {
  const { office, store } = await openCity({ projects: 150, secretaries: 40 });
  const districts = office.offices.filter(({ level }) => level === "district");
  for (const { totals, month, frozen_on } of statementsOf(store, office.id)) {
    const own = districts.flatMap(({ id }) => statementsOf(store, id, month));
    expect(addFigures(own.map((statement) => statement.totals.whole))).toEqual(totals.whole);
    expect(own.map((statement) => statement.frozen_on)).toEqual(own.map(() => frozen_on));
    expect(own.every(({ person_name }) => person_name !== office.actor.personName)).toBe(true);
    const listed = own.flatMap((statement) => statement.totals.corrections);
    expect(new Set(listed.map(({ projectId }) => projectId))).toEqual(
      new Set(totals.corrections.map(({ projectId }) => projectId)),
    );
    for (const statement of own) {
      const parts = totals.parts.find(({ officeId }) => officeId === statement.office_id);
      expect(statement.totals.whole).toEqual(parts?.figures);
    }
  }
  expect(closedMonths(store, districts[0]?.id ?? "")).toHaveLength(22);
});

test("its tables follow from its log", async () => {
  const desk = await openCity({ projects: 60, secretaries: 20 });
  expect(verifyStore(desk.store).ok).toBe(true);
});

test("the same seed and day tell the same city, another seed another one", async () => {
  const size = { projects: 30, secretaries: 12 };
  const picture = ({ store }: Desk) =>
    store.sqlite
      .prepare(
        `select p.name, p.total_investment, n.name, n.planned_on, n.actual_on, n.audit_state from project p
         join node n on n.project_id = p.id order by p.name, n.position`,
      )
      .raw()
      .all();
  const [first, again, other] = [await openCity(size), await openCity(size), await openCity(size, 2)];
  expect(picture(first)).toEqual(picture(again));
  expect(picture(first)).not.toEqual(picture(other));
});

test("the log is dated month by month, so that it remembers what each month knew", async () => {
  const desk = await openCity({ projects: 30, secretaries: 12 });
  const acts = all<{ at_ms: number }>(desk, "select at_ms from change_log order by id").slice(1);
  const months = acts.map(({ at_ms }) => new Date(at_ms).toISOString().slice(0, 7));
  expect(months[0]).toBe(firstMonth(TODAY));
  expect(months.at(-1)).toBe(TODAY.slice(0, 7));
  expect(new Set(months).size).toBe(24);
  expect(months).toEqual(months.toSorted());
});
