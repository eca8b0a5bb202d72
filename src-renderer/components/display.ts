/** How stored values read on the screen. */
import type { Field, StoredValue } from "#domain/fields.ts";
import { groupedMoney } from "#domain/money.ts";

/** Display text of a stored value; references are shown by name elsewhere. Empty text for a missing value. */
export function displayValue(field: Field, value: StoredValue): string {
  if (value === null || value === "") return "";
  switch (field.kind) {
    case "money":
      return `${groupedMoney(Number(value), "万元")} 万元`;
    case "boolean":
      return value ? "是" : "否";
    case "enum":
      return field.labels[value] ?? String(value);
    case "enumSet":
      return String(value)
        .split(",")
        .map((key) => field.labels[key] ?? key)
        .join("、");
    default:
      return String(value);
  }
}

/** "1,234,567.8 万元" and, from one 亿元 up, "123.45 亿元" beside it. */
export function bothMoneyUnits(hundredths: number): string {
  const ten = `${groupedMoney(hundredths, "万元")} 万元`;
  return hundredths >= 1_000_000 ? `${ten}（${groupedMoney(hundredths, "亿元")} 亿元）` : ten;
}
