/** The grid of one month: which projects it shows, in which order, and what they add up to. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { ReportCounts, ReportFilter, ReportRow } from "#contract/monthly-reports.ts";
import { activeProjectIds } from "#features/node-lists.ts";
import type { Office } from "#features/office.ts";
import { filteredProjects } from "#features/projects/list.ts";
import { query } from "#store/store.ts";
import { reportRows } from "./rows.ts";

type Window = { rows: ReportRow[]; total: number; counts: ReportCounts; planned: number; completed: number };

/** A window of the month's projects by pinyin; counts over the filter without its state, sums over all of the filter. */
export function listReports(
  office: Office,
  month: string,
  filter: ReportFilter,
  offset: number,
  limit: number,
): Window {
  const condition = stateCondition(office, filter.state ?? "all");
  const { planned, completed, ...counts } = summary(office, month, filter, condition);
  const total = counts[filter.state ?? "all"];
  const fromEnd = offset > total / 2;
  const length = Math.max(0, Math.min(limit, total - offset));
  const direction = fromEnd ? "desc" : "asc";
  const window = office.store.all(
    reported(office, month, filter)
      .innerJoin("project_search", "project_search.project_id", "project.id")
      .where(condition)
      .select("project.id")
      .orderBy("project_search.name_key", direction)
      .orderBy("project_search.project_id", direction)
      .offset(fromEnd ? Math.max(0, total - offset - length) : offset)
      .limit(length),
  );
  const ids = window.map(({ id }) => id);
  return { rows: reportRows(office, fromEnd ? ids.reverse() : ids, [month]), total, counts, planned, completed };
}

/** Reports of the month that must come and have not been sent up: the 未报 of the workbench. */
export function countDue(office: Office, month: string): number {
  return summary(office, month, {}, sql`true`).due;
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
      .where(sql<boolean>`+project_id in (${activeProjectIds(office)})`)
      .groupBy(["report_state", "month"])
      .orderBy("month", "desc")
      .$narrowType<{ state: "submitted" | "returned" }>(),
  );
}

/** Active projects of the filter, each with its report of the month, if there is one. */
function reported(office: Office, month: string, { search, officeId = office.id, ids }: ReportFilter) {
  return filteredProjects(office, { search, officeId, ids }, office.today).leftJoin("monthly_progress", (join) =>
    join
      .onRef("monthly_progress.project_id", "=", "project.id")
      .on("monthly_progress.month", "=", month)
      .on("monthly_progress.archived_on", "is", null),
  );
}

function summary(office: Office, month: string, filter: ReportFilter, condition: RawBuilder<SqlBool>) {
  const count = (state: keyof ReportCounts) =>
    sql<number>`coalesce(sum(${stateCondition(office, state)}), 0)`.as(state);
  const amount = (column: string) => sql<number>`coalesce(sum(case when ${condition} then ${sql.ref(column)} end), 0)`;
  const found = office.store.first(
    reported(office, month, filter).select([
      sql<number>`count(*)`.as("all"),
      count("due"),
      count("draft"),
      count("submitted"),
      count("approved"),
      count("returned"),
      amount("monthly_progress.planned_investment").as("planned"),
      amount("monthly_progress.completed_investment").as("completed"),
    ]),
  );
  return found ?? { all: 0, due: 0, draft: 0, submitted: 0, approved: 0, returned: 0, planned: 0, completed: 0 };
}

/** A report without a state is a draft; "due" asks only projects of the stages that must report. */
function stateCondition(office: Office, state: keyof ReportCounts): RawBuilder<SqlBool> {
  const isDraft = sql<SqlBool>`coalesce(monthly_progress.report_state, 'draft') = 'draft'`;
  switch (state) {
    case "all":
      return sql<SqlBool>`true`;
    case "due": {
      const stages = sql.join(office.settings["report.stages"].map((stage) => sql.lit(stage)));
      return sql<SqlBool>`(${isDraft} and (project.stage is null or project.stage in (${stages})))`;
    }
    case "draft":
      return sql<SqlBool>`(monthly_progress.id is not null and ${isDraft})`;
    default:
      return sql<SqlBool>`coalesce(monthly_progress.report_state = ${sql.lit(state)}, false)`;
  }
}
