/** 月报: entered for many projects at once, sent up, reviewed and locked (R-02, R-10; sync law 9). */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ListRequest } from "#contract/lists.ts";
import type { ReportFilter, ReportRow } from "#contract/monthly-reports.ts";
import type { Values } from "#domain/registry.ts";
import type { ReviewAct } from "#domain/review.ts";
import { lists } from "#features/lists/lists.ts";
import { plans } from "#features/plans/plans.ts";
import { projects } from "#features/projects/projects.ts";
import { monthlyReports } from "#features/reports/reports.ts";
import { settings } from "#features/settings.ts";
import { workbench } from "#features/workbench.ts";
import {
  CITY,
  type Desk,
  DISTRICT,
  elsewhere,
  failure,
  OTHER_STREET,
  openDesk,
  put,
  STREET,
  TODAY,
  undo,
} from "../helpers/office.ts";

const month = "2026-11";
type Entry = [projectId: string, values: Values<"monthly_progress">];

const save = (desk: Desk, entries: Entry[], submit?: string[], of = month) =>
  monthlyReports.save(desk.office, {
    month: of,
    entries: entries.map(([projectId, values]) => ({ projectId, values })),
    submit,
  });
const review = (desk: Desk, projectIds: string[], act: ReviewAct, reason?: string) =>
  monthlyReports.review(desk.office, { month, projectIds, act, reason });
const list = (desk: Desk, filter: ReportFilter = {}, of = month) =>
  monthlyReports.list(desk.office, { month: of, filter, offset: 0, limit: 500 });

async function reportOf(desk: Desk, projectId: string): Promise<ReportRow> {
  const [row] = (await list(desk, { ids: [projectId] })).rows;
  if (!row) throw new Error("the project is not in the grid");
  return row;
}

const count = (desk: Desk, sql: string) => desk.store.sqlite.prepare(sql).pluck().get() as number;

test("ten projects are entered and sent up in one change set, which one undo takes back", async () => {
  const desk = await openDesk(STREET);
  const ids = Array.from({ length: 10 }, (_, index) => put(desk, "project", { name: `示例项目${index}` }));
  const before = count(desk, "select count(*) from change_log");
  const entries = ids.map(
    (id, index): Entry => [id, { completed_investment: index * 100, image_progress: "主体施工" }],
  );
  const written = await save(desk, entries, ids);
  expect(written).toMatchObject({ changed: 10, submitted: 10 });
  expect(count(desk, "select count(*) from change_log")).toBe(before + 1);
  const sent = await list(desk);
  expect(sent).toMatchObject({ total: 10, completed: 4500, counts: { submitted: 10, due: 0 } });
  expect(sent.rows[0]).toMatchObject({ report_state: "submitted", submitted_on: TODAY, acts: ["withdraw"] });
  await undo(desk, written);
  expect((await list(desk)).counts).toMatchObject({ submitted: 0, due: 10 });
});

test("one bad value or one locked report, and nothing of the act is saved", async () => {
  const desk = await openDesk(STREET);
  const [first, second] = [put(desk, "project", {}), put(desk, "project", {})];
  await failure(
    () =>
      save(desk, [
        [first, { completed_investment: 1 }],
        [second, { completed_investment: -1 }],
      ]),
    "invalid_value",
  );
  await save(desk, [[second, { image_progress: "封顶" }]], [second]);
  const sentence = await failure(
    () =>
      save(desk, [
        [first, { completed_investment: 1 }],
        [second, { completed_investment: 1 }],
      ]),
    "locked",
  );
  expect(sentence).toBe("月报“示例项目 2026-11”已上报，不能修改。如需修改，请先撤回上报，或由上级退回。");
  expect((await reportOf(desk, first)).completed_investment).toBeNull();
  await failure(() => save(desk, [[first, { report_state: "approved" }]]), "invalid_value");
});

test("an empty report is not sent up, and of months to come only the plan is entered", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { name: "化工园" });
  expect(await failure(() => save(desk, [[id, { problems: "无" }]], [id]), "report_empty")).toContain("化工园");
  await save(desk, [[id, { completed_investment: 0 }]], [id]);
  await save(desk, [[id, { planned_investment: 5, planned_progress: "封顶" }]], undefined, "2026-12");
  await failure(() => save(desk, [[id, { completed_investment: 5 }]], undefined, "2026-12"), "report_too_early");
  await failure(() => save(desk, [], [id], "2026-12"), "report_too_early");
});

test("a street sends up and takes back; the district reviews, with a reason for giving back", async () => {
  const desk = await openDesk(DISTRICT);
  const id = put(desk, "project", { office_id: STREET });
  await save(desk, [[id, { image_progress: "封顶" }]], [id]);
  expect((await reportOf(desk, id)).acts).toEqual(["withdraw", "approve", "return"]);
  await failure(() => review(desk, [id], "return"), "reason_required");
  await review(desk, [id], "return", "请核对金额");
  expect(await reportOf(desk, id)).toMatchObject({
    report_state: "returned",
    review_note: "请核对金额",
    reviewed_on: TODAY,
    lockedReason: "",
  });
  await save(desk, [[id, { completed_investment: 100 }]], [id]);
  await review(desk, [id], "approve");
  await failure(() => save(desk, [[id, { problems: "无" }]]), "locked");
  await failure(() => review(desk, [id], "approve"), "review_refused");
  await failure(() => review(desk, [id], "reopen"), "reason_required");
  await review(desk, [id], "reopen", "金额有误");
  await save(desk, [[id, { completed_investment: 90 }]]);
});

test("a street decides nothing, not even in a write of its own, and does not take back what another office sent", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", {});
  await save(desk, [[id, { image_progress: "封顶" }]], [id]);
  expect(await failure(() => review(desk, [id], "approve"), "not_permitted")).toContain("月报的审核结果");
  const reportId = count(desk, "select id from monthly_progress") as unknown as string;
  for (const values of [{ report_state: "approved" as const }, { reviewed_on: TODAY }, { review_note: "好" }]) {
    await failure(
      () => desk.office.write("save_progress", reportId, [{ entity: "monthly_progress", id: reportId, values }]),
      "not_permitted",
    );
  }
  const other = { ...desk.actor, officeId: DISTRICT, officeName: "甘井子区" };
  await review(desk, [id], "withdraw");
  elsewhere(desk).write(other, "submit_progress", [
    { entity: "monthly_progress", id: reportId, values: { report_state: "submitted" } },
  ]);
  expect((await reportOf(desk, id)).acts).toEqual([]);
  expect(await failure(() => review(desk, [id], "withdraw"), "not_permitted")).toContain("甘井子区");
});

test("states are counted and filtered; 未报 asks only the stages that must report", async () => {
  const desk = await openDesk(DISTRICT);
  const [none, draft, sent, approved, reserve] = ["甲", "乙", "丙", "丁", "戊"].map((name) =>
    put(desk, "project", { name, stage: name === "戊" ? "planned" : "started", office_id: STREET }),
  ) as [string, string, string, string, string];
  const foreign = put(desk, "project", { name: "外区", office_id: "210202" });
  await save(desk, [[draft, { problems: "无" }]]);
  await save(
    desk,
    [
      [sent, { image_progress: "封顶" }],
      [approved, { image_progress: "封顶" }],
    ],
    [sent, approved],
  );
  await review(desk, [approved], "approve");
  const all = await list(desk);
  expect(all.counts).toEqual({ all: 5, due: 2, draft: 1, submitted: 1, approved: 1, returned: 0 });
  expect(all.rows.map(({ projectId }) => projectId)).not.toContain(foreign);
  const shown = async (state: ReportFilter["state"]) => (await list(desk, { state })).rows.map((row) => row.projectId);
  expect(new Set(await shown("due"))).toEqual(new Set([none, draft]));
  expect(await shown("draft")).toEqual([draft]);
  expect(await shown("submitted")).toEqual([sent]);
  expect(await shown("approved")).toEqual([approved]);
  expect((await list(desk, { officeId: OTHER_STREET })).total).toBe(0);
  expect((await workbench.summary(desk.office, { asOf: TODAY })).reports).toMatchObject({ due: 2, submitted: 1 });
  expect(await monthlyReports.waiting(desk.office, undefined)).toEqual([{ month, state: "submitted", count: 1 }]);

  const city = await openDesk(CITY);
  put(city, "project", { stage: "planned" });
  expect((await list(city)).counts.due).toBe(0);
  await settings.save(city.office, { key: "report.stages", value: ["planned"], source: "" });
  expect((await list(city)).counts.due).toBe(1);
  expect(reserve).toBeTruthy();
});

test("windows from both ends follow pinyin and never overlap", async () => {
  const desk = await openDesk();
  for (const name of ["重庆路", "大连港", "北京街", "安山", "长兴岛"]) put(desk, "project", { name });
  const at = async (offset: number) =>
    (await monthlyReports.list(desk.office, { month, filter: {}, offset, limit: 2 })).rows.map(
      (row) => row.projectName,
    );
  expect([...(await at(0)), ...(await at(2)), ...(await at(4))]).toEqual([
    "安山",
    "北京街",
    "长兴岛",
    "重庆路",
    "大连港",
  ]);
});

test("the row shows the year's plan, what is completed so far, and the lead in percentage points", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", {});
  await plans.saveYear(desk.office, { projectId: id, year: 2026, values: { planned_investment: 120_000 } });
  await save(desk, [[id, { completed_investment: 30_000, image_progress: "基础" }]], undefined, "2026-10");
  await save(desk, [[id, { completed_investment: 30_000 }]]);
  expect(await reportOf(desk, id)).toMatchObject({
    plan: { amount: 120_000, source: "plan" },
    yearCompleted: 60_000,
    percent: 50,
    previousProgress: "基础",
  });
  expect((await reportOf(desk, id)).lead).toBeCloseTo(50 - (11 / 12) * 100);
  const january = (await list(desk, {}, "2026-01")).rows[0];
  expect(january).toMatchObject({ yearCompleted: null, percent: null, lead: null });
});

test("pasted names find their projects, width and punctuation aside; doubtful ones say why", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "化工园区（一期）" });
  put(desk, "project", { name: "同名" });
  put(desk, "project", { name: "同名" });
  put(desk, "project", { name: "已归档", archived_on: TODAY });
  const matches = await monthlyReports.match(desk.office, { names: ["化工园区(一期) ", "同名", "已归档"] });
  expect(matches).toEqual([
    { name: "化工园区(一期) ", projectId: id, reason: "" },
    { name: "同名", projectId: null, reason: "台账里有 2 个同名项目，请按行粘贴" },
    { name: "已归档", projectId: null, reason: "台账里没有这个项目" },
  ]);
});

test("regions add up to the whole, and so do the streets of a district", async () => {
  const desk = await openDesk();
  const offices = [CITY, DISTRICT, STREET, OTHER_STREET, "210202", "210202001"];
  const amount = fc.option(fc.integer({ min: 0, max: 900_000 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ office: fc.constantFrom(...offices), plan: amount, done: amount }), { maxLength: 8 }),
      async (made) => {
        for (const { office, plan, done } of made) {
          const id = put(desk, "project", { office_id: office, annual_plan_investment: plan });
          if (done !== null) await save(desk, [[id, { completed_investment: done }]]);
        }
        const region = (officeId?: string) => monthlyReports.byRegion(desk.office, { month, officeId });
        const { rows, total } = await region();
        const whole = await projects.list(desk.office, { filter: {}, offset: 0, limit: 1, asOf: TODAY });
        expect([total.projects, total.plan]).toEqual([whole.total, whole.annualPlanInvestment]);
        for (const row of rows.filter(({ officeId }) => officeId !== CITY)) {
          const { name: _, officeId: __, ...sums } = row;
          expect((await region(row.officeId)).total).toMatchObject(sums);
        }
      },
    ),
    { numRuns: 12 },
  );
});

test("the exported month has the grid's columns and their sums, so that it can be pasted back", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "化工园" });
  await save(desk, [[id, { completed_investment: 12_345, image_progress: "=封顶" }]]);
  const keys = ["name", "planned_investment", "completed_investment", "image_progress", "problems", "state"];
  const columns = keys.map((key) => ({ key, width: 100 }));
  const list: ListRequest = { list: "reports", month, filter: {} };
  const file = await lists.export(desk.office, { list, columns, asOf: TODAY });
  expect(file.name).toBe("2026-11_月报_大连市发展改革委_2026-11-22.xlsx");
  const { default: ExcelJS } = await import("exceljs");
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const sheet = workbook.worksheets[0];
  const row = (number: number) => [1, 2, 3, 4, 5, 6].map((column) => sheet?.getCell(number, column).value ?? undefined);
  expect(row(1)).toEqual(["项目名称", "计划投资（万元）", "实际完成投资（万元）", "形象进度", "存在问题", "状态"]);
  expect(row(2)).toEqual(["化工园", undefined, 123.45, "=封顶", undefined, "未报"]);
  expect(row(3)).toEqual(["合计", 0, 123.45, undefined, undefined, undefined]);
});
