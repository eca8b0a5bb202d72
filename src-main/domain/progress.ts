/**
 * Investment progress. 序时进度 = months elapsed ÷ 12; 超(欠)序时 = completion % − time %, in percentage
 * points (S2).
 */

/** Completion in percent of the annual plan; null without a plan. Amounts in hundredths of 万元 (or any one unit). */
export function completionPercent(completed: number | null, annualPlan: number | null): number | null {
  if (completed === null || annualPlan === null || annualPlan === 0) return null;
  return (completed / annualPlan) * 100;
}

/** Time progress in percent after `months` (0–12) elapsed months. */
export function timePercent(months: number): number {
  return (months / 12) * 100;
}

/** Lead (positive) or lag (negative) over time progress, in percentage points; null without a plan. */
export function leadPoints(completed: number | null, annualPlan: number | null, months: number): number | null {
  const percent = completionPercent(completed, annualPlan);
  return percent === null ? null : percent - timePercent(months);
}

/** 超序时 or 欠序时 in words: "超序时 3.2 个百分点"; empty when it cannot be said. */
export function leadWords(points: number | null): string {
  if (points === null) return "";
  return `${points < 0 ? "欠" : "超"}序时 ${Math.abs(points).toFixed(1)} 个百分点`;
}
