/** The grid of one month: which projects it shows, in which order, and what they add up to. */

import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { ReportCounts, ReportFilter, ReportRow } from "#contract/monthly-reports.ts";
import type { Office } from "#features/office.ts";
import { activeProjects, inActiveProject, projectFacts, reportOfMonth, rowsOf } from "#features/project-facts.ts";
import { query } from "#store/store.ts";
import { mustReport } from "./must-report.ts";
import { reportRows } from "./rows.ts";

type Sums = { planned: number; completed: number };
type Window = Sums & { rows: ReportRow[]; total: number; counts: ReportCounts };

/** Up to so many projects are found by their state first and then put in order; more are walked in their order. */
const FEW = 2000;

/** A window of the month's projects by pinyin; counts over the filter without its state, sums over all of the filter. */
export function listReports(
  office: Office,
  month: string,
  filter: ReportFilter,
  offset: number,
  limit: number,
): Window {
  const state = filter.state ?? "all";
  const { planned, completed, ...counts } = summary(office, month, filter, state);
  const total = counts[state];
  const fromEnd = offset > total / 2;
  const length = Math.max(0, Math.min(limit, total - offset));
  const skipped = fromEnd ? Math.max(0, total - offset - length) : offset;
  const source = total <= FEW ? foundFirst(month, state) : walked(month, state);
  const direction = fromEnd ? sql`desc` : sql`asc`;
  const window = rowsOf(
    office.store,
    sql<{ id: string }>`select project.id as id from ${source}
      where ${activeProjects(office, filter)} and ${stateCondition(office, state)}
      order by project_search.name_key ${direction}, project_search.project_id ${direction}
      limit ${length} offset ${skipped}`,
  );
  const ids = window.map(({ id }) => id);
  return { rows: reportRows(office, fromEnd ? ids.reverse() : ids, [month]), total, counts, planned, completed };
}

/** The names in their order; cross joins keep SQLite from another one. */
function walked(month: string, state: keyof ReportCounts): RawBuilder<unknown> {
  const joined = sql`project_search indexed by project_search_by_name
    cross join ${projectFacts} on project.id = project_search.project_id`;
  return state === "all" ? joined : sql`${joined} left join ${reportOfMonth(month)}`;
}

function foundFirst(month: string, state: keyof ReportCounts): RawBuilder<unknown> {
  const report = state === "all" ? sql`` : sql`left join ${reportOfMonth(month)}`;
  return sql`${projectFacts} ${report} join project_search on project_search.project_id = project.id`;
}

/** Months with reports that wait for a review or came back, newest first. */
export function waitingReports(office: Office) {
  return office.store.all(
    query
      .selectFrom("monthly_progress")
      .select(["month", "report_state as state", sql<number>`count(*)`.as("count")])
      // Word for word the condition of the partial index.
      .where(sql<boolean>`report_state in ('submitted', 'returned')`)
      .where("archived_on", "is", null)
      .where(inActiveProject(office, "monthly_progress.project_id"))
      .groupBy(["report_state", "month"])
      .orderBy("month", "desc")
      .$narrowType<{ state: "submitted" | "returned" }>(),
  );
}

function summary(office: Office, month: string, filter: ReportFilter, state: keyof ReportCounts): ReportCounts & Sums {
  const count = (of: keyof ReportCounts) => sql`coalesce(sum(${stateCondition(office, of)}), 0)`;
  const asked = stateCondition(office, state);
  const sum = (column: "planned_investment" | "completed_investment") =>
    sql`coalesce(sum(iif(${asked}, ${sql.ref(`report.${column}`)}, null)), 0)`;
  const [found] = rowsOf(
    office.store,
    sql<ReportCounts & Sums>`select count(*) as "all", ${count("due")} as due, ${count("draft")} as draft,
      ${count("submitted")} as submitted, ${count("approved")} as approved, ${count("returned")} as returned,
      ${sum("planned_investment")} as planned, ${sum("completed_investment")} as completed
      from ${projectFacts} left join ${reportOfMonth(month)} where ${activeProjects(office, filter)}`,
  );
  return found ?? { all: 0, due: 0, draft: 0, submitted: 0, approved: 0, returned: 0, planned: 0, completed: 0 };
}

/** A report without a state is a draft; "due" asks only projects of the stages that must report. */
function stateCondition(office: Office, state: keyof ReportCounts): RawBuilder<SqlBool> {
  const isDraft = sql<SqlBool>`ifnull(report.report_state, 'draft') = 'draft'`;
  switch (state) {
    case "all":
      return sql<SqlBool>`true`;
    case "due":
      return sql<SqlBool>`(${isDraft} and ${mustReport(office.settings, "project")})`;
    case "draft":
      return sql<SqlBool>`(report.project_id is not null and ${isDraft})`;
    default:
      return sql<SqlBool>`(report.report_state is ${sql.lit(state)})`;
  }
}
