/** The month: plans, reports, funds, permits, issues, closed months; templates of the city; views of a clerk's own. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const table = (name: string, columns: string) =>
  `create table ${name} (id text primary key, ${columns}, archived_on text, versions text not null, touched_by text not null) without rowid`;

const added = (name: string, columns: string) =>
  columns.split(",").map((column) => `alter table ${name} add column ${column.trim()}`);

const statements = [
  ...added(
    "project",
    "green_channel integer, stats_state text, stats_papers text, stats_entered_on text, stats_note text",
  ),
  ...added(
    "monthly_progress",
    `planned_investment integer, planned_progress text, report_state text, submitted_on text, reviewed_on text,
     review_note text`,
  ),
  ...added("attachment", "issue_id text, permit_id text"),
  table("annual_plan", "project_id text, year integer, planned_investment integer, goal text, note text"),
  table("fund", "project_id text, name text, year integer, source text, arranged integer, paid integer, note text"),
  table("template", "kind text, name text, project_kind text, items text, source text"),
  table(
    "permit",
    `project_id text, name text, groups text, authority text, planned_on text, applied_on text, actual_on text,
     certificate_no text, is_deficient integer, deficient_until text, deficient_done_on text, redo_of text,
     redo_reason text, template_id text, note text, position integer`,
  ),
  table(
    "issue",
    `project_id text, title text, detail text, category text, source text, found_on text, visit_id text,
     hotline_no text, caller text, caller_phone text, handler_unit text, handler_person text, measures text,
     deadline_on text, state text, level text, level_since text, awaits_answer integer, is_supervised integer,
     supervised_on text, supervised_by text, needs_relief integer, solved_on text, owner_replied_on text, owner_reply text, closed_on text`,
  ),
  table(
    "issue_entry",
    `project_id text, issue_id text, kind text, happened_on text, level text, content text, office_id text,
     person_name text`,
  ),
  table("month_statement", "office_id text, month text, frozen_on text, person_name text, rules text, totals text"),
  table(
    "statement_line",
    `project_id text, statement_id text, office_id text, managed_by text, month text, light text, reason text, nodes_due integer,
     nodes_done integer, nodes_overdue integer, annual_plan integer, month_planned integer, month_completed integer,
     year_completed integer, image_progress text`,
  ),
  // Covering: states, sums of a month and of a year are found without reading the rows with their long texts.
  `drop index monthly_progress_by_project`,
  `create index monthly_progress_by_project on monthly_progress
    (project_id, month, archived_on, report_state, planned_investment, completed_investment)`,
  `create index monthly_progress_by_month on monthly_progress
    (month, archived_on, project_id, report_state, planned_investment, completed_investment)`,
  `create index monthly_progress_waiting on monthly_progress (report_state, month, archived_on, project_id)
    where report_state in ('submitted', 'returned')`,
  `create index annual_plan_by_project on annual_plan (project_id, year, archived_on, planned_investment)`,
  `create index fund_by_project on fund (project_id, year)`,
  `create index fund_by_year on fund (year, source, archived_on, project_id, arranged, paid)`,
  // Covering, in the order of the ids, as the records of projects lie in their indexes: what counts and sums over the
  // whole ledger ask of a project, so that they walk both side by side and read no row with its long texts.
  `create index project_facts on project
    (id, archived_on, office_id, stage, stats_state, started_on, annual_plan_investment, as_of, stats_entered_on)`,
  // Covering, by project: counts and lights of nodes, of those of the start of construction by their names too, and who
  // serves a project.
  `drop index node_by_project`,
  `create index node_by_project on node (project_id, planned_on, actual_on, audit_state, archived_on, planned_month)`,
  `create index node_of_start on node (project_id, planned_on, actual_on, audit_state, archived_on, name)
    where (name like '%开工' or name like '%开工建设')`,
  `drop index assignment_by_project`,
  `create index assignment_by_project on assignment (project_id, archived_on, from_on, to_on, person_id)`,
  // Covering: what permits wait for is summed up without reading the rows.
  `create index permit_by_project on permit (project_id, archived_on, actual_on, planned_on, is_deficient,
     deficient_until, deficient_done_on)`,
  `create index permit_redone on permit (redo_of) where redo_of is not null and archived_on is null`,
  `create index permit_days on permit (name, applied_on, actual_on, archived_on)
     where actual_on is not null and applied_on is not null and archived_on is null`,
  // Covering: counts and lists of issues are found without reading the rows.
  `create index issue_by_project on issue (project_id, archived_on, state, deadline_on)`,
  `create index issue_to_list on issue (archived_on, state, project_id, found_on, deadline_on, level, category,
    awaits_answer, is_supervised, needs_relief, solved_on)`,
  `create index issue_by_visit on issue (visit_id) where visit_id is not null`,
  `create index issue_entry_by_issue on issue_entry (issue_id, happened_on, archived_on)`,
  `create index issue_entry_by_project on issue_entry (project_id)`,
  `create index month_statement_by_office on month_statement (office_id, month)`,
  `create index statement_line_by_statement on statement_line (statement_id)`,
  `create index statement_line_by_project on statement_line (project_id, month)`,
  `create index attachment_by_issue on attachment (issue_id) where issue_id is not null`,
  `create index attachment_by_permit on attachment (permit_id) where permit_id is not null`,
  // Search and sort keys of issues' titles, derived; made when a search first asks for them (features/issues/search.ts).
  `create table issue_search (
    issue_id text primary key,
    title text not null,
    search text not null,
    title_key text not null
  ) without rowid`,
  // A clerk's own views of a list: its page, what the address says beside it, and the columns shown. Never replicated.
  `create table saved_view (
    id text primary key,
    person_id text not null,
    page text not null,
    name text not null,
    search text not null,
    columns text,
    is_default integer not null
  ) without rowid`,
];
