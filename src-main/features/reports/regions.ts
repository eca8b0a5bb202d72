/** 投资进度 by region: what each planned and completed, and the lead over 序时 in percentage points. */
import { sql } from "kysely";
import type { RegionProgress } from "#contract/monthly-reports.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { completionPercent, leadPoints } from "#domain/progress.ts";
import { basisOf } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import type { Office } from "#features/office.ts";
import { byRegion } from "#features/plans/regions.ts";
import { rowsOf } from "#features/project-facts.ts";

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

/** One row per office with active projects. */
function officeSums(office: Office, month: string, rootId: string): (Sums & { office_id: string })[] {
  const { store, offices } = office;
  const sum = (of: string) => sql`coalesce(sum(${sql.raw(of)}), 0)`;
  return rowsOf(
    store,
    sql<Sums & { office_id: string }>`select managed_by as office_id, count(*) as projects,
      ${sum("annual_plan is not null")} as planned, ${sum("annual_plan")} as plan, ${sum("year_completed")} as completed,
      ${sum("iif(annual_plan is not null, year_completed, null)")} as completedOfPlanned,
      ${sum("month_planned")} as monthPlanned, ${sum("month_completed")} as monthCompleted
      from ${figuresOn(store, basisOf(office, month))}
      where is_archived = 0 and managed_by in (${sql.join([...subtreeIds(offices, rootId)])}) group by managed_by`,
  );
}
