/** Issues as pages show them: their project, their newest entry, and the acts open to this office. */
import { sql } from "kysely";
import type { IssueFilter, IssuePage, IssueRow, IssueSort } from "#contract/issues.ts";
import { Failure } from "#domain/failure.ts";
import { contradictionOf, openIssueActs } from "#domain/issue.ts";
import { isOverdue, isSilent, silentBefore } from "#domain/issue-time.ts";
import type { Row } from "#domain/registry.ts";
import { issueEntryKinds } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { query } from "#store/store.ts";
import { filteredIssues, issueOrder } from "./filter.ts";

export type IssueQuery = { filter: IssueFilter; sort?: IssueSort; asOf: string };

/** Every row in order. */
export function listIssues(office: Office, asked: IssueQuery, limit = Number.MAX_SAFE_INTEGER): IssueRow[] {
  return issueWindow(office, asked, 0, limit).rows;
}

/** The rows of one window in order, and how many there are in all; the filter is gone through once for both. */
export function issueWindow(office: Office, { filter, sort, asOf }: IssueQuery, offset: number, limit: number) {
  const filtered = filteredIssues(office, filter, asOf);
  const window = office.store.all(
    filtered
      .select(["issue.id", sql<number>`count(*) over ()`.as("total")])
      .orderBy(issueOrder(office, sort))
      .offset(offset)
      .limit(limit),
  );
  const ids = window.map(({ id }) => id);
  const counted = () => office.store.first(filtered.select(sql<number>`count(*)`.as("total")))?.total ?? 0;
  // A window beyond the end has no row that could tell.
  const total = window[0]?.total ?? (offset === 0 ? 0 : counted());
  return { rows: issueRows(office, ids, asOf), total };
}

/** The issues of these ids, in their order. */
export function issueRows(office: Office, ids: readonly string[], asOf: string): IssueRow[] {
  const { store, subtree, self } = office;
  const wanted = sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;
  const found = store.all(
    query
      .selectFrom("issue")
      .leftJoin("project", "project.id", "issue.project_id")
      .leftJoin("office", "office.id", "project.office_id")
      .selectAll("issue")
      .select(["project.name as projectName", "office.name as officeName", "project.office_id as officeId"])
      .select("project.archived_on as projectArchivedOn")
      .where("issue.id", "in", wanted),
  );
  const entries = newestEntries(office, ids);
  const regions = regionNames(office);
  const since = silentBefore(office.settings, asOf);
  const rows = new Map(
    found.map(({ versions: _, touched_by: __, projectName, officeName, officeId, projectArchivedOn, ...issue }) => {
      const entry = entries.get(issue.id);
      const isEditable =
        officeId !== null && subtree.has(officeId) && projectArchivedOn === null && issue.archived_on === null;
      const last = entry?.happened_on ?? null;
      const row: IssueRow = {
        ...issue,
        projectName: projectName ?? "",
        officeName: officeName ?? "",
        regionName: regions.get(officeId ?? "") ?? "",
        lastEntryOn: last,
        lastEntry: entry ? entryText(entry) : "",
        overdue: isOverdue(issue, asOf),
        silent: isSilent(issue, last, since),
        acts: isEditable ? openIssueActs(issue, self.level) : [],
        contradiction: contradictionOf(issue),
      };
      return [issue.id, row] as const;
    }),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** "跟进：已会商", or the kind alone. */
function entryText({ kind, content }: Pick<Row<"issue_entry">, "kind" | "content">): string {
  return content ? `${issueEntryKinds[kind]}：${content}` : issueEntryKinds[kind];
}

/** By issue, the entry that came last. */
function newestEntries(office: Office, ids: readonly string[]) {
  const entries = office.store.all(
    query
      .selectFrom("issue_entry")
      .select(["issue_id", "happened_on", "kind", "content"])
      .where("issue_id", "in", sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
      .where("archived_on", "is", null)
      // Ids are made in the order of time.
      .orderBy("happened_on")
      .orderBy("id"),
  );
  return new Map(entries.map((entry) => [entry.issue_id, entry]));
}

/** By office, the name of its district, or of the city. */
export function regionNames(office: Office): Map<string, string> {
  const { offices } = office;
  const byId = new Map(offices.map((each) => [each.id, each]));
  return new Map(
    offices.map((each) => {
      const parent = each.level === "street" ? byId.get(each.parent_id ?? "") : each;
      return [each.id, parent?.name ?? each.name];
    }),
  );
}

/** One issue with its whole story. Throws Failure not_found. */
export function issuePage(office: Office, id: string, asOf: string): IssuePage {
  const { store } = office;
  const [issue] = issueRows(office, [id], asOf);
  if (!issue) throw new Failure("not_found", { what: "问题" });
  const entries = store.all(
    query
      .selectFrom("issue_entry")
      .leftJoin("office", "office.id", "issue_entry.office_id")
      .selectAll("issue_entry")
      .select("office.name as officeName")
      .where("issue_id", "=", id)
      .where("issue_entry.archived_on", "is", null)
      .orderBy("happened_on", "desc")
      .orderBy("issue_entry.id", "desc"),
  );
  const visit = query
    .selectFrom("visit")
    .select("visited_on")
    .where("id", "=", issue.visit_id ?? "");
  const readOnlyReason = reasonReadOnly(office, issue);
  return {
    issue,
    entries: entries.map(({ versions: _, touched_by: __, ...entry }) => ({
      ...entry,
      officeName: entry.officeName ?? "",
    })),
    visitedOn: issue.visit_id ? (store.first(visit)?.visited_on ?? null) : null,
    editable: readOnlyReason === "",
    readOnlyReason,
  };
}

function reasonReadOnly(office: Office, issue: IssueRow): string {
  if (issue.archived_on !== null) return `已于 ${issue.archived_on} 删除`;
  try {
    office.editableProject(issue.project_id);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return issue.state === "closed" ? `已于 ${issue.closed_on ?? ""} 销号，需要继续办理的请点“重新办理”` : "";
}
