import { expect, test } from "vitest";
import { Failure } from "#domain/failure.ts";
import { recognise } from "#features/spreadsheet/columns.ts";
import { idColumn } from "#features/spreadsheet/export-columns.ts";
import { importableFields, readHead } from "#features/spreadsheet/heads.ts";
import type { Cell, Sheet } from "#features/spreadsheet/table.ts";
import { exportedColumns } from "./exported-columns.ts";

function sheet(...rows: Cell[][]): Sheet {
  return { name: "表", rows: rows.map((cells, index) => ({ number: index + 1, cells })) };
}

function fields(...rows: Cell[][]): (string | null)[] {
  return recognise([sheet(...rows)]).columns.map(({ field }) => field);
}

test.each([
  ["项目名称", "name", null],
  [" * 项目 名称 ", "name", null],
  ["项目名称（必填）", "name", null],
  ["总投资（亿元）", "total_investment", "亿元"],
  ["总投资\n(万元)", "total_investment", "万元"],
  ["总投资（单位：元）", "total_investment", "元"],
  ["总投资/万元", "total_investment", "万元"],
  ["总投资亿元", "total_investment", "亿元"],
  ["总投资", "total_investment", null],
  ["total_investment_yi", "total_investment", "亿元"],
  ["annual_plan_yi", "annual_plan_investment", "亿元"],
  ["annual_plan_wan", "annual_plan_investment", "万元"],
  ["completed_cumulative_yi", "completed_investment", "亿元"],
  ["自开始累积完成投资", "completed_investment", null],
  ["投资主体", "owner", null],
  ["开工／计划开工时间", "started_text", null],
  ["start", "started_on", null],
  ["状态", "status_text", null],
  ["编号(系统)", "id", null],
  ["编号", "origin_code", null],
  ["序号", null, null],
  ["3月形象进度", null, null],
])("the head %j means %j in %j", (head, field, unit) => {
  expect(readHead(head)).toEqual({ field, unit });
});

test("every importable field is recognised by its own label, and by the head the export gives it", () => {
  for (const [name, { label }] of importableFields) expect([label, readHead(label).field]).toEqual([label, name]);
  const heads = [...exportedColumns, idColumn].map(({ head }) => readHead(head).field);
  expect(heads).toEqual([...importableFields.keys(), "id"]);
});

test("the head is found below title rows, with the unit of the line above it", () => {
  const { columns, rows } = recognise([
    sheet(
      ["大连市某区2026年建设进度表"],
      [],
      ["报送部门：示例街道", null, "单位:亿元"],
      ["序号", "项目名称", "总投资", "年计划投资（万元）"],
      [1, "甲", 3, 5000],
      [],
      [2, "乙", 4, 6000],
    ),
  ]);
  expect(columns.map(({ field, unit }) => [field, unit])).toEqual([
    [null, null],
    ["name", null],
    ["total_investment", "亿元"],
    ["annual_plan_investment", "万元"],
  ]);
  expect(rows.map(({ number }) => number)).toEqual([5, 7]);
});

test("an office's name does not pass for a unit line, and a column without any unit says it is read as 万元", () => {
  const { columns } = recognise([sheet(["报送单位：元宝示例街道"], ["项目名称", "总投资"], ["甲", 3])]);
  expect(columns[1]).toMatchObject({ unit: "万元", label: "总投资（表中未注明单位，按万元）" });
});

test("a head of two merged rows is read as one", () => {
  const merged = fields(
    ["项目名称", "投资（亿元）", "投资（亿元）", "3月", "3月", "备注"],
    ["项目名称", "总投资", "年计划投资", "形象进度", "实际完成投资", "备注"],
    ["甲", 1, 2, "主体", 3, ""],
  );
  expect(merged).toEqual(["name", "total_investment", "annual_plan_investment", null, null, "note"]);
  const { columns, rows } = recognise([
    sheet(["项目名称", "投资（亿元）", "投资（亿元）"], ["项目名称", "总投资", "年计划投资"], ["甲", 1, 2]),
  ]);
  expect(columns.map(({ unit }) => unit)).toEqual([null, "亿元", "亿元"]);
  expect(rows.map(({ number }) => number)).toEqual([3]);
});

test("the first row of data is never taken for the lower half of a head", () => {
  const { rows } = recognise([sheet(["项目名称", "总投资", "备注"], ["甲", 100, "无"], ["乙", 200, ""])]);
  expect(rows.map(({ number }) => number)).toEqual([2, 3]);
});

test("the sheet with the ledger is chosen among several", () => {
  const other = { ...sheet(["说明"], ["本表由示例街道填写"]), name: "填表说明" };
  const ledger = { ...sheet(["项目名称", "总投资"], ["甲", 1]), name: "台账" };
  expect(recognise([other, ledger]).sheetName).toBe("台账");
});

test("a second column for the same field is shown as not imported", () => {
  const { columns } = recognise([sheet(["项目名称", "备注", "备注", "说明"], ["甲", "a", "b", "c"])]);
  expect(columns.map(({ head, field }) => [head, field])).toEqual([
    ["项目名称", "name"],
    ["备注", "note"],
    ["备注(2)", null],
    ["说明", null],
  ]);
  expect(columns[2]?.label).toContain("重复");
});

test("the clerk's mapping outweighs recognition, also for the name and for columns without a head", () => {
  const table = sheet(["工程", "金额（亿元）", "备注", ""], ["甲", 1, "b", "c"]);
  expect(() => recognise([table])).toThrow(Failure);
  const { columns } = recognise([table], {
    工程: "name",
    "金额（亿元）": "total_investment",
    备注: null,
    "第4列（无表头）": "note",
  });
  expect(columns.map(({ field, unit }) => [field, unit])).toEqual([
    ["name", null],
    ["total_investment", "亿元"],
    [null, null],
    ["note", null],
  ]);
});

test("a table without a project name column is refused with what is missing", () => {
  expect(() => recognise([sheet(["姓名", "电话"], ["张示例", "1"])])).toThrow(/项目名称/);
});
