/** The order of the project list: names by pinyin, enumerations in the order of their words, blanks last. */
import { type RawBuilder, sql } from "kysely";
import { fieldOf } from "#domain/registry.ts";
import type { Office } from "#features/office.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { lightExpression } from "./lights.ts";

export type ProjectSort = { column: string; descending: boolean };

/** What the list is ordered by; `blanks` is true for rows that have no value and so come last either way. */
export type SortKey = { key: RawBuilder<unknown>; blanks: RawBuilder<unknown> | null };

/** The key of a column of the list; the order of entry when the column is unknown or none is asked for. */
export function sortKey(office: Office, column: string | undefined, asOf: string): SortKey {
  switch (column) {
    case "name":
      return { key: sql`project_search.name_key`, blanks: null };
    case "owner":
      return { key: sql`project_search.owner_key`, blanks: sql`project_search.owner_key = ''` };
    case "office_name":
      return {
        key: sql`pinyin_key((select name from office where office.id = project.office_id))`,
        blanks: null,
      };
    case "light":
      return { key: rank(lightExpression(office, asOf), ["red", "yellow", "green"]), blanks: null };
    case "last_visit_on":
      return blanksLast(sql`(select max(visited_on) from visit where visit.project_id = project.id
        and visit.archived_on is null and visit.visited_on <= ${asOf})`);
    case "annual_plan": {
      const plan = planOfYear(Number(asOf.slice(0, 4)));
      return { key: plan, blanks: sql`${plan} is null` };
    }
    case "node_progress":
      return {
        key: sql`(select count(*) from node where node.project_id = project.id and node.archived_on is null)`,
        blanks: null,
      };
    case "secretaries":
      return blanksLast(sql`(select min(pinyin_key(person.name)) from assignment
        join person on person.id = assignment.person_id where assignment.project_id = project.id
        and assignment.archived_on is null and assignment.from_on <= ${asOf}
        and (assignment.to_on is null or assignment.to_on >= ${asOf}))`);
  }
  const field = column === undefined ? undefined : fieldOf("project", column);
  if (!field) return { key: sql`project_search.project_id`, blanks: null };
  const stored = sql.ref(`project.${column}`);
  if (field.kind === "enum") return blanksLast(rank(stored, Object.keys(field.labels)), stored);
  if (field.kind === "text") return blanksLast(sql`pinyin_key(${stored})`, stored);
  return { key: stored, blanks: sql`${stored} is null` };
}

function blanksLast(key: RawBuilder<unknown>, value: RawBuilder<unknown> = key): SortKey {
  return { key, blanks: sql`coalesce(${value}, '') = ''` };
}

function rank(value: RawBuilder<unknown>, order: readonly string[]): RawBuilder<unknown> {
  const cases = order.map((entry, index) => sql`when ${sql.lit(entry)} then ${sql.lit(index)}`);
  return sql`case ${value} ${sql.join(cases, sql` `)} else ${sql.lit(order.length)} end`;
}
