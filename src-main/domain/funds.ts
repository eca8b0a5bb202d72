/**
 * R-18 (S2): the year's central and special funds must all turn into actual spending and physical work.
 * 支付率 = paid ÷ arranged (§7). Amounts are hundredths of 万元.
 */
import type { Row } from "./registry.ts";
import type { fundSources } from "./values.ts";

type FundSource = keyof typeof fundSources;
type Payment = Pick<Row<"fund">, "arranged" | "paid">;

/** The sources of list 6 (中央资金项目清单, S2), of which the rule speaks. */
export const watchedSources: readonly FundSource[] = ["central_budget", "special_bond", "policy_finance"];

/** Paid in percent of arranged; null while nothing is arranged. */
export function paymentPercent({ arranged, paid }: Payment): number | null {
  return arranged === null || arranged === 0 ? null : ((paid ?? 0) / arranged) * 100;
}

/** What is arranged and not yet paid; never negative. */
export function unpaid({ arranged, paid }: Payment): number {
  return Math.max(0, (arranged ?? 0) - (paid ?? 0));
}

/**
 * True when a fund is to be warned of on `date`: a watched source, not wholly paid, and either its year is over or
 * its year has come to `fromMonth` (1–12). The source gives no month: null (not set) warns of nothing.
 */
export function isPaymentLate(
  fund: Payment & Pick<Row<"fund">, "year" | "source">,
  date: string,
  fromMonth: number | null,
): boolean {
  if (fromMonth === null || !watchedSources.includes(fund.source) || unpaid(fund) === 0) return false;
  return date.slice(0, 7) >= lateFrom(fund.year, fromMonth);
}

/** The month from which a fund of `year` counts as late. */
export function lateFrom(year: number, fromMonth: number): string {
  return `${year}-${String(fromMonth).padStart(2, "0")}`;
}
