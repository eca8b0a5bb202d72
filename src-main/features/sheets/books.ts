/** Fills the sheets of closed months, quarters and years. */
import type { SheetRequest } from "#contract/reports.ts";
import { atOnce } from "#domain/at-once.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { withWork } from "#domain/statement.ts";
import { correctionsOf } from "#features/books/corrections.ts";
import { monthBooks, monthLines } from "#features/books/month.ts";
import { periodBooks } from "#features/books/period.ts";
import { statementOf } from "#features/books/statements.ts";
import type { Office } from "#features/office.ts";
import { conflictCounts } from "#features/projects/conflict-counts.ts";
import { renderMonthSheet, renderPeriodSheet } from "#sheets/books-sheet.tsx";
import { query } from "#store/store.ts";
import { type MadeSheet, originOf } from "./made-sheet.ts";
import { placeName } from "./place-name.ts";

/** Red and yellow projects that a sheet lists; their number stands beside. */
const LISTED = 500;

export function monthSheet(
  office: Office,
  { month, officeId = office.id }: Extract<SheetRequest, { sheet: "month" }>,
): MadeSheet {
  const books = monthBooks(office, month, officeId);
  const statement = statementOf(office.store, officeId, month);
  const lit = monthLines(office, { month, officeId, lights: ["red", "yellow"], offset: 0, limit: LISTED });
  const title = `${placeName(office, officeId)}项目月对账单`;
  const html = renderMonthSheet(
    {
      title,
      month,
      date: books.date,
      rules: books.rules,
      frozenOn: books.closed?.frozenOn ?? null,
      reportingOffice: books.officeName,
      parts: books.parts,
      whole: books.whole,
      lit: [...lit.rows].sort((left, right) => Number(left.light !== "red") - Number(right.light !== "red")),
      litTotal: lit.total,
      listed: books.listed,
      known: statement ? atOnce(correctionsOf(office, statement)) : { corrections: [], total: 0 },
      conflicts: conflictsIn(office, officeId),
    },
    originOf(office, subtreeIds(office.offices, officeId)),
  );
  return { title: `${title} ${month}`, html, rows: books.whole.projects };
}

export function periodSheet(
  office: Office,
  { year, quarter, officeId = office.id }: Extract<SheetRequest, { sheet: "period" }>,
): MadeSheet {
  const books = periodBooks(office, year, quarter, officeId);
  const title = `${placeName(office, officeId)}项目${quarter === null ? "年度总账单" : "季交账单"}`;
  const span = quarter === null ? `${year}年` : `${year}年第${"一二三四"[quarter - 1]}季度`;
  const html = renderPeriodSheet(
    {
      title,
      span,
      reportingOffice: books.officeName,
      months: books.months,
      parts: books.parts,
      partMonths: withWork(books.parts),
      whole: books.whole,
      conflicts: conflictsIn(office, officeId),
    },
    originOf(office, subtreeIds(office.offices, officeId)),
  );
  return { title: `${title} ${span}`, html, rows: books.whole.projects };
}

function conflictsIn(office: Office, officeId: string): number {
  const ids = [...subtreeIds(office.offices, officeId)];
  const managed = office.store.all(query.selectFrom("project").select("id").where("office_id", "in", ids));
  const counts = conflictCounts(
    office.store,
    managed.map(({ id }) => id),
  );
  return managed.reduce((total, { id }) => total + (counts.get(id) ?? 0), 0);
}
