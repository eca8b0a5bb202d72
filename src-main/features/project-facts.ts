/**
 * Projects as counts and sums over the whole ledger see them: from a covering index in the order of their ids, so that
 * no row with its long texts is read. SQLite would take an index that narrows the offices down and then read rows.
 */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import { subtreeIds } from "#domain/office-tree.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import { query, type Store } from "#store/store.ts";
import type { Office } from "./office.ts";

/** The table `project` for a from clause: only the columns of the index project_facts may be asked of it. */
export const projectFacts = sql`project indexed by project_facts`;

/** The report of `month` of the project at hand, from its covering index; `on` of a join with projectFacts. */
export function reportOfMonth(month: string): RawBuilder<unknown> {
  return sql`monthly_progress as report indexed by monthly_progress_by_month
    on report.month = ${month} and report.archived_on is null and report.project_id = project.id`;
}

type Chosen = { officeId?: string | undefined; search?: string | undefined; ids?: readonly string[] | undefined };

/** Active projects of an office (by default this one) and everything below it, as a condition on projectFacts. */
export function activeProjects(
  office: Office,
  { officeId = office.id, search = "", ids }: Chosen,
): RawBuilder<SqlBool> {
  const offices = sql.join([...subtreeIds(office.offices, officeId)]);
  const needle = searchNeedle(search);
  const found = sql`project.id in (select project_id from project_search where instr(search, ${needle}) > 0)`;
  const chosen = sql`project.id in (select value from json_each(${JSON.stringify(ids ?? [])}))`;
  // The plus keeps SQLite from seeking every project once for each office.
  return sql<SqlBool>`(project.archived_on is null and +project.office_id in (${offices})
    and ${needle === "" ? sql`true` : found} and ${ids === undefined ? sql`true` : chosen})`;
}

/**
 * Whether the project that `column` names is an active one of an office (by default this one) or below it: looked up
 * record by record, so that a window or a narrow condition asks it of few.
 */
export function inActiveProject(office: Office, column: string, officeId = office.id): RawBuilder<SqlBool> {
  return sql<SqlBool>`(select active.archived_on is null and active.office_id in
      (${sql.join([...subtreeIds(office.offices, officeId)])})
    from project as active indexed by project_facts where active.id = ${sql.ref(column)})`;
}

/** The rows of a statement written in SQL. */
export function rowsOf<T>(store: Store, statement: RawBuilder<T>): T[] {
  const { sql: text, parameters } = statement.compile(query);
  return store.prepare(text).all(...parameters) as T[];
}
