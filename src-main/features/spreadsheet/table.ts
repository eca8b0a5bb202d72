/** A spreadsheet as every reader returns it: rows as the clerk sees them, numbered as the spreadsheet numbers them. */

/** Most data rows one import takes. */
export const MAX_DATA_ROWS = 20_000;

/** Text as shown, a number, or null for a blank cell; dates are ISO text. */
export type Cell = string | number | null;
export type TableRow = { number: number; cells: Cell[] };
export type Sheet = { name: string; rows: TableRow[] };
export type Table = { encoding: string; sheets: Sheet[] };

/** The text of a cell, without outer blanks; "" for a blank cell. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "number" ? plainDecimal(cell) : cell.trim();
}

/** Decimal text without exponent. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(12).replace(/\.?0+$/, "") : text;
}

/** True when no cell shows anything. */
export function isBlankRow(row: TableRow): boolean {
  return row.cells.every((cell) => cellText(cell) === "");
}
