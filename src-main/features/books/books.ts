/** 对账 (F18, R-14): months closed for good, their corrections, quarters and years added up from them. */
import type { books as contract } from "#contract/books.ts";
import { basisOf } from "#features/figures/basis.ts";
import { figuresReady } from "#features/figures/ready.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { inTurns } from "#features/portions.ts";
import { closingOf } from "./closing.ts";
import { closedBasis, correctionsOf } from "./corrections.ts";
import { monthBooks, monthLines, requireVisible } from "./month.ts";
import { periodBooks } from "./period.ts";
import { closedMonths, statementOf } from "./statements.ts";

export const books: Handlers<typeof contract> = {
  month: async (office, { month, officeId }) => {
    await unlessClosed(office, month, officeId);
    return monthBooks(office, month, officeId);
  },

  lines: async (office, input) => {
    await unlessClosed(office, input.month, input.officeId);
    return monthLines(office, input);
  },

  corrections: async (office, { month, officeId = office.id }) => {
    requireVisible(office, officeId);
    const statement = statementOf(office.store, officeId, month);
    if (!statement) return { corrections: [], total: 0 };
    await figuresReady(office, closedBasis(statement));
    return inTurns(correctionsOf(office, statement));
  },

  close: (office, { month }) => closingOf(office).run(month),

  closing: (office) => closingOf(office).progress.watch(),

  cancelClosing: (office) => closingOf(office).cancel(),

  closedMonths: (office, { officeId = office.id }) => closedMonths(office.store, requireVisible(office, officeId).id),

  period: (office, { year, quarter, officeId }) => periodBooks(office, year, quarter, officeId),
};

/** A closed month needs no figures; those of an open one are made ready. */
async function unlessClosed(office: Office, month: string, officeId = office.id): Promise<void> {
  if (statementOf(office.store, officeId, month)) return;
  await figuresReady(office, basisOf(office, month));
}
