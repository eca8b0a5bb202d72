/** 季交账 and 年底算总账: closed months added up; months that are not closed are named, not guessed. */
import type { PeriodBooks } from "#contract/books.ts";
import { addMonthsUp, type Figures, monthsOf, type StatementPart } from "#domain/statement.ts";
import type { Office } from "#features/office.ts";
import { requireVisible } from "./month.ts";
import { ranked, statementsOf } from "./statements.ts";

/** Throws Failure not_found for an office that is not of this one's line or subtree. */
export function periodBooks(office: Office, year: number, quarter: number | null, officeId = office.id): PeriodBooks {
  const of = requireVisible(office, officeId);
  const closed = new Map(statementsOf(office.store, officeId).map((statement) => [statement.month, statement]));
  const wanted = monthsOf(year, quarter);
  const months = wanted.map((month) => {
    const statement = closed.get(month);
    return { month, frozenOn: statement?.frozen_on ?? null, figures: statement?.totals.whole ?? null };
  });
  const partNames = new Map<string, StatementPart>();
  for (const month of wanted) {
    for (const part of closed.get(month)?.totals.parts ?? []) partNames.set(part.officeId, part);
  }
  const parts = [...partNames.values()].map(({ officeId: id, name }) => {
    const ofPart = wanted.map(
      (month) => closed.get(month)?.totals.parts.find((part) => part.officeId === id)?.figures ?? null,
    );
    return { officeId: id, name, months: ofPart, figures: addMonthsUp(known(ofPart)) };
  });
  return {
    officeId,
    officeName: of.name,
    months,
    whole: addMonthsUp(known(months.map(({ figures }) => figures))),
    parts: ranked(parts),
  };
}

function known(months: readonly (Figures | null)[]): Figures[] {
  return months.filter((figures) => figures !== null);
}
