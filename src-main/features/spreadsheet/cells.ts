/** One cell to the stored value of its field, or the reason why it cannot be stored. */
import { type Field, type StoredValue, valueProblem } from "#domain/fields.ts";
import { enumKeyOf } from "#domain/import-words.ts";
import type { MoneyUnit } from "#domain/money.ts";
import { exactDay, exactMonth } from "./date-text.ts";
import { parseMoneyCell } from "./money-cell.ts";
import { type Cell, cellText } from "./table.ts";

type ParsedCell = { value: StoredValue } | { reason: string };

const FORMULA_ERROR = /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;
/** What forms print where nothing is to be said. */
const NOTHING = /^[-—–/\\]+$/;
const YES = new Set(["是", "有", "√", "✓", "✔", "y", "yes", "true", "1"]);
const NO = new Set(["否", "无", "不是", "×", "✗", "✘", "n", "no", "false", "0"]);

/** Parses a cell for a field of any kind; blank cells and bare dashes give null. `unit` is for money only. */
export function parseCell(name: string, field: Field, cell: Cell, unit: MoneyUnit | null): ParsedCell {
  const text = cellText(cell).replaceAll(/\r\n?/g, "\n");
  if (cell === null || text === "" || NOTHING.test(text)) return { value: null };
  if (FORMULA_ERROR.test(text)) return { reason: "公式出错，请在表格中改正" };
  const parsed = byKind(name, field, typeof cell === "number" ? cell : text, unit ?? "万元");
  return "reason" in parsed ? parsed : checked(field, parsed.value);
}

function byKind(name: string, field: Field, cell: string | number, unit: MoneyUnit): ParsedCell {
  const text = cellText(cell);
  switch (field.kind) {
    case "money":
      return parseMoneyCell(cell, unit);
    case "integer":
      return /^\d{1,15}(\.0+)?$/.test(text) ? { value: Number(text) } : { reason: "应为整数" };
    case "date":
      return orReason(exactDay(cell), "应为一个确切的日期，如 2026-11-22");
    case "month":
      return orReason(exactMonth(cell), "应为月份，如 2026-11");
    case "boolean":
      return parseBoolean(text);
    case "enum":
      return orReason(enumKeyOf(name, field.labels, text), `应为：${Object.values(field.labels).join("、")}`);
    case "enumSet":
      return parseSet(name, field.labels, text);
    case "text":
      return { value: field.multiline ? text : oneLine(text) };
    default:
      return { reason: "不能从表格导入" };
  }
}

const WIDE = /[\u2e80-\uffef]/;

/** Line ends inside a one-line field are where the cell was wrapped. */
function oneLine(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.reduce((joined, line) => {
    const isChinese = WIDE.test(joined.slice(-1)) && WIDE.test(line.slice(0, 1));
    return joined === "" ? line : `${joined}${isChinese ? "" : " "}${line}`;
  }, "");
}

/** True when a parsed cell says the same as a stored value, blanks and wrapping aside. */
export function sameValue(name: string, field: Field, stored: StoredValue, parsed: StoredValue): boolean {
  if (stored === parsed) return true;
  if (field.kind !== "text" || typeof stored !== "string") return false;
  const again = parseCell(name, field, stored, null);
  return "value" in again && again.value === parsed;
}

function orReason(value: string | null, reason: string): ParsedCell {
  return value === null ? { reason } : { value };
}

function parseBoolean(text: string): ParsedCell {
  const word = text.toLowerCase();
  if (YES.has(word)) return { value: 1 };
  return NO.has(word) ? { value: 0 } : { reason: "应为是或否" };
}

/** Several labels separated by 、 , ; or line ends, to keys in display order. */
function parseSet(name: string, labels: Readonly<Record<string, string>>, text: string): ParsedCell {
  const keys = new Set<string>();
  for (const word of text.split(/[、,，;；\n]/)) {
    if (word.trim() === "") continue;
    const key = enumKeyOf(name, labels, word.trim());
    if (key === null) return { reason: `“${word.trim()}”应为：${Object.values(labels).join("、")}` };
    keys.add(key);
  }
  return {
    value:
      Object.keys(labels)
        .filter((key) => keys.has(key))
        .join(",") || null,
  };
}

function checked(field: Field, value: StoredValue): ParsedCell {
  const reason = valueProblem({ ...field, required: false }, value);
  return reason === null ? { value } : { reason };
}
