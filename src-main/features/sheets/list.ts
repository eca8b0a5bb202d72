/** Fills the sheet of any list as it is seen. */
import type { SheetRequest } from "#contract/reports.ts";
import { Failure } from "#domain/failure.ts";
import { tableOf } from "#features/lists/lists.ts";
import type { Office } from "#features/office.ts";
import { renderListSheet } from "#sheets/list-sheet.tsx";
import { type MadeSheet, originOf } from "./made-sheet.ts";

/** More lines than anybody prints (some 250 pages). */
const MOST_LINES = 5000;

/** Throws Failure list_too_long. */
export async function listSheet(
  office: Office,
  { list, columns, paper, asOf }: Extract<SheetRequest, { sheet: "list" }>,
): Promise<MadeSheet> {
  const table = await tableOf(office, list, columns, asOf);
  if (table.lines.length > MOST_LINES) {
    throw new Failure("list_too_long", { rows: table.lines.length, limit: MOST_LINES });
  }
  const total = table.total?.map(({ text }) => text) ?? null;
  const lines = table.lines.map(({ section, cells }) => ({ section, cells: cells.map(({ text }) => text) }));
  const origin = originOf(office, office.subtree);
  const dataState = table.dataState ?? origin.dataState;
  const html = renderListSheet({ ...table, paper, lines, total }, { ...origin, dataState });
  return { title: table.title, html, rows: lines.length };
}
