/** The figures of the books in words. */
import { groupedMoney } from "./money.ts";
import { completionPercent, leadPoints } from "./progress.ts";
import { type Figures, nodeCompletionPercent } from "./statement.ts";

/** "85.7%"; empty when nothing was due. */
export function rateText(figures: Figures): string {
  return percentText(nodeCompletionPercent(figures));
}

export function percentText(percent: number | null): string {
  return percent === null ? "" : `${percent.toFixed(1)}%`;
}

/** "1,787"; empty for none. */
export function countCell(count: number): string {
  return count === 0 ? "" : count.toLocaleString("zh-CN");
}

/** 万元 without the unit; empty for nothing. */
export function moneyCell(hundredths: number | null): string {
  return hundredths === null || hundredths === 0 ? "" : groupedMoney(hundredths, "万元");
}

/** 年度投资完成率 of the projects that have a plan. */
export function completionText({ completedOfPlanned, annualPlan }: Figures): string {
  return percentText(completionPercent(completedOfPlanned, annualPlan));
}

/** "超 3.2" or "欠 12.5", percentage points. `months` of the year are over. */
export function leadText(completed: number | null, annualPlan: number | null, months: number): string {
  return leadCell(leadPoints(completed, annualPlan, months));
}

/** Points over or under 序时 as "超 3.2" or "欠 12.5"; empty without a plan. */
export function leadCell(points: number | null): string {
  return points === null ? "" : `${points < 0 ? "欠" : "超"} ${Math.abs(points).toFixed(1)}`;
}
