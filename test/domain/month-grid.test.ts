/** The monthly grid reads what clerks type and what spreadsheets paste. */
import { expect, test } from "vitest";
import { parseGridText, readPaste } from "#domain/month-grid.ts";

test.each([
  ["1200", 120_000],
  ["1,200.5", 120_050],
  ["１２００", 120_000],
  ["0.12亿元", 120_000],
  ["300万", 30_000],
  ["0", 0],
  ["", null],
  ["  ", null],
  ["—", null],
  ["-", null],
] as const)("the amount %j means %j", (text, value) => {
  expect(parseGridText("completed_investment", text)).toEqual({ value });
});

test.each([
  ["约1200", "不是一个准确的金额"],
  ["-5", "金额不能为负"],
  ["1.001", "比100元（0.01万元）更细，请先四舍五入"],
  ["999999999999", "金额过大，请检查单位"],
  ["#REF!", "公式出错，请在表格中改正"],
])("the amount %j is none: %s", (text, reason) => {
  expect(parseGridText("planned_investment", text)).toEqual({ reason });
});

test("texts keep their line ends and stop at what a field holds", () => {
  expect(parseGridText("image_progress", " 基础\r\n主体 ")).toEqual({ value: "基础\n主体" });
  expect(parseGridText("problems", "长".repeat(4001))).toEqual({ reason: "不能超过 4000 个字" });
});

const cells = (block: string[][], at: Parameters<typeof readPaste>[1]) =>
  readPaste(block, at).map(({ name, cells: row }) => [
    name,
    ...row.map(({ field, text, unit }) => `${field} ${text} ${unit}`),
  ]);

test("a bare block falls on the columns from the one it is pasted at, and what lies beyond is left out", () => {
  expect(cells([["1", "2", "基础", "无", "多"]], "planned_investment")).toEqual([
    [null, "planned_investment 1 万元", "completed_investment 2 万元", "image_progress 基础 万元", "problems 无 万元"],
  ]);
  expect(cells([["基础"], [""]], "image_progress")).toEqual([
    [null, "image_progress 基础 万元"],
    [null, "image_progress  万元"],
  ]);
});

test("names in the first column are seen at an amount, and always at the name", () => {
  const named = [
    ["化工园区一期", "5"],
    ["合计", "5"],
    ["", "7"],
  ];
  expect(cells(named, "completed_investment")).toEqual([["化工园区一期", "completed_investment 5 万元"]]);
  expect(cells([["66千伏线路", "5"]], "name")).toEqual([["66千伏线路", "planned_investment 5 万元"]]);
  expect(cells([["300万元"], ["不详"]], "completed_investment")[0]?.[0]).toBeNull();
});

test("a head row says which column is which, and in which unit", () => {
  const block = [
    ["序号", "项目名称", "11月形象进度", "实际完成投资（亿元）", "备注"],
    ["1", "化工园区一期", "主体施工", "0.5", "甲"],
  ];
  expect(cells(block, "planned_investment")).toEqual([
    ["化工园区一期", "image_progress 主体施工 万元", "completed_investment 0.5 亿元"],
  ]);
});
