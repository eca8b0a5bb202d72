/** Wider covering indexes: what whole ledgers, the people and corrections of closed months are asked for at ten times the city. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Instead of the index of that name: each more has to be kept up to date by every import. */
const wider = (name: string, on: string) => [`drop index ${name}`, `create index ${name} on ${on}`];

const statements = [
  // Also who visited: the people of a district's projects.
  ...wider("visit_by_project", "visit (project_id, visited_on, archived_on, person_id)"),
  // What each person serves is counted in this order without sorting.
  ...wider("assignment_by_person", "assignment (person_id, project_id, archived_on, from_on, to_on)"),
  // Also what the ledger asks of every project: whether it has a name, and the sum of the investments.
  ...wider(
    "project_facts",
    `project (id, archived_on, office_id, stage, stats_state, started_on, annual_plan_investment, as_of,
      stats_entered_on, total_investment, name)`,
  ),
  // In the order of the projects, as figures are kept: a closed month is compared with what the records say now.
  ...wider(
    "statement_line_by_statement",
    `statement_line (statement_id, project_id, managed_by, light, nodes_due, nodes_done, nodes_overdue, annual_plan,
      month_planned, month_completed, year_completed)`,
  ),
];
