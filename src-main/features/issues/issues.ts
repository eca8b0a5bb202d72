/** Issues (问题, F09; hotline appeals, F22): records, lists, steps of the ladder. Rules: domain/issue.ts. */
import { sql } from "kysely";
import type { issues as contract } from "#contract/issues.ts";
import { Failure } from "#domain/failure.ts";
import type { Row } from "#domain/registry.ts";
import { type IssueView, issueViews, keysOf } from "#domain/values.ts";
import { formValues, requireNotFuture } from "#features/entry.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { actOnIssues, followUpIssues, readIssue, refusal } from "./acts.ts";
import { filteredIssues, viewConditions } from "./filter.ts";
import { issuePage, issueWindow } from "./rows.ts";
import { issueStatistics } from "./statistics.ts";

export const issues: Handlers<typeof contract> = {
  list: (office, { offset, limit, ...asked }) => issueWindow(office, asked, offset, limit),

  counts: (office, { filter, asOf }) => {
    const conditions = viewConditions(office, asOf);
    const counted = filteredIssues(office, { ...filter, view: undefined }, asOf).select(
      keysOf(issueViews).map((view) => sql<number>`coalesce(sum(${conditions[view]}), 0)`.as(view)),
    );
    return office.store.first(counted) as Record<IssueView, number>;
  },

  get: (office, { id, asOf }) => issuePage(office, id, asOf),

  /** A new issue is by default found today, at the level of the region. */
  save: (office, { id, values }) => {
    const given = formValues("issue", values);
    requireNotFuture(office, "发现日期", given.found_on);
    const stored = id === undefined ? undefined : readIssue(office, id);
    for (const projectId of new Set([stored?.project_id, given.project_id])) {
      if (projectId) office.editableProject(projectId);
    }
    requireOwnVisit(office, given.visit_id, given.project_id ?? stored?.project_id);
    if (stored?.state === "closed") throw new Failure("issue_closed", { title: stored.title });
    if (id !== undefined) return office.write("update_issue", id, [{ entity: "issue", id, values: given }]);
    const made = newId("issue");
    const fresh = { found_on: office.today, ...given, state: "open" as const, level: "region" as const };
    return office.write("create_issue", made, [
      { entity: "issue", id: made, values: { ...fresh, level_since: fresh.found_on } },
    ]);
  },

  archive: (office, { id }) => {
    const issue = readIssue(office, id);
    office.editableProject(issue.project_id);
    requireRemovable(office, issue);
    return office.write("archive_issue", id, [{ entity: "issue", id, values: { archived_on: office.today } }]);
  },

  restore: (office, { id }) => {
    office.editableProject(readIssue(office, id).project_id);
    return office.write("restore_issue", id, [{ entity: "issue", id, values: { archived_on: null } }]);
  },

  act: actOnIssues,

  followUp: followUpIssues,

  handlers: (office) => {
    const units = query
      .selectFrom("issue")
      .select("handler_unit")
      .where("handler_unit", "is not", null)
      .where("archived_on", "is", null)
      .groupBy("handler_unit")
      .orderBy(sql`count(*)`, "desc")
      .limit(200);
    return office.store.all(units).flatMap(({ handler_unit }) => handler_unit ?? []);
  },

  statistics: issueStatistics,
};

/** Only what is at hand is deleted: not what the city was asked, and nothing of which the story is told to its end. */
function requireRemovable(office: Office, issue: Row<"issue">): void {
  const { state, level } = issue;
  if (state === "open" && (level === "region" || office.self.level === "city")) return;
  throw refusal(issue, "删除", state === "open" ? "已报市级的问题由市级处理。" : "已解决的问题留作记录。");
}

/** A visit named as the source must be one of the same project. */
function requireOwnVisit(office: Office, visitId: string | null | undefined, projectId: string | undefined): void {
  if (!visitId) return;
  const visit = office.store.first(query.selectFrom("visit").select("project_id").where("id", "=", visitId));
  if (visit?.project_id !== projectId) throw new Failure("not_found", { what: "走访" });
}
