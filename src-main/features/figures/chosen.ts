/** From clauses over all projects or some of them, so that one select fills figures whole and brings some up to date. */
import { type RawBuilder, sql } from "kysely";

/** Ids of projects; null for all of them. */
export type Chosen = readonly string[] | null;

/** Each walked by its index of projects: those of one project then lie together and are grouped without sorting. */
const walked = {
  node: { table: "node", index: "node_by_project" },
  /** Nodes of the start of construction; the condition of the index must be asked word for word. */
  startNode: { table: "node", index: "node_of_start" },
  monthly_progress: { table: "monthly_progress", index: "monthly_progress_by_project" },
  fund: { table: "fund", index: "fund_by_project" },
  assignment: { table: "assignment", index: "assignment_by_project" },
} as const;

/** The rows of the chosen projects, in the order of the projects. */
export function rowsOfChosen(what: keyof typeof walked, chosen: Chosen): RawBuilder<unknown> {
  const { table, index } = walked[what];
  const rows = sql.raw(`${table} indexed by ${index}`);
  return chosen === null
    ? rows
    : sql`${idsOf(chosen)} cross join ${rows} on ${sql.ref(`${table}.project_id`)} = chosen_id`;
}

/** The chosen projects themselves; what the index project_facts covers is asked of it alone. */
export function chosenProjects(chosen: Chosen): RawBuilder<unknown> {
  return chosen === null
    ? sql`project indexed by project_facts`
    : sql`${idsOf(chosen)} cross join project on project.id = chosen_id`;
}

function idsOf(chosen: readonly string[]): RawBuilder<unknown> {
  return sql`(select value as chosen_id from json_each(${JSON.stringify(chosen)}))`;
}
