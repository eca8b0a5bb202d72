/** Columns that several lists share the making of. */
import { DATE_FORMAT, dateCell, MONEY_FORMAT, type SheetColumn } from "#features/spreadsheet/write-workbook.ts";

export function textColumn<T>(head: string, width: number, text: (row: T) => string | null): SheetColumn<T> {
  return { head, width, cell: (row) => text(row) || null };
}

/** A day, or what stands instead of one. */
export function dayColumn<T>(head: string, day: (row: T) => string | null): SheetColumn<T> {
  const cell = (row: T) => {
    const given = day(row);
    return given !== null && /^\d{4}-\d{2}-\d{2}$/.test(given) ? dateCell(given) : given;
  };
  return { head, width: 12, numberFormat: DATE_FORMAT, cell };
}

/** One decimal. */
export const POINTS_FORMAT = "0.0";

/** A whole number; nothing for none. */
export function countColumn<T>(head: string, count: (row: T) => number | null): SheetColumn<T> {
  return { head, width: 10, numberFormat: "0", cell: (row) => count(row) || null };
}

/** Hundredths of 万元. */
export function moneyColumn<T>(head: string, amount: (row: T) => number | null): SheetColumn<T> {
  const cell = (row: T) => {
    const given = amount(row);
    return given === null ? null : given / 100;
  };
  return { head: `${head}（万元）`, width: 14, numberFormat: MONEY_FORMAT, cell };
}

/** A rate or percentage points, one decimal; nothing where none can be said. */
export function pointsColumn<T>(head: string, points: (row: T) => number | null): SheetColumn<T> {
  const cell = (row: T) => {
    const given = points(row);
    return given === null ? null : Math.round(given * 10) / 10;
  };
  return { head, width: 12, numberFormat: POINTS_FORMAT, cell };
}
