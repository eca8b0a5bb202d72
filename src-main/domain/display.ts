/** How stored values read, on the screen, in history and in spreadsheets. */
import type { Field, StoredValue } from "./fields.ts";
import { groupedMoney } from "./money.ts";

/** The text of a stored value; empty for none. References come out as ids: who can look up their names does so first. */
export function displayValue(field: Field, value: StoredValue): string {
  if (value === null || value === "") return "";
  switch (field.kind) {
    case "money":
      return `${groupedMoney(Number(value), "万元")} 万元`;
    case "boolean":
      return value === 1 ? "是" : "否";
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
  const text = `${groupedMoney(hundredths, "万元")} 万元`;
  return hundredths >= 1_000_000 ? `${text}（${groupedMoney(hundredths, "亿元")} 亿元）` : text;
}
