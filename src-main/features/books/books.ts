/** 对账 (F18, R-14): months closed for good, their corrections, quarters and years added up from them. */
import type { books as contract } from "#contract/books.ts";
import type { Handlers } from "#features/handlers.ts";
import { closeMonth } from "./close.ts";
import { correctionsOf } from "./corrections.ts";
import { monthBooks, monthLines, requireVisible } from "./month.ts";
import { periodBooks } from "./period.ts";
import { statementOf } from "./statements.ts";

export const books: Handlers<typeof contract> = {
  month: (office, { month, officeId }) => monthBooks(office, month, officeId),

  lines: (office, input) => monthLines(office, input),

  corrections: (office, { month, officeId = office.id }) => {
    requireVisible(office, officeId);
    const statement = statementOf(office.store, officeId, month);
    return statement ? correctionsOf(office, statement) : { corrections: [], total: 0 };
  },

  close: (office, { month }) => closeMonth(office, month),

  period: (office, { year, quarter, officeId }) => periodBooks(office, year, quarter, officeId),
};
