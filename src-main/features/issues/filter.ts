/** Turns an IssueFilter into SQL; lists, counts, exports and sheets all filter with this. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { IssueFilter, IssueSort } from "#contract/issues.ts";
import { silentBefore } from "#domain/issue-time.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import { type IssueView, issueCategories, issueLevels, keysOf } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { inActiveProject } from "#features/project-facts.ts";
import { query } from "#store/store.ts";
import { refreshIssueSearch } from "./search.ts";

type Condition = RawBuilder<SqlBool>;

/** Issues of the filter in the active projects of this office and below; every query of them starts here. */
export function filteredIssues(office: Office, filter: IssueFilter, asOf: string) {
  const inScope = inActiveProject(office, "issue.project_id", filter.officeId);
  const all = [...fieldConditions(filter), searchCondition(office, filter.search), inScope];
  const view = filter.view && viewConditions(office, asOf)[filter.view];
  return query
    .selectFrom("issue")
    .where("issue.archived_on", "is", null)
    .where(sql<SqlBool>`${sql.join(view ? [view, ...all] : all, sql` and `)}`);
}

function fieldConditions(filter: IssueFilter): Condition[] {
  const conditions: Condition[] = [];
  if (filter.projectId) conditions.push(sql`issue.project_id = ${filter.projectId}`);
  if (filter.visitId) conditions.push(sql`issue.visit_id = ${filter.visitId}`);
  if (filter.category) conditions.push(sql`issue.category = ${filter.category}`);
  if (filter.source) conditions.push(sql`issue.source = ${filter.source}`);
  if (filter.level) conditions.push(sql`issue.level = ${filter.level}`);
  if (filter.state) conditions.push(sql`issue.state = ${filter.state}`);
  if (filter.handlerUnit) conditions.push(sql`issue.handler_unit = ${filter.handlerUnit}`);
  return conditions;
}

/** Each view of the same records as a condition. What two offices contradicted each other on is open business too. */
export function viewConditions(office: Office, asOf: string): Record<IssueView, Condition> {
  const since = silentBefore(office.settings, asOf);
  return {
    open: sql`issue.state <> 'closed'`,
    awaiting: sql`(issue.state = 'open' and issue.awaits_answer = 1)`,
    supervised: sql`(issue.state <> 'closed' and issue.is_supervised = 1)`,
    relief: sql`(issue.state <> 'closed' and issue.needs_relief = 1)`,
    silent: silentSince(since),
    overdue: sql`(issue.state = 'open' and issue.deadline_on < ${asOf})`,
    closed: sql`issue.state = 'closed'`,
  };
}

/** Open, found before this day, and without an entry since. */
function silentSince(since: string): Condition {
  return sql`(issue.state = 'open' and issue.found_on < ${since} and not exists (select 1 from issue_entry
    where issue_id = issue.id and happened_on >= ${since} and archived_on is null))`;
}

/** In the title (also by pinyin), what was written of the issue, its ticket, its handler or its project's names. */
function searchCondition(office: Office, search = ""): Condition {
  const needle = searchNeedle(search);
  if (needle === "") return sql`true`;
  const isLatin = /[a-z]/.test(needle);
  if (isLatin) refreshIssueSearch(office.store);
  const inTitle = isLatin
    ? sql`issue.id in (select issue_id from issue_search where instr(search, ${needle}) > 0)`
    : sql`instr(issue.title, ${needle}) > 0`;
  const columns = ["detail", "handler_unit", "handler_person", "hotline_no", "caller"] as const;
  const written = sql.join(
    columns.map((column) => sql`coalesce(${sql.ref(`issue.${column}`)}, '')`),
    sql` || char(1) || `,
  );
  // One search in all of them; lower case only where the needle has letters, as it is most of the work.
  return sql`(${inTitle} or instr(${isLatin ? sql`lower(${written})` : written}, ${needle}) > 0
    or issue.project_id in (select project_id from project_search where instr(search, ${needle}) > 0))`;
}

/** What the list is ordered by. Without a sort: overdue first by deadline, then by the day found. */
export function issueOrder(office: Office, sort: IssueSort | undefined): RawBuilder<unknown> {
  if (!sort) return sql`issue.state = 'closed', issue.deadline_on is null, issue.deadline_on, issue.found_on, issue.id`;
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const { key, blank } = sortKey(office, sort.column);
  return sql`${blank ? sql`${blank} is null, ` : sql``}${key} ${direction}, issue.id`;
}

function sortKey(
  office: Office,
  column: IssueSort["column"],
): { key: RawBuilder<unknown>; blank?: RawBuilder<unknown> } {
  switch (column) {
    case "title":
      refreshIssueSearch(office.store);
      return { key: sql`(select title_key from issue_search where issue_id = issue.id)` };
    case "project":
      return { key: sql`(select name_key from project_search where project_search.project_id = issue.project_id)` };
    case "category":
      return { key: rankOf("category", keysOf(issueCategories)) };
    case "level":
      return { key: rankOf("level", keysOf(issueLevels)) };
    case "handler_unit":
      return { key: sql`pinyin_key(issue.handler_unit)`, blank: sql.ref("issue.handler_unit") };
    case "last_entry_on": {
      const last = sql`(select max(happened_on) from issue_entry where issue_id = issue.id and archived_on is null)`;
      return { key: last, blank: last };
    }
    default:
      return { key: sql.ref(`issue.${column}`), blank: sql.ref(`issue.${column}`) };
  }
}

/** The place of an enumerated value among its words. */
function rankOf(column: "category" | "level", keys: readonly string[]): RawBuilder<number> {
  const cases = keys.map((key, at) => sql`when ${sql.lit(key)} then ${sql.lit(at)}`);
  return sql`case ${sql.ref(`issue.${column}`)} ${sql.join(cases, sql` `)} end`;
}
