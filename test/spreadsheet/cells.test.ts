import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "#domain/calendar.ts";
import { MAX_MONEY } from "#domain/fields.ts";
import { stageOfStatus } from "#domain/import-words.ts";
import { type MoneyUnit, moneyText } from "#domain/money.ts";
import { fieldOf } from "#domain/registry.ts";
import { parseCell } from "#features/spreadsheet/cells.ts";
import { exactDay, exactMonth } from "#features/spreadsheet/date-text.ts";
import type { Cell } from "#features/spreadsheet/table.ts";

function parse(name: string, cell: Cell, unit: MoneyUnit | null = null) {
  const field = fieldOf("project", name);
  if (!field) throw new Error(name);
  return parseCell(name, field, cell, unit);
}

test.each([
  ["2024-06-13", "2024-06-13"],
  ["2024/6/13", "2024-06-13"],
  ["2024.6.13", "2024-06-13"],
  ["2024年6月13日", "2024-06-13"],
  ["2024 年 6 月 13 日", "2024-06-13"],
  ["２０２４－０６－１３", "2024-06-13"],
  ["20240613", "2024-06-13"],
  ["2024-06-13 08:30:00", "2024-06-13"],
  [45456, "2024-06-13"],
  ["45456", "2024-06-13"],
  ["2024-02-30", null],
  ["2026-05", null],
  ["2024年底", null],
  ["2017-03(试桩)", null],
  ["1号机2012-12;2号机2013-08;3、4号机2014", null],
  [2024, null],
])("the day of %j is %j", (cell, day) => {
  expect(exactDay(cell)).toBe(day);
});

test.each([
  ["2026-05", "2026-05"],
  ["2026年5月", "2026-05"],
  ["2026.5", "2026-05"],
  ["202605", "2026-05"],
  ["2026-05-17", "2026-05"],
  ["2026年底", null],
])("the month of %j is %j", (cell, month) => {
  expect(exactMonth(cell)).toBe(month);
});

test.each([
  ["1.44653", "亿元", 1_446_530],
  [1.44653, "亿元", 1_446_530],
  ["0.117198", "亿元", 117_198],
  ["12,345.6", "万元", 1_234_560],
  ["１２，３４５．６", "万元", 1_234_560],
  ["1.2亿元", "万元", 1_200_000],
  ["1.2亿", "万元", 1_200_000],
  ["3000万", "亿元", 300_000],
  ["14465300元", "亿元", 144_653],
  ["144653", "元", null],
  [2.0199999999999996, "万元", 202],
  [0.1 + 0.2, "万元", 30],
  [1 / 3, "万元", null],
  ["约3亿元", "万元", null],
  ["-5", "万元", null],
  ["#REF!", "万元", null],
  ["99999999999999", "亿元", null],
] as const)("the amount %j in %s is %j hundredths of 万元", (cell, unit, value) => {
  const parsed = parse("total_investment", cell, unit);
  expect("value" in parsed ? parsed.value : null).toBe(value);
  if ("reason" in parsed) expect(parsed.reason).not.toBe("");
});

test("blank cells and bare dashes are no value in any kind of field", () => {
  for (const name of ["name", "total_investment", "started_on", "stage", "lists", "is_tech_upgrade"]) {
    for (const blank of [null, "", "  ", "-", "——", "/"]) expect(parse(name, blank)).toEqual({ value: null });
  }
});

test("enumerations are read by label, by key and by the words offices use", () => {
  expect(parse("stage", "推进前期")).toEqual({ value: "preparatory" });
  expect(parse("stage", "已开工")).toEqual({ value: "started" });
  expect(parse("grade", "省重点")).toEqual({ value: "provincial" });
  expect(parse("list2_kind", "续建")).toEqual({ value: "carry_over" });
  expect(parse("stage", "开工/拟开工")).toEqual({ reason: "应为：谋划储备、推进前期、开工、在建、投产" });
  expect(parse("lists", "中央资金；亿元以上、重大工程")).toEqual({
    value: "list_major_works,list_over_100m,list_central_funds",
  });
  expect(parse("lists", "亿元以上、某清单")).toMatchObject({ reason: expect.stringContaining("某清单") });
  expect(["是", "√", "否", "×", "或许"].map((word) => parse("is_tech_upgrade", word))).toEqual([
    { value: 1 },
    { value: 1 },
    { value: 0 },
    { value: 0 },
    { reason: "应为是或否" },
  ]);
});

test("texts lose outer blanks and the line ends of wrapped one-line cells, never content", () => {
  expect(parse("name", " 示例\r\n项目 ")).toEqual({ value: "示例项目" });
  expect(parse("name", "New\nPlant")).toEqual({ value: "New Plant" });
  expect(parse("content", "一\r\n二")).toEqual({ value: "一\n二" });
  expect(parse("owner_lead_phone", 13800000000)).toEqual({ value: "13800000000" });
  expect(parse("region", "长".repeat(81))).toEqual({ reason: "不能超过 80 个字" });
  expect(parse("owner", "#N/A")).toEqual({ reason: "公式出错，请在表格中改正" });
});

test("a state's wording gives a stage only where it is unambiguous", () => {
  const stages = ["开复工", "在建", "拟开工", "开通运营", "洽谈(拟投资)", "入驻签约", "环评公示"].map(stageOfStatus);
  expect(stages).toEqual([
    "started",
    "under_construction",
    "preparatory",
    "in_production",
    "planned",
    "planned",
    "preparatory",
  ]);
  for (const word of ["开工/拟开工", "中标", "奠基", "竣工环保验收公示", "推进"])
    expect(stageOfStatus(word)).toBeNull();
});

test("property: an amount written in any unit, as text or as a number, reads back exactly", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: MAX_MONEY }),
      fc.constantFrom("万元" as const, "亿元" as const),
      (amount, unit) => {
        const text = moneyText(amount, unit);
        expect(parse("total_investment", text, unit)).toEqual({ value: amount });
        expect(parse("total_investment", `${text}${unit}`, "元")).toEqual({ value: amount });
        expect(parse("total_investment", Number(text), unit)).toEqual({ value: amount });
      },
    ),
    { seed: 20261122 },
  );
});

test("property: a day reads back from every form it is written in", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), (offset) => {
      const day = addDays("1960-01-01", offset);
      const [year, month, date] = day.split("-").map(Number);
      const forms = [day, `${year}/${month}/${date}`, `${year}.${month}.${date}`, `${year}年${month}月${date}日`];
      for (const form of [...forms, day.replaceAll("-", "")]) expect(exactDay(form)).toBe(day);
    }),
    { seed: 20261122 },
  );
});
