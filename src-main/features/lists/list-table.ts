/** A list with its columns as they are seen, worked out: what the printed sheet and the workbook are both made from. */
import type { ShownColumns } from "#contract/lists.ts";
import { groupedMoney } from "#domain/money.ts";
import { DATE_FORMAT, MONEY_FORMAT, type SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { POINTS_FORMAT } from "./columns.ts";

/** What one list is made of. `columns` by the keys that its page uses. */
export type ListSource<T> = {
  title: string;
  /** The filter in words, as a sheet prints it. */
  conditions: readonly string[];
  rows: readonly T[];
  columns: Readonly<Record<string, SheetColumn<T>>>;
  /** The sum of the rows, below them. */
  total?: T;
  /** Last column of the workbook, on no sheet: by it the file imports again. */
  idColumn?: SheetColumn<T> | undefined;
  /** How recent the data is, where that is not as recent as the office's own. */
  dataState?: string;
  /** Head of the group that a row opens; where it changes, the sheet prints it. */
  sectionOf?: (row: T) => string;
};

type Value = string | number | Date | null;
export type ListCell = { value: Value; text: string };
export type ListLine = { section: string | null; cells: ListCell[] };

export type ListTable = {
  title: string;
  conditions: readonly string[];
  dataState: string | null;
  /** `share`: part of the line's width on the screen, of 1. */
  columns: { head: string; share: number; isNumber: boolean; width: number; numberFormat?: string }[];
  lines: ListLine[];
  total: ListCell[] | null;
  /** The last column of the workbook, a cell for each line; null where the list is not imported. */
  ids: { head: string; width: number; values: Value[] } | null;
};

/** Columns that the source does not know are left out: buttons and links of the page. */
export function listTable<T>(
  { title, conditions, rows, columns, total, sectionOf, idColumn, dataState }: ListSource<T>,
  shown: ShownColumns,
): ListTable {
  const chosen = shown.flatMap(({ key, width: onScreen }) => {
    const column = Object.hasOwn(columns, key) ? columns[key] : undefined;
    return column ? [{ column, onScreen }] : [];
  });
  const whole = chosen.reduce((sum, { onScreen }) => sum + onScreen, 0);
  const cellsOf = (row: T): ListCell[] =>
    chosen.map(({ column }) => {
      const value = column.cell(row);
      return { value, text: textOf(value, column.numberFormat) };
    });
  let section: string | undefined;
  return {
    title,
    conditions,
    dataState: dataState ?? null,
    columns: chosen.map(({ column: { head, width, numberFormat }, onScreen }) => ({
      head,
      width,
      numberFormat,
      share: onScreen / whole,
      isNumber: numberFormat !== undefined && numberFormat !== DATE_FORMAT,
    })),
    ids: idColumn ? { head: idColumn.head, width: idColumn.width, values: rows.map(idColumn.cell) } : null,
    lines: rows.map((row) => {
      const own = sectionOf?.(row);
      const opens = own !== section;
      section = own;
      return {
        section: opens ? (own ?? null) : null,
        cells: cellsOf(row),
      };
    }),
    total: total === undefined ? null : cellsOf(total),
  };
}

function textOf(value: Value, numberFormat: string | undefined): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "string") return value;
  if (numberFormat === MONEY_FORMAT) return groupedMoney(Math.round(value * 100), "万元");
  return numberFormat === POINTS_FORMAT ? value.toFixed(1) : String(value);
}
