/** Lists print and export whole, narrowed as they are seen, with the columns shown in their order. */
import ExcelJS from "exceljs";
import { expect, test } from "vitest";
import type { ListRequest } from "#contract/lists.ts";
import { closeMonth } from "#features/books/close.ts";
import { lists } from "#features/lists/lists.ts";
import { projects } from "#features/projects/projects.ts";
import { settings } from "#features/settings.ts";
import { sheets } from "#features/sheets/sheets.ts";
import { templates } from "#features/templates.ts";
import { CITY, type Desk, DISTRICT, failure, openDesk, put, STREET, TODAY } from "../helpers/office.ts";

const one = (desk: Desk, text: string) => desk.store.sqlite.prepare(text).pluck().get() as string;
const shown = (...keys: string[]) => keys.map((key) => ({ key, width: 100 }));

async function cells(file: File): Promise<unknown[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const rows: unknown[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    rows.push((row.values as unknown[]).slice(1));
  });
  return rows;
}

async function deskWithWork() {
  const desk = await openDesk(DISTRICT);
  const project_id = put(desk, "project", {
    name: "轴承产业园",
    office_id: STREET,
    total_investment: 12_345_600,
    stage: "started",
  });
  put(desk, "project", { name: "冷链基地", stage: "planned" });
  put(desk, "node", { project_id, name: "主体封顶", planned_on: "2026-11-03" });
  put(desk, "node", { project_id, name: "竣工验收", planned_on: "2026-11-25" });
  put(desk, "node", { project_id, name: "施工许可证", planned_on: "2026-08-01" });
  put(desk, "visit", { project_id, visited_on: "2026-11-20", findings: "用电容量偏紧" });
  return desk;
}

test("the ledger exports the rows of the filter with the columns shown, in their order, as numbers and days, and its ids", async () => {
  const { office } = await deskWithWork();
  const list: ListRequest = { list: "projects", filter: { stages: ["started"] } };
  const columns = shown("name", "total_investment", "last_visit_on", "light", "missing");
  const file = await lists.export(office, { list, columns, asOf: TODAY });
  expect(file.name).toBe("项目台账_甘井子区_2026-11-22.xlsx");
  expect(await cells(file)).toEqual([
    ["项目名称", "总投资（万元）", "最近走访", "灯", "项目卡", "编号(系统)"],
    [
      "轴承产业园",
      123_456,
      new Date("2026-11-20T00:00:00Z"),
      "红灯",
      expect.stringContaining("缺"),
      expect.any(String),
    ],
  ]);
});

test("the sheet says what it was narrowed to, in words, and prints every row", async () => {
  const { office } = await deskWithWork();
  const request = { sheet: "list", paper: "A4", columns: shown("name", "total_investment"), asOf: TODAY } as const;
  const list: ListRequest = {
    list: "projects",
    filter: { search: "zccyy", stages: ["started"], officeId: STREET, lights: ["red"] },
  };
  const { html, rows, title } = await sheets.html(office, { ...request, list });
  expect({ title, rows }).toEqual({ title: "项目台账", rows: 1 });
  expect(html).toContain("条件：搜索“zccyy”；甘井子街道；开工；红灯");
  expect(html).toContain("A4 landscape");
  expect(html).toContain("123,456");
  const all = await sheets.html(office, { ...request, list: { list: "projects", filter: {} } });
  expect(all.rows).toBe(2);
  expect(all.html).toContain("<span>全部</span>");
});

test("nodes of a month print under the heads of their groups", async () => {
  const { office } = await deskWithWork();
  const list = { list: "nodesOfMonth", month: "2026-11", includeOverdue: true, lights: [], group: "day" } as const;
  const columns = shown("name", "planned_on", "light");
  const { html } = await sheets.html(office, {
    sheet: "list",
    paper: "A3",
    list: { ...list, lights: [] },
    columns,
    asOf: TODAY,
  });
  const order = [
    "以前月份逾期未完成（1）",
    "施工许可证",
    "11-03 星期二（1）",
    "主体封顶",
    "11-25 星期三（1）",
    "竣工验收",
  ];
  const at = order.map((text) => html.indexOf(text));
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(at.includes(-1)).toBe(false);
  const red = await lists.export(office, { list: { ...list, lights: ["red"] }, columns, asOf: TODAY });
  expect((await cells(red)).slice(1).map(([name]) => name)).toEqual(["施工许可证", "主体封顶"]);
});

test("资金, 入统入库, 投资进度 and the books are lists too, with their sums as the page shows them", async () => {
  const desk = await deskWithWork();
  const project_id = one(desk, "select id from project where name = '轴承产业园'");
  put(desk, "fund", {
    project_id,
    name: "第一批",
    year: 2026,
    source: "special_bond",
    arranged: 100_000,
    paid: 25_000,
  });
  put(desk, "annual_plan", { project_id, year: 2026, planned_investment: 1_200_000 });
  put(desk, "monthly_progress", { project_id, month: "2026-10", completed_investment: 900_000 });
  const of = async (list: ListRequest, ...keys: string[]) =>
    cells(await lists.export(desk.office, { list, columns: shown(...keys), asOf: TODAY }));
  expect(await of({ list: "funds", filter: { year: 2026 } }, "project", "source", "paid", "percent")).toEqual([
    ["项目名称", "资金来源", "支付（万元）", "支付率（%）"],
    ["轴承产业园", "地方政府专项债券", 250, 25],
  ]);
  expect(await of({ list: "statsEntry", filter: { standing: "owing" } }, "name", "papers")).toEqual([
    ["项目名称", "材料"],
    ["轴承产业园", "0/3"],
  ]);
  put(desk, "project", { name: "已入库的", office_id: STREET, stage: "started", stats_state: "entered" });
  expect(await of({ list: "statsRegions" }, "name", "owed", "entered", "overdue", "percent")).toEqual([
    ["街道、园区", "应入库", "已入库", "超期", "入库率（%）"],
    ["甘井子街道", 2, 1, undefined, 50],
    ["合计", 2, 1, undefined, 50],
  ]);
  expect(await of({ list: "regions", month: "2026-10" }, "name", "plan", "lead")).toEqual([
    ["街道、园区", "年度计划投资（万元）", "超欠序时（百分点）"],
    ["本级", 0],
    ["甘井子街道", 12_000, -8.3],
    ["合计", 12_000, -8.3],
  ]);
  const lines = { list: "bookLines", filter: { month: "2026-08", lights: ["red"] } } as const;
  expect(await of({ ...lines, filter: { ...lines.filter, lights: ["red"] } }, "name", "overdue", "reason")).toEqual([
    ["项目名称", "逾期节点", "亮灯原因"],
    ["轴承产业园", 1, "1 个节点逾期，2026-08-01 施工许可证"],
  ]);
  expect(await of({ list: "monthRanking", month: "2026-08" }, "rank", "name", "due", "rate")).toEqual([
    ["名次", "单位", "应完成节点", "节点完成率（%）"],
    [1, "甘井子街道", 1, 0],
    [undefined, "甘井子区（本级）"],
    [undefined, "合计", 1, 0],
  ]);
  closeMonth(desk.office, "2026-08");
  const period = { year: 2026, quarter: 3, officeId: undefined } as const;
  const sheet = await sheets.html(desk.office, {
    sheet: "list",
    paper: "A4",
    list: { list: "periodRanking", period },
    columns: shown("rank", "name", "due"),
    asOf: TODAY,
  });
  expect(sheet).toMatchObject({ title: "2026年3季度节点完成排名", rows: 2 });
  expect(sheet.html).toContain("已对账 1 个月，共 3 个月");
  expect(sheet.html).toContain("合计");
});

test("corrections of a closed month are a list: what was frozen, what is now, and who changed it", async () => {
  const desk = await deskWithWork();
  closeMonth(desk.office, "2026-08");
  const list = { list: "corrections", month: "2026-08" } as const;
  const columns = shown("name", "office", "changes", "causes");
  const of = async () => cells(await lists.export(desk.office, { list, columns, asOf: TODAY }));
  expect(await of()).toHaveLength(1);
  const id = one(desk, "select id from node where name = '施工许可证'");
  const values = { actual_on: "2026-07-30", audit_state: "submitted" } as const;
  desk.journal.write(desk.actor, "submit_node", [{ entity: "node", id, values }]);
  const [, line] = await of();
  expect(line).toEqual([
    "轴承产业园",
    "甘井子街道",
    "灯：红灯 → 绿灯；当月按期完成节点：0 → 1；逾期节点：1 → 0",
    expect.stringMatching(/^2026-11-22 .*甘井子区 张示例 .*施工许可证/),
  ]);
});

test("the tree of offices keeps its steps on paper, and a search names who is above", async () => {
  const { office } = await openDesk(DISTRICT);
  const of = async (search: string, ...keys: string[]) => {
    const list: ListRequest = { list: "offices", search, rootId: DISTRICT };
    return (await cells(await lists.export(office, { list, columns: shown(...keys), asOf: TODAY }))).slice(1);
  };
  const tree = await of("", "name", "kind");
  expect(tree[0]).toEqual(["甘井子区", "区市县"]);
  expect(tree).toContainEqual(["　甘井子街道", "街道"]);
  expect(await of("gjzjd", "name", "parent")).toEqual([["甘井子街道", "甘井子区"]]);
});

test("templates are a list with what each holds and whether it is in use", async () => {
  const { office } = await openDesk(CITY);
  const { id } = await templates.save(office, {
    kind: "permits",
    name: "示例清单",
    projectKind: "工业",
    source: "",
    items: [{ name: "立项", groups: ["four_certificates"], authority: "", note: "" }],
  });
  await templates.archive(office, { id });
  const of = async (archived: boolean) =>
    cells(
      await lists.export(office, {
        list: { list: "templates", archived },
        columns: shown("name", "items", "source", "state", "acts"),
        asOf: TODAY,
      }),
    );
  const line = ["示例清单", "1 项；四证 1，12项要件 未设定，8项外部条件 未设定", "市级制定，未注明依据", "已停用"];
  expect(await of(true)).toContainEqual(line);
  expect(await of(false)).not.toContainEqual(line);
});

test("the city's settings are a list with where each comes from", async () => {
  const { office } = await openDesk(CITY);
  await settings.save(office, { key: "light.redAfterDays", value: 3, source: "示例通知" });
  const columns = shown("label", "value", "standing", "source");
  const rows = await cells(await lists.export(office, { list: { list: "settings" }, columns, asOf: TODAY }));
  expect(rows).toContainEqual(["红灯：超过计划日期多少天仍未完成", "3 天", "市级已调整", "示例通知"]);
});

test("visits, people and projects without visits are lists too; buttons of the page are left out", async () => {
  const desk = await deskWithWork();
  put(desk, "person", { name: "赵示例", is_secretary: 1 });
  const of = async (list: ListRequest, ...keys: string[]) =>
    cells(await lists.export(desk.office, { list, columns: shown(...keys), asOf: TODAY }));
  expect(await of({ list: "visits", filter: { search: "容量" } }, "findings", "print", "person")).toEqual([
    ["了解到的情况", "服务秘书"],
    ["用电容量偏紧", "张示例"],
  ]);
  expect(await of({ list: "missingVisits" }, "name", "last")).toEqual([
    ["项目", "最近走访"],
    ["冷链基地", "从未"],
  ]);
  const people = { list: "people", secretariesOnly: true, includeArchived: false, search: "zsl" } as const;
  expect(await of(people, "name", "is_secretary")).toEqual([
    ["姓名", "服务秘书"],
    ["赵示例", "是"],
  ]);
  expect(await of({ list: "nodesInState", state: "submitted" }, "name")).toEqual([["节点"]]);
});

test("a list of more lines than anybody prints is refused with what to do instead", async () => {
  const desk = await openDesk();
  desk.journal.write(
    desk.actor,
    "import_spreadsheet",
    Array.from({ length: 5001 }, (_, at) => ({
      entity: "project" as const,
      id: `many-${at}`,
      values: { name: `示例${at}`, office_id: desk.office.id },
    })),
  );
  expect((await projects.list(desk.office, { filter: {}, offset: 0, limit: 1, asOf: TODAY })).total).toBe(5001);
  const list: ListRequest = { list: "projects", filter: {} };
  const request = { sheet: "list", paper: "A4", list, columns: shown("name"), asOf: TODAY } as const;
  expect(await failure(() => sheets.html(desk.office, request), "list_too_long")).toContain("导出表格");
});
