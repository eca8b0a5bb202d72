/** Finds the head of a table and says which registry field each column means. */
import { Failure } from "#domain/failure.ts";
import type { MoneyUnit } from "#domain/money.ts";
import { ID_COLUMN, ID_HEAD, importableFields, readHead, unitLine } from "./heads.ts";
import { type Cell, cellText, isBlankRow, type Sheet, type TableRow } from "./table.ts";

export type Column = {
  /** Position in the row. */
  index: number;
  /** Text of the head; made unique by a counter, since overrides name columns by it. */
  head: string;
  /** Registry field, "id" for the export's id column, or null: not imported. */
  field: string | null;
  /** What the preview says of the column. */
  label: string;
  /** Unit of a money column, else null. */
  unit: MoneyUnit | null;
};

export type RecognisedTable = { sheetName: string; columns: Column[]; rows: TableRow[] };

/** Head text → registry field, or null for "do not import". Set by the clerk in the preview. */
type ColumnOverrides = Readonly<Record<string, string | null>>;

/** Rows from the top in which the head is looked for. */
const HEAD_SEARCH_ROWS = 40;
const MAX_COLUMNS = 300;

type Candidate = { heads: string[]; firstRow: number; lastRow: number; score: number };

/**
 * Chooses the sheet and rows with the best head (the most recognised columns, among them the project's name).
 * Throws spreadsheet_no_head when no row names the project's name.
 */
export function recognise(sheets: readonly Sheet[], overrides: ColumnOverrides = {}): RecognisedTable {
  let best: { sheet: Sheet; candidate: Candidate } | null = null;
  for (const sheet of sheets) {
    const candidate = findHead(sheet.rows, overrides);
    if (candidate && (best === null || candidate.score > best.candidate.score)) best = { sheet, candidate };
  }
  if (best === null) throw new Failure("spreadsheet_no_head");
  const { sheet, candidate } = best;
  const rows = sheet.rows.slice(candidate.lastRow + 1).filter((row) => !isBlankRow(row));
  const defaultUnit = findUnitLine(sheet.rows.slice(0, candidate.firstRow));
  return { sheetName: sheet.name, columns: columnsOf(candidate.heads, rows, overrides, defaultUnit), rows };
}

function findHead(rows: readonly TableRow[], overrides: ColumnOverrides): Candidate | null {
  let best: Candidate | null = null;
  for (let index = 0; index < Math.min(rows.length, HEAD_SEARCH_ROWS); index++) {
    const candidate = headAt(rows, index, overrides);
    if (candidate.score > 0 && (best === null || candidate.score > best.score)) best = candidate;
    // The lower half of a head is no head of its own.
    index = Math.max(index, candidate.score > 0 ? candidate.lastRow : index);
  }
  return best;
}

/** The head that starts at a row: that row, or it and the next where they are the two halves of one head. */
function headAt(rows: readonly TableRow[], index: number, overrides: ColumnOverrides): Candidate {
  const row = rows[index] ?? { number: 0, cells: [] };
  const next = rows[index + 1];
  const single = candidateOf(row.cells.slice(0, MAX_COLUMNS).map(headText), index, index, overrides);
  if (!next) return single;
  const lower = candidateOf(next.cells.slice(0, MAX_COLUMNS).map(headText), index + 1, index + 1, overrides);
  const both = candidateOf(combined(row, next), index, index + 1, overrides);
  const gains = both.score > Math.max(single.score, lower.score);
  return gains || (both.score > 0 && nameSpansBoth(row, next, overrides)) ? both : single;
}

function candidateOf(heads: string[], firstRow: number, lastRow: number, overrides: ColumnOverrides): Candidate {
  return { heads, firstRow, lastRow, score: score(heads, overrides) };
}

/** Recognised fields of a head row; 0 without the project's name. */
function score(heads: readonly string[], overrides: ColumnOverrides): number {
  const fields = new Set(heads.map((head) => fieldFor(head, overrides)).filter((field) => field !== null));
  return fields.has("name") ? fields.size : 0;
}

function fieldFor(head: string, overrides: ColumnOverrides): string | null {
  if (head === "") return null;
  if (!Object.hasOwn(overrides, head)) return readHead(head).field;
  const field = overrides[head] ?? null;
  return field !== null && (importableFields.has(field) || field === ID_COLUMN) ? field : null;
}

/** The head of the name column, merged downwards, repeats its text in both rows. */
function nameSpansBoth(row: TableRow, next: TableRow, overrides: ColumnOverrides): boolean {
  return row.cells.some((cell, index) => {
    const head = headText(cell);
    return head !== "" && head === headText(next.cells[index]) && fieldFor(head, overrides) === "name";
  });
}

/** Heads of two rows: the lower text under a group head, unless the group is a month ("3月" of a yearly sheet). */
function combined(row: TableRow, next: TableRow): string[] {
  const width = Math.min(Math.max(row.cells.length, next.cells.length), MAX_COLUMNS);
  return Array.from({ length: width }, (_, index) => {
    const upper = headText(row.cells[index]);
    const lower = headText(next.cells[index]);
    if (upper === "" || lower === "" || upper === lower) return upper || lower;
    const joined = `${upper}${lower}`;
    if (readHead(joined).field !== null || /\d+月/.test(upper)) return joined;
    const { field, unit } = readHead(lower);
    if (field === null) return joined;
    const groupUnit = /[(（]\s*(?:单位[:：])?\s*(亿元|万元|元)\s*[)）]/.exec(upper)?.[0] ?? "";
    return unit === null && importableFields.get(field)?.kind === "money" ? `${lower}${groupUnit}` : lower;
  });
}

function findUnitLine(rows: readonly TableRow[]): MoneyUnit | null {
  for (const row of rows) {
    for (const cell of row.cells) {
      const unit = unitLine(cellText(cell));
      if (unit !== null) return unit;
    }
    const unit = unitLine(row.cells.map(cellText).join(""));
    if (unit !== null) return unit;
  }
  return null;
}

function columnsOf(
  heads: readonly string[],
  rows: readonly TableRow[],
  overrides: ColumnOverrides,
  defaultUnit: MoneyUnit | null,
): Column[] {
  const width = Math.min(Math.max(heads.length, ...rows.map((row) => row.cells.length)), MAX_COLUMNS);
  const used = new Set<string>();
  const seen = new Map<string, number>();
  const overridden = new Set(Object.values(overrides));
  const columns: Column[] = [];
  for (let index = 0; index < width; index++) {
    const text = heads[index] ?? "";
    if (text === "" && rows.every((row) => cellText(row.cells[index]) === "")) continue;
    const repeat = (seen.get(text) ?? 0) + 1;
    seen.set(text, repeat);
    const shown = text === "" ? `第${index + 1}列（无表头）` : text;
    const head = repeat > 1 ? `${shown}(${repeat})` : shown;
    const isOverridden = Object.hasOwn(overrides, head);
    const wanted = repeat > 1 && !isOverridden ? readHead(text).field : fieldFor(head, overrides);
    const taken = wanted !== null && (used.has(wanted) || (!isOverridden && overridden.has(wanted)));
    if (wanted === null || taken) {
      const label = taken ? `不导入（与前面的“${labelOf(wanted)}”重复）` : "不导入";
      columns.push({ index, head, field: null, label, unit: null });
      continue;
    }
    used.add(wanted);
    columns.push({
      index,
      head,
      field: wanted,
      ...unitAndLabel(wanted, readHead(text).unit ?? unitOf(text), defaultUnit),
    });
  }
  return columns;
}

/** A column mapped by hand may still name its unit in the head. */
function unitOf(head: string): MoneyUnit | null {
  return readHead(`总投资(${/亿元|千万元|百万元|万元|元/.exec(head)?.[0] ?? ""})`).unit;
}

function unitAndLabel(
  field: string,
  headUnit: MoneyUnit | null,
  defaultUnit: MoneyUnit | null,
): Pick<Column, "unit" | "label"> {
  const label = labelOf(field);
  if (importableFields.get(field)?.kind !== "money") return { unit: null, label };
  const unit = headUnit ?? defaultUnit;
  return unit === null ? { unit: "万元", label: `${label}（表中未注明单位，按万元）` } : { unit, label };
}

function labelOf(field: string): string {
  return field === ID_COLUMN ? ID_HEAD : (importableFields.get(field)?.label ?? field);
}

function headText(cell: Cell | undefined): string {
  return cellText(cell).replaceAll(/\s+/g, "");
}
