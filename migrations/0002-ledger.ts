/** Tables of the replicated entities (see the registry) and their derived search keys. Written only by the journal. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/**
 * `versions` packs the stamp of each field's current value, `touched_by` the numbers of the change sets that wrote to
 * the row; see versions.ts and touched.ts in src-main/journal.
 */
const table = (name: string, columns: string) =>
  `create table ${name} (id text primary key, ${columns}, archived_on text, versions text not null, touched_by text not null) without rowid`;

const statements = [
  table(
    "office",
    `name text, level text, kind text, parent_id text, division_code text, aliases text, valid_from text, valid_to text`,
  ),
  table("setting", `key text, value text, source text`),
  table(
    "person",
    `office_id text, name text, duty text, phone text, is_secretary integer, secretary_unit text, note text`,
  ),
  table(
    "project",
    `name text, office_id text, region text, address text, project_code text, owner text, owner_lead text,
     owner_lead_phone text, owner_permit_clerk text, total_investment integer, annual_plan_investment integer,
     completed_investment integer, content text, stage text, list2_kind text, sector text, category text, grade text,
     lists text, emerging_industry text, is_tech_upgrade integer, responsible_unit text, lead_unit text, sponsor text,
     funding text, started_on text, completed_on text, started_text text, completed_text text, annual_goal text,
     image_progress text, problems text, permits_note text, status_text text, as_of text, origin text,
     origin_code text, note text`,
  ),
  table(
    "node",
    `project_id text, name text, planned_on text, planned_month text, responsible_unit text, responsible_person text,
     actual_on text, completion_note text, evidence text, audit_state text, submitted_on text, reviewed_on text,
     review_note text, position integer`,
  ),
  table(
    "monthly_progress",
    `project_id text, month text, image_progress text, completed_investment integer, problems text`,
  ),
  table("assignment", `project_id text, person_id text, role text, from_on text, to_on text`),
  table(
    "visit",
    `project_id text, person_id text, visited_on text, form text, people_met text, findings text, follow_up text,
     follow_up_on text, followed_up_on text`,
  ),
  `create index person_by_office on person (office_id)`,
  `create index project_by_office on project (office_id, archived_on)`,
  // Covering: lights and lists of overdue nodes are found without reading the rows.
  `create index node_by_project on node (project_id, planned_on, actual_on, audit_state, archived_on)`,
  `create index node_by_planned_day on node (planned_on, actual_on, audit_state, archived_on, project_id)`,
  `create index node_by_planned_month on node (planned_month) where planned_month is not null`,
  `create index node_by_audit_state on node (audit_state) where audit_state in ('submitted', 'returned')`,
  `create index monthly_progress_by_project on monthly_progress (project_id, month)`,
  `create index assignment_by_project on assignment (project_id)`,
  `create index assignment_by_person on assignment (person_id)`,
  // Covering: last visits and visits due.
  `create index visit_by_project on visit (project_id, visited_on, archived_on)`,
  `create index visit_by_person on visit (person_id, visited_on, archived_on)`,
  `create index visit_by_day on visit (visited_on, archived_on, project_id)`,
  `create index visit_with_follow_up on visit (follow_up_on) where follow_up is not null and followed_up_on is null`,
  // Derived from name, owner, address and code: what a search may match, and pinyin sort keys.
  `create table project_search (
    project_id text primary key,
    search text not null,
    name_key text not null,
    owner_key text not null
  ) without rowid`,
  // Walked in their order by the sorted list, so that a window far down needs no sorting of the whole ledger.
  `create index project_search_by_name on project_search (name_key, project_id)`,
  `create index project_search_by_owner on project_search (owner_key, project_id)`,
];
