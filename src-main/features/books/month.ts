/** One month of an office's books: as it was closed, or as it would be closed now. */
import { type RawBuilder, sql } from "kysely";
import type { BookLine, MonthBooks } from "#contract/books.ts";
import { monthRange } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { isAtLeast, subtreeIds } from "#domain/office-tree.ts";
import type { Row } from "#domain/registry.ts";
import { addFigures } from "#domain/statement.ts";
import type { Light } from "#domain/values.ts";
import { basisOf } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import type { FiguresRow } from "#features/figures/source.ts";
import type { Office } from "#features/office.ts";
import { rowsOf } from "#features/project-facts.ts";
import { lightsOf } from "#features/projects/light-facts.ts";
import { openItems } from "./check-list.ts";
import { type figureColumns, figuresByOffice, projectFigures } from "./figures.ts";
import { partsOf, ranked, type Statement, statementOf, visibleOffice } from "./statements.ts";

type Lines = { month: string; officeId?: string; partId?: string; lights?: Light[]; offset: number; limit: number };

/** Throws Failure not_found for an office that is not of this one's line or subtree. */
export function monthBooks(office: Office, month: string, officeId = office.id): MonthBooks {
  const of = requireVisible(office, officeId);
  const { store } = office;
  const statement = statementOf(store, officeId, month);
  const shared = { month, officeId, officeName: of.name };
  if (statement) {
    const { totals, rules, id, frozen_on, person_name } = statement;
    return {
      ...shared,
      date: totals.date,
      rules,
      closed: { statementId: id, frozenOn: frozen_on, personName: person_name ?? "" },
      whole: totals.whole,
      parts: ranked(totals.parts),
      open: [],
      refusal: "",
      listed: { corrections: totals.corrections, total: totals.correctionTotal },
    };
  }
  const basis = basisOf(office, month);
  const parts = partsOf(office, officeId, figuresByOffice(store, basis));
  return {
    ...shared,
    date: basis.date,
    rules: basis.rules,
    closed: null,
    whole: addFigures(parts.map(({ figures }) => figures)),
    parts: ranked(parts),
    open: openItems(office, of, month),
    refusal: refusalOf(office, of, month),
    listed: { corrections: [], total: 0 },
  };
}

function refusalOf(office: Office, { id, name, level }: Row<"office">, month: string): string {
  const { last } = monthRange(month);
  if (id !== office.id) return `“${name}”的账由它自己对，这里只能查看。`;
  if (!isAtLeast(level, "district")) return "月对账由区市县（先导区）和市级办理，街道、园区只能查看。";
  return last < office.today ? "" : `${month} 还没有过完，下月 1 日起才能对账。`;
}

export function requireVisible(office: Office, officeId: string): Row<"office"> {
  const found = visibleOffice(office, officeId);
  if (!found) throw new Failure("not_found", { what: "单位" });
  return found;
}

/** Lines of a month, those of one managing office together, in the order of the pinyin of their names. */
export function monthLines(office: Office, input: Lines): { rows: BookLine[]; total: number } {
  const { month, officeId = office.id } = input;
  requireVisible(office, officeId);
  const statement = statementOf(office.store, officeId, month);
  return statement ? closedLines(office, statement, input) : openLines(office, officeId, input);
}

type LineRow = Pick<FiguresRow, "project_id" | (typeof figureColumns)[keyof typeof figureColumns]> & {
  reason: string;
  project_name: string;
  office_name: string;
};

function openLines(office: Office, officeId: string, input: Lines) {
  const { store } = office;
  const basis = basisOf(office, input.month);
  const figures = { table: figuresOn(store, basis), condition: sql`line.is_archived = 0`, nameKey: sql`line.name_key` };
  const found = windowOf(office, figures, { partId: officeId, ...input });
  const reasons = lightsOf(
    store,
    basis.rules,
    basis.date,
    found.rows.map((row) => row.project_id),
  );
  return { ...found, rows: found.rows.map((row) => bookLine(row, reasons.get(row.project_id)?.reason ?? "")) };
}

function closedLines(office: Office, { id }: Statement, input: Lines) {
  const nameKey = sql`(select name_key from project_search where project_search.project_id = line.project_id)`;
  const lines = { table: sql`statement_line`, condition: sql`line.statement_id = ${id}`, nameKey };
  const found = windowOf(office, lines, input);
  return { ...found, rows: found.rows.map((row) => bookLine(row, row.reason ?? "")) };
}

function windowOf(
  { store, offices }: Office,
  { table, condition, nameKey }: Record<"table" | "condition" | "nameKey", RawBuilder<unknown>>,
  { partId, lights = [], offset, limit }: Pick<Lines, "partId" | "lights" | "offset" | "limit">,
): { rows: LineRow[]; total: number } {
  const chosen = sql`${table} as line where ${condition}
    ${partId ? sql`and line.managed_by in (${sql.join([...subtreeIds(offices, partId)])})` : sql``}
    ${lights.length > 0 ? sql`and line.light in (${sql.join(lights)})` : sql``}`;
  const counted = rowsOf(
    store,
    sql<ManagedLines>`select line.managed_by, count(*) as count from ${chosen}
      group by line.managed_by order by line.managed_by`,
  );
  // Only the names of the offices that the window shows are put in order.
  const { managers, skipped } = managersIn(counted, offset, limit);
  const rows = sql<LineRow>`select line.*, coalesce(project.name, '（未收到）') as project_name,
      coalesce(office.name, '') as office_name
    from (select line.*, ${nameKey} as sorted_by
      from ${chosen} and line.managed_by in (select value from json_each(${JSON.stringify(managers)}))
      order by line.managed_by, sorted_by, line.project_id limit ${limit} offset ${offset - skipped}) as line
    left join project on project.id = line.project_id
    left join office on office.id = line.managed_by
    order by line.managed_by, line.sorted_by, line.project_id`;
  return { rows: rowsOf(store, rows), total: counted.reduce((total, { count }) => total + count, 0) };
}

type ManagedLines = { managed_by: string; count: number };

/** The offices of whose lines a window shows some, and how many lines stand before the first of theirs. */
function managersIn(counted: readonly ManagedLines[], offset: number, limit: number) {
  const managers: string[] = [];
  let [before, skipped] = [0, 0];
  for (const { managed_by, count } of counted) {
    if (before + count <= offset) skipped += count;
    else if (before < offset + limit) managers.push(managed_by);
    before += count;
  }
  return { managers, skipped };
}

function bookLine(row: LineRow, reason: string): BookLine {
  return {
    projectId: row.project_id,
    projectName: row.project_name,
    officeName: row.office_name,
    reason,
    ...projectFigures(row),
  };
}
