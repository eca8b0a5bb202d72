/** Monthly reports as pages show them: entries, plan of the year, 序时 lead, and what this office may do now. */
import { sql } from "kysely";
import type { ReportRow } from "#contract/monthly-reports.ts";
import { planOfYear } from "#domain/annual-plan.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { completionPercent, leadPoints } from "#domain/progress.ts";
import type { Row } from "#domain/registry.ts";
import { isLocked, openActs, type ReviewAct, type StoredAudit } from "#domain/review.ts";
import { submitterOffices } from "#features/audit.ts";
import type { Office } from "#features/office.ts";
import { query } from "#store/store.ts";

export type StoredReport = Row<"monthly_progress"> & { versions: string; touched_by: string };

/** Reports of the projects in the given order, each with the given months (of one year, ascending). */
export function reportRows(office: Office, projectIds: readonly string[], months: readonly string[]): ReportRow[] {
  const first = months[0] ?? "";
  const year = Number(first.slice(0, 4));
  const projects = projectsOf(office, projectIds, year);
  const stored = storedReports(office, projectIds, [...months, addMonths(first, -1)]);
  const sums = yearSums(office, projectIds, `${year}-01`, months.at(-1) ?? first);
  const submitters = submitterOffices(office, "monthly_progress", [...stored.values()]);
  const { level } = office.self;
  const { subtree } = office;
  const current = monthOf(office.today);
  return projectIds.flatMap((projectId) => {
    const project = projects.get(projectId);
    if (!project) return [];
    const closed = closedReason(project, subtree);
    const plan = planOfYear(project, { planned_investment: project.planned }, year);
    return months.map((month): ReportRow => {
      const report = stored.get(keyOf(projectId, month));
      const state = report?.report_state ?? null;
      const isOwn = report !== undefined && submitters.get(report.id)?.id === office.id;
      const yearCompleted = sumUpTo(sums.get(projectId), month);
      const planned = plan?.amount ?? null;
      return {
        projectId,
        month,
        projectName: project.name,
        officeName: project.officeName ?? "",
        planned_investment: report?.planned_investment ?? null,
        planned_progress: report?.planned_progress ?? null,
        completed_investment: report?.completed_investment ?? null,
        image_progress: report?.image_progress ?? null,
        problems: report?.problems ?? null,
        report_state: state,
        submitted_on: report?.submitted_on ?? null,
        reviewed_on: report?.reviewed_on ?? null,
        review_note: report?.review_note ?? null,
        lockedReason: closed || lockedReason(state),
        acts: closed ? [] : openActs(state, level).filter((act) => isOffered(act, isOwn, month <= current)),
        previousProgress: stored.get(keyOf(projectId, addMonths(month, -1)))?.image_progress ?? null,
        plan,
        yearCompleted,
        percent: completionPercent(yearCompleted, planned),
        lead: leadPoints(yearCompleted, planned, Number(month.slice(5))),
      };
    });
  });
}

/** Only what was sent up here is taken back here, and nothing is sent up before its month. */
function isOffered(act: ReviewAct, isOwnSubmission: boolean, hasBegun: boolean): boolean {
  if (act === "withdraw") return isOwnSubmission;
  return act !== "submit" || hasBegun;
}

function lockedReason(state: StoredAudit): string {
  if (!isLocked(state)) return "";
  return state === "submitted" ? "已上报，要改请先撤回或由上级退回" : "已审核通过，要改请由审核单位重新打开";
}

type Project = { name: string; office_id: string; archived_on: string | null };

/** Why a project takes no reports here; empty when it does. */
function closedReason({ archived_on, office_id }: Project, subtree: ReadonlySet<string>): string {
  if (archived_on !== null) return "项目已归档";
  return subtree.has(office_id) ? "" : "项目不归本单位管理";
}

function projectsOf(office: Office, projectIds: readonly string[], year: number) {
  const rows = office.store.all(
    query
      .selectFrom("project")
      .leftJoin("office", "office.id", "project.office_id")
      .leftJoin("annual_plan", (join) =>
        join
          .onRef("annual_plan.project_id", "=", "project.id")
          .on("annual_plan.year", "=", year)
          .on("annual_plan.archived_on", "is", null),
      )
      .select([
        "project.id",
        "project.name",
        "project.office_id",
        "project.archived_on",
        "project.annual_plan_investment",
        "project.as_of",
        "office.name as officeName",
        "annual_plan.planned_investment as planned",
      ])
      .where("project.id", "in", inList(projectIds)),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function storedReports(office: Office, projectIds: readonly string[], months: readonly string[]) {
  const rows: StoredReport[] = office.store.all(
    query
      .selectFrom("monthly_progress")
      .selectAll()
      .where("project_id", "in", inList(projectIds))
      .where("month", "in", inList(months))
      .where("archived_on", "is", null),
  );
  return new Map(rows.map((row) => [keyOf(row.project_id, row.month), row]));
}

type MonthSum = { month: string; completed: number };

function yearSums(office: Office, projectIds: readonly string[], from: string, to: string): Map<string, MonthSum[]> {
  const rows = office.store.all(
    query
      .selectFrom("monthly_progress")
      .select(["project_id", "month", "completed_investment"])
      .where("project_id", "in", inList(projectIds))
      .where("month", ">=", from)
      .where("month", "<=", to)
      .where("archived_on", "is", null)
      .where("completed_investment", "is not", null),
  );
  const sums = new Map<string, MonthSum[]>();
  for (const { project_id, month, completed_investment } of rows) {
    const known = sums.get(project_id) ?? [];
    known.push({ month, completed: completed_investment ?? 0 });
    sums.set(project_id, known);
  }
  return sums;
}

/** Null while no month up to this one has reported an amount: nothing reported is not nothing done. */
function sumUpTo(months: readonly MonthSum[] | undefined, month: string): number | null {
  const counted = (months ?? []).filter((each) => each.month <= month);
  return counted.length === 0 ? null : counted.reduce((sum, { completed }) => sum + completed, 0);
}

const keyOf = (projectId: string, month: string) => `${month} ${projectId}`;
const inList = (values: readonly string[]) => sql<string>`(select value from json_each(${JSON.stringify(values)}))`;
