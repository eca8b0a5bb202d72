/** One data row of a recognised table: values by registry field, and every cell that could not be read. */
import type { BadCell } from "#contract/spreadsheet.ts";
import type { StoredValue } from "#domain/fields.ts";
import { stageOfStatus } from "#domain/import-words.ts";
import type { Stage } from "#domain/values.ts";
import { parseCell } from "./cells.ts";
import type { Column } from "./columns.ts";
import { ID_COLUMN, importableFields, readHead } from "./heads.ts";
import { cellText, type TableRow } from "./table.ts";

export type FileRow = {
  /** As the spreadsheet numbers it. */
  number: number;
  name: string;
  /** From the id column of an export; null elsewhere. */
  id: string | null;
  /** Values of the cells that are not blank; blank cells never erase. */
  values: Record<string, StoredValue>;
  /** Text of a 管理单位 column with the column's head. */
  office: { text: string; column: string } | null;
  /** Stage that the state's wording stands for, when the file has no stage column. */
  derivedStage: Stage | null;
  badCells: BadCell[];
  /** False for rows that are no project: without a name, totals, group titles, repeated heads. */
  usable: boolean;
};

/** Date fields whose inexact wordings ("2024年底", "2017-03(试桩)") have a text field of their own. */
const WORDED_DATES: Readonly<Record<string, string>> = { started_on: "started_text", completed_on: "completed_text" };

const TOTALS = /^(本页)?(合计|总计|小计|共计)([:：(（\d共].*)?$/;
const FOOTERS = /^(填表|填报|制表|审核|报送|联系)(人|单位|日期|电话)?[:：]|^(注|说明|备注)[:：]/;

/** Parses a row. A row that is no project says why in its bad cells. */
export function readFileRow(columns: readonly Column[], row: TableRow): FileRow {
  const parsed: FileRow = {
    number: row.number,
    name: "",
    id: null,
    values: {},
    office: null,
    derivedStage: null,
    badCells: [],
    usable: true,
  };
  const worded: { column: Column; text: string; reason: string }[] = [];
  for (const column of columns) readColumn(parsed, column, row, worded);
  for (const { column, text, reason } of worded) keepWording(parsed, column, text, reason);
  if (!columns.some(({ field }) => field === "stage") && typeof parsed.values.status_text === "string") {
    parsed.derivedStage = stageOfStatus(parsed.values.status_text);
  }
  const reason = whyNoProject(columns, row, parsed);
  const nameColumn = columns.find(({ field }) => field === "name");
  parsed.name = typeof parsed.values.name === "string" ? parsed.values.name : "";
  if (reason === null) return parsed;
  const value = nameColumn ? cellText(row.cells[nameColumn.index]) : "";
  return {
    ...parsed,
    name: value,
    usable: false,
    badCells: [{ row: row.number, column: nameColumn?.head ?? "项目名称", value, reason }],
  };
}

function readColumn(
  parsed: FileRow,
  column: Column,
  row: TableRow,
  worded: { column: Column; text: string; reason: string }[],
): void {
  const cell = row.cells[column.index] ?? null;
  const text = cellText(cell);
  const field = column.field === null ? undefined : importableFields.get(column.field);
  if (column.field === ID_COLUMN) {
    parsed.id = text || null;
  } else if (column.field === "office_id") {
    parsed.office = text ? { text, column: column.head } : null;
  } else if (column.field !== null && field) {
    const result = parseCell(column.field, field, cell, column.unit);
    if ("value" in result) {
      if (result.value !== null) parsed.values[column.field] = result.value;
    } else if (Object.hasOwn(WORDED_DATES, column.field) && !text.startsWith("#")) {
      worded.push({ column, text, reason: result.reason });
    } else {
      parsed.badCells.push({ row: row.number, column: column.head, value: text, reason: result.reason });
    }
  }
}

/** Keeps the original wording of an inexact date in its text field; a bad cell when that field has its own value. */
function keepWording(parsed: FileRow, column: Column, text: string, reason: string): void {
  const name = WORDED_DATES[column.field ?? ""] ?? "";
  const field = importableFields.get(name);
  const result = field && parsed.values[name] === undefined ? parseCell(name, field, text, null) : { reason };
  if ("value" in result) parsed.values[name] = result.value;
  else parsed.badCells.push({ row: parsed.number, column: column.head, value: text, reason: result.reason });
}

function whyNoProject(columns: readonly Column[], row: TableRow, parsed: FileRow): string | null {
  const texts = row.cells.map(cellText).filter((text) => text !== "");
  const first = (texts[0] ?? "").replaceAll(/\s/g, "");
  const name = typeof parsed.values.name === "string" ? parsed.values.name.replaceAll(/\s/g, "") : "";
  if (TOTALS.test(first) || TOTALS.test(name)) return "合计行，不是项目";
  if (FOOTERS.test(first)) return "表尾说明，不是项目";
  if (texts.length >= 3 && new Set(texts).size === 1) return "分组标题行，不是项目";
  if (name === "") {
    const bad = parsed.badCells.find(({ column }) =>
      columns.some((one) => one.field === "name" && one.head === column),
    );
    return bad?.reason ?? "没有项目名称";
  }
  if (readHead(name).field === "name") return "重复的表头，不是项目";
  if (texts.length >= 3 && texts.every((text) => /^\d{1,3}$/.test(text))) return "列号行，不是项目";
  return null;
}
