import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Row } from "#domain/registry.ts";
import { recognise } from "#features/spreadsheet/columns.ts";
import { planImport } from "#features/spreadsheet/plan.ts";
import { readTable } from "#features/spreadsheet/read-table.ts";
import type { Cell } from "#features/spreadsheet/table.ts";

const office = (id: string, name: string, aliases: string | null = null) =>
  ({ id, name, aliases, level: "district", parent_id: "city", archived_on: null }) as Row<"office">;
const offices = [office("city", "示例市"), office("east", "东区", "东部新区、东开发区"), office("west", "西区")];

function project(values: Partial<Row<"project">>): Row<"project"> {
  return { id: "p1", name: "甲项目", office_id: "city", archived_on: null, stage: null, ...values } as Row<"project">;
}

function plan(rows: Cell[][], projects: Row<"project">[] = []) {
  const table = recognise([{ name: "", rows: rows.map((cells, index) => ({ number: index + 1, cells })) }]);
  return planImport(table, { projects, offices, officeId: "city" });
}

test("every row of the real ledger is planned, and nothing of it is lost", async () => {
  const bytes = new Uint8Array(readFileSync("test/fixtures/dalian_projects.csv"));
  const table = recognise((await readTable(bytes, "dalian_projects.csv")).sheets);
  const rows = planImport(table, { projects: [], offices, officeId: "city" });
  expect(rows).toHaveLength(120);
  expect(rows.filter(({ status }) => status === "new")).toHaveLength(120);
  expect(rows.flatMap(({ badCells }) => badCells)).toEqual([]);
  const mapped = table.columns.filter(({ field }) => field === null).map(({ head }) => head);
  expect(mapped).toEqual(["source_id", "list_seq", "completed_period_yi"]);
  const byCode = new Map(rows.map((row) => [row.values.origin_code, row.values]));
  expect(byCode.get("DL062")).toMatchObject({
    name: "辽宁红沿河核电一期项目",
    total_investment: 493_000_000,
    completed_investment: 219_640_000,
    completed_text: "1号机2012-12;2号机2013-08;3、4号机2014",
    status_text: "在建",
    stage: "under_construction",
    as_of: "2010-06-30",
  });
  expect(byCode.get("DL062")?.completed_on).toBeUndefined();
  expect(byCode.get("DL125")).toMatchObject({ started_text: "2017-03(试桩)", annual_plan_investment: 8_000_000 });
  expect(byCode.get("DL099")).toMatchObject({ total_investment: 1_446_530, status_text: "竣工环保验收公示" });
  expect(byCode.get("DL099")?.stage).toBeUndefined();
  expect(byCode.get("DL164")).toMatchObject({ status_text: "开工/拟开工", started_text: "2022年四季度" });
});

test("a new project belongs to the managed office its region names, else to the importing office", () => {
  const rows = plan([
    ["项目名称", "所在地区"],
    ["甲", "东区"],
    ["乙", "东开发区"],
    ["丙", "某片区(西区)"],
    ["丁", "东区/西区"],
    ["戊", "外地"],
    ["己", null],
  ]);
  expect(rows.map(({ values }) => [values.office_id, values.region ?? null])).toEqual([
    ["east", "东区"],
    ["east", "东开发区"],
    ["west", "某片区(西区)"],
    ["city", "东区/西区"],
    ["city", "外地"],
    ["city", null],
  ]);
});

test("a named managing office decides; a name that is none of ours is a bad cell", () => {
  const rows = plan(
    [
      ["编号(系统)", "项目名称", "管理单位", "所在地区"],
      ["", "乙", "西区", "东区"],
      ["", "丙", "某市", "东区"],
      ["p1", "甲项目", "西区", ""],
    ],
    [project({})],
  );
  expect(rows.map(({ status, values }) => [status, values.office_id])).toEqual([
    ["new", "west"],
    ["new", "east"],
    ["changed", "west"],
  ]);
  expect(rows[1]?.badCells).toEqual([
    { row: 3, column: "管理单位", value: "某市", reason: "不是本单位或下属单位的名称" },
  ]);
});

test("rows meet their project by id, project code, source and its code, or name and owner", () => {
  const ledger = [
    project({ id: "by-id", name: "一" }),
    project({ id: "by-code", name: "二", project_code: "2024-1" }),
    project({ id: "by-origin", name: "三", origin: "某清单", origin_code: "7" }),
    project({ id: "by-owner", name: "四（一期）", owner: "示例公司" }),
    project({ id: "by-owner-2", name: "四（一期）", owner: "样本公司" }),
    project({ id: "by-name", name: "五" }),
    project({ id: "other-owner", name: "六", owner: "示例公司" }),
  ];
  const rows = plan(
    [
      ["编号(系统)", "项目名称", "项目代码", "资料来源", "来源编号", "项目单位", "备注"],
      ["by-id", "改名", "", "", "", "", "x"],
      ["", "改名", "2024-1", "", "", "", "x"],
      ["", "改名三", "", "某清单", "7", "", "x"],
      ["", "四(一期)", "", "", "", "样本公司", "x"],
      ["", "五", "", "", "", "示例公司", "x"],
      ["", "六", "", "", "", "样本公司", "x"],
      ["", "四(一期)", "", "", "", "", "x"],
    ],
    ledger,
  );
  expect(rows.map(({ projectId }) => projectId)).toEqual([
    "by-id",
    "by-code",
    "by-origin",
    "by-owner-2",
    "by-name",
    null,
    null,
  ]);
  expect(rows.map(({ status }) => status)).toEqual([...Array(5).fill("changed"), "new", "new"]);
});

test("blank cells never erase, and columns the file lacks are left alone", () => {
  const known = project({ owner: "示例公司", note: "原备注", total_investment: 10_000, image_progress: "主体" });
  const [row] = plan(
    [
      ["项目名称", "项目单位", "总投资（万元）", "备注"],
      ["甲项目", "", "", "新备注"],
    ],
    [known],
  );
  expect(row).toMatchObject({ status: "changed", values: { note: "新备注" }, before: { note: "原备注" } });
  const [same] = plan(
    [
      ["项目名称", "项目单位", "总投资（亿元）"],
      ["甲项目", " 示例公司 ", 0.01],
    ],
    [known],
  );
  expect(same).toMatchObject({ status: "same", projectId: null, values: {} });
});

test("a row that repeats an earlier one writes nothing", () => {
  const rows = plan([
    ["项目名称", "项目单位", "备注"],
    ["甲", "示例公司", "1"],
    ["甲 ", "示例公司", "2"],
    ["甲", "样本公司", "3"],
  ]);
  expect(rows.map(({ status }) => status)).toEqual(["new", "repeated", "new"]);
});

test("a bad cell is named and left out while the rest of its row is taken", () => {
  const rows = plan([
    ["项目名称", "总投资（亿元）", "资料截至", "开工日期", "开工/计划开工时间"],
    ["甲", "约3亿", "去年", "2024年底", ""],
    ["乙", "3", "2024-02-30", "年底", "明年"],
  ]);
  expect(rows.map(({ status }) => status)).toEqual(["new", "new"]);
  expect(rows[0]?.values).toEqual({ name: "甲", started_text: "2024年底", office_id: "city" });
  expect(rows.flatMap(({ badCells }) => badCells)).toEqual([
    { row: 2, column: "总投资（亿元）", value: "约3亿", reason: "不是一个准确的金额" },
    { row: 2, column: "资料截至", value: "去年", reason: "应为一个确切的日期，如 2026-11-22" },
    { row: 3, column: "资料截至", value: "2024-02-30", reason: "应为一个确切的日期，如 2026-11-22" },
    { row: 3, column: "开工日期", value: "年底", reason: "应为一个确切的日期，如 2026-11-22" },
  ]);
});

test("totals, group titles, repeated heads, column numbers and footers are no projects but are accounted for", () => {
  const rows = plan([
    ["序号", "项目名称", "总投资", "备注"],
    [1, 2, 3, 4],
    ["一、工业项目", "一、工业项目", "一、工业项目", "一、工业项目"],
    ["二、其他", null, null, null],
    [1, "甲", 5, null],
    ["序号", "项目名称", "总投资", "备注"],
    ["合计：1个", null, 5, null],
    ["填表人：张示例", null, null, null],
    [2, null, 7, null],
  ]);
  expect(rows.map(({ status }) => status)).toEqual([...Array(3).fill("unusable"), "new", ...Array(4).fill("unusable")]);
  expect(rows.filter(({ status }) => status === "unusable").every(({ badCells }) => badCells[0]?.reason)).toBe(true);
});

test("a stage set by hand outweighs an unchanged wording of the state", () => {
  const rows = (status: string) => [
    ["项目名称", "状态"],
    ["甲项目", status],
  ];
  const known = project({ status_text: "开工", stage: "in_production" });
  expect(plan(rows("开工"), [known])[0]?.status).toBe("same");
  expect(plan(rows("在建"), [known])[0]?.values).toEqual({ status_text: "在建", stage: "under_construction" });
  const given = [
    ["项目名称", "状态", "阶段"],
    ["甲项目", "在建", ""],
  ];
  expect(plan(given, [known])[0]?.values).toEqual({ status_text: "在建" });
});

test("importing an archived project brings it back instead of making a twin", () => {
  const [row] = plan([["项目名称"], ["甲项目"]], [project({ archived_on: "2026-01-02" })]);
  expect(row).toMatchObject({ status: "changed", projectId: "p1", values: { archived_on: null } });
});

test("a project of an office that is not ours is not touched", () => {
  const [row] = plan([["项目名称"], ["甲项目"]], [project({ office_id: "elsewhere" })]);
  expect(row?.status).toBe("unusable");
  expect(row?.badCells[0]?.reason).toContain("不归本单位管理");
});
