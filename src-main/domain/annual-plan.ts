/**
 * R-02 (S2): 六个清单 are formed at the start of each year and each plan is split to the month. The plan of a project
 * for a year, from its annual plan or from the ledger's column, and how it is shared among the months.
 * Amounts are hundredths of 万元.
 */
import { groupedMoney } from "./money.ts";
import type { Row } from "./registry.ts";

/** Where a figure comes from: the annual plan of that year, or the ledger's column as a sheet brought it. */
export type PlanSource = "plan" | "ledger";
export type YearPlan = { amount: number; source: PlanSource } | null;

type LedgerFigure = Pick<Row<"project">, "annual_plan_investment" | "as_of">;
type Ledger = LedgerFigure & Pick<Row<"project">, "annual_goal">;
type AnnualPlan = Pick<Row<"annual_plan">, "planned_investment" | "goal">;

/**
 * The one rule of which figure is the plan of `year`: the annual plan's when it names an amount; else the ledger's,
 * which is of the year of its 资料截至 and, without that day, of any year asked for. Null when neither says anything.
 */
export function planOfYear(
  project: LedgerFigure,
  plan: Pick<Row<"annual_plan">, "planned_investment"> | undefined,
  year: number,
): YearPlan {
  const planned = plan?.planned_investment ?? null;
  if (planned !== null) return { amount: planned, source: "plan" };
  const { annual_plan_investment: figure } = project;
  return figure === null || !isOfYear(project, year) ? null : { amount: figure, source: "ledger" };
}

/** 年计划形象进度 of a year, by the same rule. */
export function goalOfYear(project: Ledger, plan: AnnualPlan | undefined, year: number): string | null {
  return plan?.goal || (isOfYear(project, year) ? project.annual_goal : null);
}

function isOfYear({ as_of }: Pick<LedgerFigure, "as_of">, year: number): boolean {
  return as_of === null || as_of.startsWith(`${year}-`);
}

/** A project whose two columns of the annual plan say what the rule says of `year`: what sheets and cards print. */
export function inYear<P extends Ledger>(project: P, plan: AnnualPlan | undefined, year: number): P {
  return {
    ...project,
    annual_plan_investment: planOfYear(project, plan, year)?.amount ?? null,
    annual_goal: goalOfYear(project, plan, year),
  };
}

/** What the months planned differ from the annual plan: positive when the months have too much; null without a plan. */
export function planGap(annual: number | null, months: readonly (number | null)[]): number | null {
  return annual === null ? null : months.reduce<number>((sum, each) => sum + (each ?? 0), 0) - annual;
}

/** planGap as it follows the months' sum: "，比年度计划少，差 120 万元"; empty without a plan. */
export function gapWords(gap: number | null): string {
  if (gap === null) return "";
  if (gap === 0) return "，与年度计划一致";
  return `，比年度计划${gap < 0 ? "少" : "多"}，差 ${groupedMoney(Math.abs(gap), "万元")} 万元`;
}

/** One month of a plan; what is locked (its report was sent up) keeps its amount. */
export type PlannedMonth = { month: string; planned: number | null; isLocked: boolean };

/** One whole 万元. */
const WHOLE = 100;

/**
 * 平均分到各月: what the locked months leave of the annual plan, in equal whole 万元, the rest in the last open month,
 * so that the sum is exact. Null when nothing is open or the locked months already exceed the plan.
 */
export function spreadEvenly(annual: number, months: readonly PlannedMonth[]): Map<string, number> | null {
  const open = months.filter(({ isLocked }) => !isLocked).map(({ month }) => month);
  const taken = months.reduce((sum, { isLocked, planned }) => sum + (isLocked ? (planned ?? 0) : 0), 0);
  const rest = annual - taken;
  if (open.length === 0 || rest < 0) return null;
  const share = Math.floor(rest / open.length / WHOLE) * WHOLE;
  const last = rest - share * (open.length - 1);
  return new Map(open.map((month, at) => [month, at === open.length - 1 ? last : share]));
}

/** The twelve months of a year. */
export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}`);
}
