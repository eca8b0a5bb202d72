/** Closing a month (月对账, R-14): one act that writes the statement and a line for every project, for good. */
import { sql } from "kysely";
import type { ClosingProgress } from "#contract/books.ts";
import { atOnce } from "#domain/at-once.ts";
import { addDays, monthRange } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { isAtLeast } from "#domain/office-tree.ts";
import { addFigures, type Correction, storedTotals } from "#domain/statement.ts";
import { type Basis, basisOf } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import type { FiguresRow } from "#features/figures/source.ts";
import type { Office } from "#features/office.ts";
import { rowsOf } from "#features/project-facts.ts";
import { lightsOf } from "#features/projects/light-facts.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { newCorrections } from "./corrections.ts";
import { figureColumns, figuresByOffice } from "./figures.ts";
import { partsOf, statementOf } from "./statements.ts";

/** Projects whose reasons are worked out together. */
const PORTION = 250;

/** Told where the closing is; see ClosingProgress of the contract. */
type Note = (phase: ClosingProgress["phase"], done: number, total: number) => void;

/** Closes a month without a pause. Throws as closeInPortions. */
export function closeMonth(office: Office, month: string): { statementId: string } {
  return atOnce(closeInPortions(office, month, () => undefined));
}

/**
 * Closes a month: what it says is worked out in portions between which others may work, and then written at once, all
 * of it or nothing. Whoever stops asking before the end has written nothing. Throws Failure not_permitted,
 * month_not_over, month_closed.
 */
export function* closeInPortions(office: Office, month: string, note: Note): Generator<void, { statementId: string }> {
  const { log } = office.journal;
  for (;;) {
    requireClosable(office, month);
    const number = log.end();
    const statementId = newId("month_statement");
    const basis = basisOf(office, month);
    const found = yield* newCorrections(office, month, (done, total) => note("corrections", done, total));
    const lines = yield* linesOf(office, statementId, basis, note);
    note("write", 0, lines.length);
    yield;
    // Worked out anew when somebody has written meanwhile.
    if (log.end() === number) return write(office, statementId, basis, found, lines);
  }
}

function requireClosable({ store, today, self: { id, level, name } }: Office, month: string): void {
  const { last } = monthRange(month);
  if (!isAtLeast(level, "district")) {
    throw new Failure("not_permitted", { office: name, what: "月对账", who: "区市县、先导区或市级" });
  }
  if (last >= today) throw new Failure("month_not_over", { month, date: addDays(last, 1) });
  const known = statementOf(store, id, month);
  if (known) throw new Failure("month_closed", { month, date: known.frozen_on });
}

function write(
  office: Office,
  statementId: string,
  basis: Basis,
  { corrections, total }: { corrections: Correction[]; total: number },
  lines: readonly Write[],
): { statementId: string } {
  const parts = partsOf(office, office.id, figuresByOffice(office.store, basis));
  const whole = addFigures(parts.map(({ figures }) => figures));
  const totals = { date: basis.date, whole, parts, corrections, correctionTotal: total };
  const statement: Write = {
    entity: "month_statement",
    id: statementId,
    values: {
      office_id: office.id,
      month: basis.month,
      frozen_on: office.today,
      person_name: office.actor.personName,
      rules: JSON.stringify(basis.rules),
      totals: storedTotals(totals),
    },
  };
  office.write("close_month", statementId, [statement, ...lines]);
  return { statementId };
}

type Line = Pick<FiguresRow, "project_id" | (typeof figureColumns)[keyof typeof figureColumns]> & {
  managed_by: string;
};

function* linesOf(office: Office, statementId: string, basis: Basis, note: Note): Generator<void, Write[]> {
  const { store, subtree } = office;
  const { month, rules, date } = basis;
  const columns = sql.join(
    ["project_id", "managed_by", ...Object.values(figureColumns)].map((column) => sql.ref(column)),
  );
  const rows = rowsOf(
    store,
    sql<Line>`select ${columns} from ${figuresOn(store, basis)}
      where is_archived = 0 and managed_by in (${sql.join([...subtree])})`,
  );
  const lines: Write[] = [];
  for (let from = 0; from < rows.length; from += PORTION) {
    note("lines", from, rows.length);
    yield;
    const portion = rows.slice(from, from + PORTION);
    const ids = portion.map((row) => row.project_id);
    const lights = lightsOf(store, rules, date, ids);
    const images = imageProgress(office, month, ids);
    for (const row of portion) {
      const reason = lights.get(row.project_id)?.reason.slice(0, 400) || null;
      const image_progress = images.get(row.project_id) ?? null;
      const values = { ...row, statement_id: statementId, office_id: office.id, month, reason, image_progress };
      lines.push({ entity: "statement_line", id: newId("statement_line"), values });
    }
  }
  return lines;
}

function imageProgress({ store }: Office, month: string, projectIds: readonly string[]): Map<string, string | null> {
  const reported = store.all(
    query
      .selectFrom("monthly_progress")
      .select(["project_id", "image_progress"])
      .where("project_id", "in", sql<string>`(select value from json_each(${JSON.stringify(projectIds)}))`)
      .where("month", "=", month)
      .where("archived_on", "is", null),
  );
  return new Map(reported.map(({ project_id, image_progress }) => [project_id, image_progress]));
}
