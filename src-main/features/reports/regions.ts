/** 投资进度 by region: what each planned and completed, and the lead over 序时 in percentage points. */
import { sql } from "kysely";
import type { RegionProgress } from "#contract/monthly-reports.ts";
import { completionPercent, leadPoints } from "#domain/progress.ts";
import type { Office } from "#features/office.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { byRegion } from "#features/plans/regions.ts";
import { activeProjects, projectFacts, reportOfMonth, rowsOf } from "#features/project-facts.ts";

type Sums = Omit<RegionProgress, "officeId" | "name" | "percent" | "lead">;

/** Regions right below `rootId` with their projects, January to `month`; the total is the sum of the rows. */
export function investmentByRegion(
  office: Office,
  month: string,
  rootId: string,
): { rows: RegionProgress[]; total: RegionProgress } {
  const perOffice = officeSums(office, month, rootId);
  const rows = byRegion(office, rootId, perOffice, ({ officeId, name }) => blank(officeId, name), addTo);
  const total = blank(rootId, "合计");
  for (const row of rows) addTo(total, row);
  const elapsed = Number(month.slice(5));
  return { rows: rows.map((row) => rated(row, elapsed)), total: rated(total, elapsed) };
}

const sumNames = [
  "projects",
  "planned",
  "plan",
  "completed",
  "completedOfPlanned",
  "monthPlanned",
  "monthCompleted",
] as const satisfies readonly (keyof Sums)[];

function blank(officeId: string, name: string): RegionProgress {
  const sums = Object.fromEntries(sumNames.map((each) => [each, 0])) as Sums;
  return { officeId, name, ...sums, percent: null, lead: null };
}

function addTo(sum: RegionProgress, row: Sums): void {
  for (const name of sumNames) sum[name] += row[name];
}

function rated(row: RegionProgress, months: number): RegionProgress {
  const { completedOfPlanned, plan } = row;
  return {
    ...row,
    percent: completionPercent(completedOfPlanned, plan),
    lead: leadPoints(completedOfPlanned, plan, months),
  };
}

/** One row per office with active projects. Every index it walks covers what is asked, so that no row is read. */
function officeSums(office: Office, month: string, rootId: string): (Sums & { office_id: string })[] {
  const year = month.slice(0, 4);
  const completed = sql`(select sum(completed_investment) from monthly_progress indexed by monthly_progress_by_project
    where project_id = project.id and month between ${`${year}-01`} and ${month} and archived_on is null)`;
  const sum = (of: string) => sql`coalesce(sum(${sql.raw(of)}), 0)`;
  return rowsOf(
    office.store,
    sql<Sums & { office_id: string }>`select office_id, count(*) as projects, ${sum("plan is not null")} as planned,
      ${sum("plan")} as plan, ${sum("completed")} as completed,
      ${sum("iif(plan is not null, completed, null)")} as completedOfPlanned,
      ${sum("monthPlanned")} as monthPlanned, ${sum("monthCompleted")} as monthCompleted
      from (select project.office_id, ${planOfYear(Number(year))} as plan, ${completed} as completed,
          report.planned_investment as monthPlanned, report.completed_investment as monthCompleted
        from ${projectFacts} left join ${reportOfMonth(month)}
        where ${activeProjects(office, { officeId: rootId })})
      group by office_id`,
  );
}
