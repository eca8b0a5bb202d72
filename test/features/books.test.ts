/** 月对账, 季交账, 年底算总账: closed for good, corrected beside, added up from what is closed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClosingProgress } from "#contract/books.ts";
import { openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { addDays, addMonths, localDate, monthOf } from "#domain/calendar.ts";
import { addFigures, type Figures, figuresOf } from "#domain/statement.ts";
import { books } from "#features/books/books.ts";
import { maintenance } from "#features/maintenance.ts";
import { nodes } from "#features/nodes.ts";
import { projects } from "#features/projects/projects.ts";
import { settings } from "#features/settings.ts";
import { newId, type Write } from "#journal/journal.ts";
import { CITY, type Desk, DISTRICT, failure, OTHER_STREET, openDesk, put, STREET } from "../helpers/office.ts";
import { tempFolder } from "../helpers/replica.ts";

const MONTH = "2026-10";

/** A project with nodes given as planned day, actual day. */
function project(desk: Desk, office_id: string, days: [string, string | null][], values = {}): string {
  const project_id = put(desk, "project", { office_id, ...values });
  for (const [planned_on, actual_on] of days) {
    put(desk, "node", { project_id, planned_on, actual_on, audit_state: actual_on ? "approved" : "draft" });
  }
  return project_id;
}

const month = (desk: Desk, of = MONTH) => books.month(desk.office, { month: of });
const lines = async (desk: Desk, of = MONTH) =>
  (await books.lines(desk.office, { month: of, offset: 0, limit: 500 })).rows;
/** Every row of the closed months, as text. */
const frozen = ({ store }: Desk) =>
  JSON.stringify(["month_statement", "statement_line"].map((table) => store.prepare(`select * from ${table}`).all()));

test("the preview counts lights, nodes due and done on time, and investment, by office and by project", async () => {
  const desk = await openDesk(DISTRICT);
  const id = project(desk, STREET, [
    ["2026-10-10", "2026-10-10"],
    ["2026-10-20", "2026-10-21"],
    ["2026-10-31", null],
    ["2026-09-01", null],
    ["2026-11-30", null],
  ]);
  project(desk, OTHER_STREET, [["2026-10-05", "2026-10-01"]], { annual_plan_investment: 120_000 });
  put(desk, "monthly_progress", { project_id: id, month: "2026-09", completed_investment: 100 });
  put(desk, "monthly_progress", {
    project_id: id,
    month: MONTH,
    completed_investment: 200,
    planned_investment: 300,
  });
  const preview = await month(desk);
  expect(preview.closed).toBeNull();
  expect(preview.date).toBe("2026-10-31");
  expect(preview.whole).toMatchObject({ projects: 2, red: 1, green: 1, nodesDue: 4, nodesDone: 2, nodesOverdue: 1 });
  expect(preview.whole).toMatchObject({ monthPlanned: 300, monthCompleted: 200, yearCompleted: 300 });
  expect(preview.whole).toMatchObject({ annualPlan: 120_000, completedOfPlanned: 0 });
  const part = (officeId: string) => preview.parts.find((each) => each.officeId === officeId);
  expect(part(STREET)).toMatchObject({ rank: 2, figures: { nodesDue: 3, nodesDone: 1, nodesOverdue: 1 } });
  expect(part(OTHER_STREET)?.rank).toBe(1);
  expect(preview.parts.filter(({ figures }) => figures.nodesDue === 0).every(({ rank }) => rank === null)).toBe(true);
  const line = (await lines(desk)).find(({ projectId }) => projectId === id);
  expect(line).toMatchObject({ light: "red", reason: "1 个节点逾期，2026-09-01 施工许可证", yearCompleted: 300 });
});

test("equal rates share a place", async () => {
  const desk = await openDesk(CITY);
  project(desk, DISTRICT, [
    ["2026-10-10", "2026-10-10"],
    ["2026-10-11", null],
  ]);
  project(desk, "210202", [
    ["2026-10-10", "2026-10-10"],
    ["2026-10-11", null],
    ["2026-10-12", "2026-10-12"],
    ["2026-10-13", null],
  ]);
  project(desk, "210203", [["2026-10-10", null]]);
  const ranks = new Map((await month(desk)).parts.map(({ officeId, rank }) => [officeId, rank]));
  expect([ranks.get(DISTRICT), ranks.get("210202"), ranks.get("210203")]).toEqual([1, 1, 3]);
});

test("a closed month stays as it was, and later changes are shown as corrections with who and when", async () => {
  const desk = await openDesk(DISTRICT);
  const id = project(desk, STREET, [["2026-10-20", null]]);
  put(desk, "monthly_progress", { project_id: id, month: MONTH, completed_investment: 20_000 });
  await books.close(desk.office, { month: MONTH });
  const before = frozen(desk);
  const closed = await month(desk);
  expect(closed.closed).toMatchObject({ frozenOn: "2026-11-22", personName: "张示例" });
  expect((await books.corrections(desk.office, { month: MONTH })).total).toBe(0);

  const [node] = (await projects.get(desk.office, { id, asOf: "2026-11-22" })).nodes;
  if (!node) throw new Error("no node");
  await nodes.save(desk.office, { id: node.id, projectId: id, values: { actual_on: "2026-10-19" }, submit: true });
  const { corrections, total } = await books.corrections(desk.office, { month: MONTH });
  expect(total).toBe(1);
  expect(corrections[0]?.changes).toEqual([
    { label: "灯", frozen: "红灯", now: "绿灯" },
    { label: "当月按期完成节点", frozen: "0", now: "1" },
    { label: "逾期节点", frozen: "1", now: "0" },
  ]);
  expect(corrections[0]?.causes[0]).toMatchObject({ who: "甘井子区 张示例", what: "上报节点：施工许可证" });
  expect(frozen(desk)).toBe(before);
  expect((await month(desk)).whole).toEqual(closed.whole);
});

test("a month closed while the yellow days are 未设定 keeps that, also when the city sets them later", async () => {
  const desk = await openDesk(CITY);
  project(desk, STREET, [["2026-10-31", null]]);
  expect((await month(desk)).whole).toMatchObject({ yellow: 1, green: 0 });
  await settings.save(desk.office, { key: "light.yellowDaysBefore", value: null, source: "测试" });
  await books.close(desk.office, { month: MONTH });
  await settings.save(desk.office, { key: "light.yellowDaysBefore", value: 7, source: "测试" });
  const closed = await month(desk);
  expect(closed.closed).not.toBeNull();
  expect(closed.rules.yellowDaysBefore).toBeNull();
  expect(closed.whole).toMatchObject({ yellow: 0, green: 1 });
  expect((await books.corrections(desk.office, { month: MONTH })).total).toBe(0);
});

test("the next month's statement lists the corrections that came to be known since", async () => {
  const desk = await openDesk(DISTRICT);
  const id = project(desk, STREET, [["2026-08-20", null]]);
  await books.close(desk.office, { month: "2026-08" });
  put(desk, "monthly_progress", { project_id: id, month: "2026-08", completed_investment: 20_000 });
  await books.close(desk.office, { month: "2026-09" });
  const { listed } = await month(desk, "2026-09");
  expect(listed.corrections).toMatchObject([
    { month: "2026-08", projectId: id, changes: [{ frozen: "未填", now: "200 万元" }, { label: "当年完成投资" }] },
  ]);
  // Other records of the project change: what was listed is not listed again.
  put(desk, "node", { project_id: id, planned_on: "2026-12-01" });
  await books.close(desk.office, { month: MONTH });
  expect((await month(desk)).listed.total).toBe(0);
});

/** What the closed month's corrections say changed, by project. */
async function changed(desk: Desk, of = MONTH) {
  const { corrections } = await books.corrections(desk.office, { month: of });
  return new Map(
    corrections.map(({ projectId, changes }) => [
      projectId,
      changes.map(({ label, frozen, now }) => `${label} ${frozen} ${now}`),
    ]),
  );
}

test("形象进度, the managing office and archiving are corrected beside the figures, with who and when, until taken back", async () => {
  const desk = await openDesk(DISTRICT);
  const [written, moved, archived] = ["甲", "乙", "丙"].map((name) => {
    const id = project(desk, STREET, [], { name });
    put(desk, "monthly_progress", { project_id: id, month: MONTH, image_progress: "桩基施工" });
    return id;
  }) as [string, string, string];
  project(desk, STREET, []);
  await books.close(desk.office, { month: MONTH });
  expect(await changed(desk)).toEqual(new Map());
  const report = newId("monthly_progress", { project_id: written, month: MONTH });
  const write = (values: { image_progress: string | null }) =>
    desk.office.write("save_progress", report, [{ entity: "monthly_progress", id: report, values }]);
  write({ image_progress: "主体封顶" });
  await projects.update(desk.office, { id: moved, values: { office_id: OTHER_STREET } });
  await projects.archive(desk.office, { id: archived });
  expect(await changed(desk)).toEqual(
    new Map([
      [written, ["形象进度 桩基施工 主体封顶"]],
      [moved, ["管理单位 甘井子街道 机场街道"]],
      [archived, ["项目台账 已列入 已归档"]],
    ]),
  );
  const { corrections } = await books.corrections(desk.office, { month: MONTH });
  for (const { causes } of corrections) {
    expect(causes).toMatchObject([{ who: "甘井子区 张示例", at: expect.stringContaining("2026-11-22") }]);
  }
  write({ image_progress: null });
  expect((await changed(desk)).get(written)).toEqual(["形象进度 桩基施工 未填"]);
  write({ image_progress: "桩基施工" });
  expect((await changed(desk)).has(written)).toBe(false);
});

test("a project registered late is a correction of the months of which its records tell, and of no other", async () => {
  const desk = await openDesk(DISTRICT);
  project(desk, STREET, []);
  for (const each of ["2026-08", "2026-09"]) await books.close(desk.office, { month: each });
  const late = project(desk, STREET, [["2026-09-20", "2026-09-19"]]);
  project(desk, STREET, [["2026-12-20", null]]);
  put(desk, "project", { office_id: CITY, name: "不归本区" });
  expect(await changed(desk, "2026-08")).toEqual(new Map());
  expect(await changed(desk, "2026-09")).toEqual(new Map([[late, ["项目台账 未列入 已列入"]]]));
  await books.close(desk.office, { month: MONTH });
  expect((await month(desk)).listed).toMatchObject({ total: 1, corrections: [{ month: "2026-09", projectId: late }] });
  await projects.archive(desk.office, { id: late });
  expect(await changed(desk, "2026-09")).toEqual(new Map());
});

test("the next statement lists texts, moves and archiving too, each once", async () => {
  const desk = await openDesk(DISTRICT);
  const [written, moved, archived] = ["甲", "乙", "丙"].map((name) =>
    project(desk, STREET, [["2026-12-20", null]], { name }),
  ) as [string, string, string];
  await books.close(desk.office, { month: "2026-08" });
  put(desk, "monthly_progress", { project_id: written, month: "2026-08", image_progress: "桩基施工" });
  await projects.update(desk.office, { id: moved, values: { office_id: OTHER_STREET } });
  await projects.archive(desk.office, { id: archived });
  await books.close(desk.office, { month: "2026-09" });
  const labels = async (of: string) =>
    (await month(desk, of)).listed.corrections.map(({ changes }) => changes.map(({ label }) => label));
  expect(await labels("2026-09")).toEqual([["形象进度"], ["管理单位"], ["项目台账"]]);
  for (const project_id of [written, moved]) put(desk, "node", { project_id, planned_on: "2026-12-01" });
  await books.close(desk.office, { month: MONTH });
  expect(await labels(MONTH)).toEqual([]);
});

test("a correction names only changes of what its figures are made from", async () => {
  const desk = await openDesk(DISTRICT);
  const id = project(desk, STREET, [["2026-12-20", null]]);
  await books.close(desk.office, { month: "2026-08" });
  put(desk, "monthly_progress", { project_id: id, month: "2026-08", completed_investment: 20_000 });
  put(desk, "monthly_progress", { project_id: id, month: "2026-10", completed_investment: 30_000 });
  put(desk, "node", { project_id: id, planned_on: "2026-12-01" });
  const { corrections } = await books.corrections(desk.office, { month: "2026-08" });
  expect(corrections.map(({ causes }) => causes.map(({ what }) => what))).toEqual([["新建项目：2026-08"]]);
});

/** A district with more projects than are closed without a pause. */
async function largeDistrict(): Promise<Desk> {
  const desk = await openDesk(DISTRICT);
  const projects = Array.from({ length: 1100 }, (_, place): Write => {
    const values = { name: `示例项目${place}`, office_id: place % 3 === 0 ? STREET : OTHER_STREET };
    return { entity: "project", id: newId("project"), values };
  });
  desk.journal.write(desk.actor, "create_project", projects);
  return desk;
}

/** Closes MONTH, telling `hear` how far it is. */
async function closing({ office }: Desk, hear: (progress: ClosingProgress) => void): Promise<unknown> {
  const closed = Promise.resolve(books.close(office, { month: MONTH })).catch((error: unknown) => error);
  for await (const progress of await books.closing(office, undefined)) if (progress) hear(progress);
  return closed;
}

test("closing tells how far it is, can be cancelled until it writes, and then has written nothing", async () => {
  const desk = await largeDistrict();
  const before = [frozen(desk), desk.journal.log.end()];
  const cancelled = await closing(desk, ({ phase, done }) => {
    if (phase === "lines" && done > 0) expect(books.cancelClosing(desk.office, undefined)).toBe(true);
  });
  expect(cancelled).toMatchObject({ code: "closing_cancelled" });
  expect([frozen(desk), desk.journal.log.end()]).toEqual(before);
  expect(books.cancelClosing(desk.office, undefined)).toBe(false);

  const heard: ClosingProgress[] = [];
  const closed = await closing(desk, (progress) => {
    heard.push(progress);
    if (progress.phase === "write") expect(books.cancelClosing(desk.office, undefined)).toBe(false);
  });
  expect(closed).toMatchObject({ statementId: expect.any(String) });
  expect([...new Set(heard.map(({ phase }) => phase))]).toEqual(["figures", "lines", "write"]);
  const counted = heard.filter(({ phase }) => phase === "lines");
  expect(counted.map(({ done }) => done)).toEqual(counted.map(({ done }) => done).sort((a, b) => a - b));
  expect(counted.length).toBeGreaterThan(1);
  expect(counted.every(({ done, total }) => done <= total && total === 1100)).toBe(true);
  expect((await books.lines(desk.office, { month: MONTH, offset: 0, limit: 1 })).total).toBe(1100);
});

test("whoever closes the program gives up the closing of a month; nothing of it is found afterwards", async () => {
  const options = { dataFolder: tempFolder(), version: "0.0.0", shell: "browser", printPdf: null } as const;
  const before = addMonths(monthOf(localDate(new Date())), -1);
  const core = await openCore(options);
  const call = localClient(core.router);
  await call.setup.createDemo();
  const closing = call.books.close({ month: before }).catch((error: unknown) => error);
  for await (const progress of await call.books.closing()) if (progress) break;
  await core.close();
  expect(await closing).toMatchObject({ data: { code: "closing_cancelled" } });
  const again = await openCore(options);
  expect((await localClient(again.router).books.month({ month: before })).closed).toBeNull();
  await again.close();
});

test("what is written while a month is being closed stands in its statement", async () => {
  const desk = await largeDistrict();
  let late = "";
  await closing(desk, ({ phase, done }) => {
    if (phase !== "lines" || done === 0 || late !== "") return;
    late = project(desk, STREET, [["2026-10-20", null]], { name: "晚到项目" });
  });
  const { rows, total } = await books.lines(desk.office, { month: MONTH, lights: ["red"], offset: 0, limit: 10 });
  expect([rows.map(({ projectId }) => projectId), total]).toEqual([[late], 1]);
  expect((await books.corrections(desk.office, { month: MONTH })).total).toBe(0);
});

test("windows of the lines put together are all lines, open or closed", async () => {
  const desk = await openDesk(DISTRICT);
  for (const [place, of] of [STREET, OTHER_STREET, DISTRICT, STREET, OTHER_STREET, STREET].entries()) {
    project(desk, of, [["2026-10-20", place % 2 ? "2026-10-19" : null]], { name: `示例${place % 4}` });
  }
  for (const isClosed of [false, true]) {
    if (isClosed) await books.close(desk.office, { month: MONTH });
    for (const narrowed of [{}, { partId: STREET }, { lights: ["red" as const] }]) {
      const window = (offset: number, limit: number) =>
        books.lines(desk.office, { month: MONTH, ...narrowed, offset, limit });
      const { rows, total } = await window(0, 500);
      expect(rows).toHaveLength(total);
      const inOrder = rows.map(({ officeName, projectName, projectId }) => [officeName, projectName, projectId]);
      const windows = await Promise.all(Array.from({ length: total }, (_, place) => window(place, 2)));
      for (const [place, { rows: some }] of windows.entries()) expect(some).toEqual(rows.slice(place, place + 2));
      for (const each of new Set(inOrder.map(([name]) => name))) {
        const names = inOrder.flatMap(([name, ...line]) => (name === each ? [line.join(" ")] : []));
        expect(names).toEqual([...names].sort());
      }
    }
  }
});

test("a month that is not over, or is closed, cannot be closed; a street only looks", async () => {
  const desk = await openDesk(DISTRICT);
  await failure(() => books.close(desk.office, { month: "2026-11" }), "month_not_over");
  expect((await month(desk, "2026-11")).refusal).toContain("还没有过完");
  await books.close(desk.office, { month: MONTH });
  await failure(() => books.close(desk.office, { month: MONTH }), "month_closed");
  const street = await openDesk(STREET);
  project(street, STREET, [["2026-10-20", null]]);
  expect((await month(street)).whole.nodesDue).toBe(1);
  expect((await month(street)).refusal).toContain("只能查看");
  await failure(() => books.close(street.office, { month: MONTH }), "not_permitted");
  const values = { office_id: STREET, month: MONTH, frozen_on: "2026-11-22", rules: "{}", totals: "{}" };
  const id = newId("month_statement");
  await failure(
    () => street.office.write("close_month", id, [{ entity: "month_statement", id, values }]),
    "not_permitted",
  );
});

test("the list before closing names what is still open", async () => {
  const desk = await openDesk(DISTRICT);
  const id = project(desk, STREET, [["2026-10-20", null]], { stage: "started" });
  put(desk, "node", { project_id: id, planned_on: "2026-10-21", actual_on: "2026-10-21", audit_state: "submitted" });
  const kinds = async () => (await month(desk)).open.map(({ kind }) => kind);
  expect(await kinds()).toEqual(["review", "missingReports"]);
  put(desk, "monthly_progress", { project_id: id, month: MONTH, report_state: "submitted" });
  expect(await kinds()).toEqual(["review", "reports"]);
  await books.close(desk.office, { month: "2026-08" });
  expect(await kinds()).toEqual(["review", "reports", "earlier"]);
});

const day = fc.integer({ min: -50, max: 20 }).map((offset) => addDays("2026-10-31", offset));
const given = fc.array(
  fc.record({
    office: fc.constantFrom(DISTRICT, STREET, OTHER_STREET, "210202", CITY),
    nodes: fc.array(fc.tuple(day, fc.option(day)), { maxLength: 4 }),
    plan: fc.option(fc.nat({ max: 1_000_000 })),
    invested: fc.array(fc.option(fc.nat({ max: 100_000 })), { minLength: 3, maxLength: 3 }),
  }),
  { maxLength: 6 },
);

function enter(desk: Desk, all: Given) {
  for (const { office, nodes: days, plan, invested } of all) {
    const project_id = project(desk, office, days, { annual_plan_investment: plan });
    for (const [index, completed_investment] of invested.entries()) {
      put(desk, "monthly_progress", { project_id, month: `2026-0${index + 7}`, completed_investment });
    }
  }
}
type Given = { office: string; nodes: [string, string | null][]; plan: number | null; invested: (number | null)[] }[];

test("regions added up give the whole, and the quarter is the sum of its closed months", async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.subarray(["2026-07", "2026-08", "2026-09"]), async (all, closed) => {
      const desk = await openDesk(CITY);
      desk.store.sqlite.pragma("synchronous = OFF");
      enter(desk, all);
      for (const each of closed) await books.close(desk.office, { month: each });
      const statements = await Promise.all(closed.map((each) => month(desk, each)));
      for (const { month: of, whole, parts } of statements) {
        expect(addFigures(parts.map(({ figures }) => figures))).toEqual(whole);
        expect(addFigures((await lines(desk, of)).map(figuresOf))).toEqual(whole);
      }
      const of = (officeId?: string) => books.period(desk.office, { year: 2026, quarter: 3, officeId });
      const quarter = await of();
      expect(quarter.months.filter(({ figures }) => figures === null)).toHaveLength(3 - closed.length);
      for (const name of ["nodesDue", "nodesDone", "monthPlanned", "monthCompleted"] as const) {
        const sum = (figures: readonly Figures[]) => figures.reduce((total, each) => total + each[name], 0);
        expect(quarter.whole[name]).toBe(sum(statements.map(({ whole }) => whole)));
        expect(quarter.whole[name]).toBe(sum(quarter.parts.map(({ figures }) => figures)));
      }
    }),
    { seed: 22112026, numRuns: 15 },
  );
});

type Act = (desk: Desk) => unknown;
const acts: fc.Arbitrary<Act> = fc.constantFrom<Act>(
  (desk) => books.close(desk.office, { month: "2026-09" }),
  (desk) => books.close(desk.office, { month: MONTH }),
  (desk) => maintenance.undo(desk.office, { changeSet: desk.journal.log.end() }),
  (desk) => settings.save(desk.office, { key: "light.redAfterDays", value: 30, source: "测试" }),
  (desk) => put(desk, "project", { office_id: STREET }),
  (desk) => desk.store.sqlite.transaction(() => rewrite(desk))(),
);

/** What a careless feature might try: to change or archive what is frozen. */
function rewrite(desk: Desk) {
  for (const entity of ["month_statement", "statement_line"] as const) {
    const id = desk.store.prepare(`select id from ${entity} limit 1`).pluck().get() as string | undefined;
    if (id) desk.journal.write(desk.actor, "close_month", [{ entity, id, values: { month: "2020-01" } }]);
  }
}

test("no sequence of acts changes a closed month", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { maxLength: 8 }), async (sequence) => {
      const desk = await openDesk(CITY);
      desk.store.sqlite.pragma("synchronous = OFF");
      project(desk, STREET, [["2026-09-20", null]]);
      await books.close(desk.office, { month: "2026-08" });
      const rowsNow = () => new Set((JSON.parse(frozen(desk)) as unknown[][]).flat().map((row) => JSON.stringify(row)));
      for (const act of sequence) {
        const before = rowsNow();
        try {
          await act(desk);
        } catch {
          // Refused.
        }
        const after = rowsNow();
        for (const row of before) expect(after.has(row)).toBe(true);
      }
    }),
    { seed: 22112026, numRuns: 25 },
  );
});
