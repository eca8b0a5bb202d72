/** 年度计划 and 分月计划 of one project (F04, R-02). Rules: domain/annual-plan.ts. */
import type { plans as contract, ProjectYear } from "#contract/plans.ts";
import { goalOfYear, monthsOf, planGap, planOfYear, spreadEvenly } from "#domain/annual-plan.ts";
import { monthOf } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { lastWholeMonth } from "#domain/light-verdicts.ts";
import { completionPercent, leadPoints } from "#domain/progress.ts";
import type { Row, Values } from "#domain/registry.ts";
import { formValues } from "#features/entry.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { monthWrites } from "#features/reports/reports.ts";
import { reportRows } from "#features/reports/rows.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";

export const plans: Handlers<typeof contract> = {
  year: (office, { projectId, year, asOf }) => projectYear(office, projectId, year, asOf),

  saveYear: (office, { projectId, year, values }) => {
    const given = formValues("annual_plan", values, ["project_id", "year"]);
    office.editableProject(projectId);
    const identity = { project_id: projectId, year };
    const id = newId("annual_plan", identity);
    const stored = office.store.first(query.selectFrom("annual_plan").select("archived_on").where("id", "=", id));
    // Undoing the first entry of a year archives it; entering again brings it back, blank but for what is given.
    const restored: Values<"annual_plan"> = stored?.archived_on
      ? { planned_investment: null, goal: null, note: null, archived_on: null }
      : {};
    return office.write("save_plan", id, [
      { entity: "annual_plan", id, values: { ...restored, ...identity, ...given } },
    ]);
  },

  saveMonths: (office, { projectId, months }) => {
    const writes = months.flatMap(({ month, values }) => monthWrites(office, month, [{ projectId, values }], []));
    return office.write("save_plan", projectId, writes);
  },

  spread: (office, { projectId, year }) => {
    office.editableProject(projectId);
    const { plan, months } = projectYear(office, projectId, year, office.today);
    if (!plan) throw new Failure("plan_missing", { year });
    const shares = spreadEvenly(
      plan.amount,
      months.map(({ month, planned_investment: planned, lockedReason }) => ({
        month,
        planned,
        isLocked: lockedReason !== "",
      })),
    );
    if (!shares) throw new Failure("plan_exceeded");
    const writes = [...shares].flatMap(([month, planned_investment]) =>
      monthWrites(office, month, [{ projectId, values: { planned_investment } }], []),
    );
    return office.write("save_plan", projectId, writes);
  },
};

/** Throws Failure not_found. */
export function projectYear(office: Office, projectId: string, year: number, asOf: string): ProjectYear {
  const project = office.store.first(query.selectFrom("project").selectAll().where("id", "=", projectId));
  if (!project) throw new Failure("not_found", { what: "项目" });
  const annual = annualPlanOf(office, projectId, year);
  const plan = planOfYear(project, annual ?? undefined, year);
  const months = reportRows(office, [projectId], monthsOf(year));
  const planned = months.map(({ planned_investment }) => planned_investment);
  const completedIn = (elapsed: number) => months[elapsed - 1]?.yearCompleted ?? null;
  const completed = completedIn(monthsElapsed(year, monthOf(asOf)));
  const leadMonths = monthsElapsed(year, lastWholeMonth(asOf));
  const amount = plan?.amount ?? null;
  return {
    year,
    annual,
    plan,
    goal: goalOfYear(project, annual ?? undefined, year),
    ledgerAsOf: plan?.source === "ledger" ? project.as_of : null,
    months,
    monthsPlanned: planned.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    gap: planGap(amount, planned),
    completed,
    percent: completionPercent(completed, amount),
    lead: leadPoints(completedIn(leadMonths), amount, leadMonths),
    leadMonths,
    years: yearsOf(office, projectId, Number(asOf.slice(0, 4))),
  };
}

/** Months of `year` up to `month`: a year that is over has all twelve, one to come none. */
function monthsElapsed(year: number, month: string): number {
  if (month < `${year}-01`) return 0;
  return month > `${year}-12` ? 12 : Number(month.slice(5));
}

function annualPlanOf(office: Office, projectId: string, year: number): Row<"annual_plan"> | null {
  const found = office.store.first(
    query
      .selectFrom("annual_plan")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("year", "=", year)
      .where("archived_on", "is", null),
  );
  if (!found) return null;
  const { versions: _, touched_by: __, ...row } = found;
  return row;
}

/** Years with a plan or with reports, this year and the next, newest first. */
function yearsOf(office: Office, projectId: string, thisYear: number): number[] {
  const planned = office.store.all(
    query.selectFrom("annual_plan").select("year").where("project_id", "=", projectId).where("archived_on", "is", null),
  );
  const reported = office.store.all(
    query
      .selectFrom("monthly_progress")
      .select("month")
      .distinct()
      .where("project_id", "=", projectId)
      .where("archived_on", "is", null),
  );
  const years = [...planned.map(({ year }) => year), ...reported.map(({ month }) => Number(month.slice(0, 4)))];
  return [...new Set([...years, thisYear, thisYear + 1])].sort((left, right) => right - left);
}
