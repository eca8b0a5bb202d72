/** All projects or some of them, so that one select fills figures whole and brings some up to date. */
import { type RawBuilder, type SqlBool, sql } from "kysely";

/** Ids of projects; those from a first to a last one; null for all of them. */
export type Chosen = readonly string[] | { first: string; last: string } | null;

/** Each walked by its index of projects: those of one project then lie together and are grouped without sorting. */
const walked = {
  project: "project_facts",
  node: "node_by_project",
  monthly_progress: "monthly_progress_by_project",
  fund: "fund_by_project",
  assignment: "assignment_by_project",
} as const;

/** A table for a from clause, walked in the order of the projects; together with `isChosen`. */
export function byProject(table: keyof typeof walked): RawBuilder<unknown> {
  return sql.raw(`${table} indexed by ${walked[table]}`);
}

/** Nodes of the start of construction: the condition of this index must be asked word for word. */
export const startNodes = sql.raw("node indexed by node_of_start");

/** Whether `column`, the id of a project, is of a chosen one. */
export function isChosen(column: string, chosen: Chosen): RawBuilder<SqlBool> {
  if (chosen === null) return sql<SqlBool>`true`;
  if ("first" in chosen) return sql<SqlBool>`${sql.ref(column)} between ${chosen.first} and ${chosen.last}`;
  return sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(chosen)}))`;
}
