/** A list as .xlsx: real numbers and dates, texts that stay texts, a frozen head with filters. */
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setImmediate as pause } from "node:timers/promises";
import ExcelJS from "exceljs";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEAD_FILL = "FFE8EEF7";
/** Rows written without a pause. */
const PORTION = 100;
const zip = { zlib: { level: 6 } };

export type SheetColumn<T> = {
  head: string;
  /** Characters. */
  width: number;
  numberFormat?: string;
  cell: (row: T) => string | number | Date | null;
};

export const DATE_FORMAT = "yyyy-mm-dd";
export const MONEY_FORMAT = "#,##0.00";

/** Bytes of the workbook with one sheet: one head row, one line per row. Others may work in between. */
export async function writeWorkbook<T>(
  sheetName: string,
  rows: readonly T[],
  columns: readonly SheetColumn<T>[],
): Promise<Uint8Array> {
  const file = new PassThrough();
  const read = buffer(file);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: file,
    useStyles: true,
    useSharedStrings: true,
    zip,
  });
  workbook.creator = "连心桥";
  workbook.lastModifiedBy = "连心桥";
  const sheet = workbook.addWorksheet(sheetName, { views: [{ state: "frozen", xSplit: 1, ySplit: 1 }] });
  sheet.columns = columns.map(({ head, width, numberFormat }) => ({
    header: head,
    width,
    style: { ...(numberFormat && { numFmt: numberFormat }), alignment: { vertical: "middle" } },
  }));
  const head = sheet.getRow(1);
  head.font = { bold: true };
  head.height = 30;
  head.alignment = { vertical: "middle", horizontal: "center", wrapText: true };
  head.eachCell((cell) => {
    cell.numFmt = "General";
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: HEAD_FILL } };
  });
  head.commit();
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
  for (const [at, row] of rows.entries()) {
    sheet.addRow(columns.map(({ cell }) => written(cell(row)))).commit();
    if (at % PORTION === PORTION - 1) await pause();
  }
  await workbook.commit();
  return new Uint8Array(await read);
}

/** Not null for an empty cell: that would make a styled one, and most cells of a ledger are empty. */
function written(value: string | number | Date | null): string | number | Date | undefined {
  return typeof value === "string" ? escapeText(value) : (value ?? undefined);
}

/**
 * Control characters in the file format's own escape, and texts that look like such an escape guarded. Texts
 * are written as strings, so "=…" is shown and never evaluated.
 */
function escapeText(text: string): string {
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").replaceAll(/(?![\t\n])\p{Cc}/gu, (control) => {
    return `_x${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
  });
}

/** Spreadsheets know no time zone: the day at midnight UTC is the day written. */
export function dateCell(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`);
}
