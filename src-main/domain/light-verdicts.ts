/**
 * The rules of light-profiles.ts that look at more than nodes, each as a pure function of the figures it needs.
 * Amounts are hundredths of 万元. Boundaries are compared in whole numbers, so that "含30" is exact.
 */
import { addDays, addMonths, monthOf, monthRange } from "./calendar.ts";
import type { LightProfiles } from "./light-profiles.ts";
import type { Light, StatsState } from "./values.ts";

/** A light and why it shines, in one sentence; empty where nothing needs saying. */
export type Verdict = { light: Light; reason: string };

export const noVerdict: Verdict = { light: "none", reason: "" };
const green: Verdict = { light: "green", reason: "" };

/** 三亚: only projects with an annual plan of 1000万元 or more. */
export const SANYA_MIN_PLAN = 100_000;

/** The last month that is over at the end of `date`: rules by the month count whole months only. */
export function lastWholeMonth(date: string): string {
  const month = monthOf(date);
  return monthRange(month).last === date ? month : addMonths(month, -1);
}

/** Whole months of `date`'s year that are over: 0 to 12. */
export function wholeMonths(date: string): number {
  const month = lastWholeMonth(date);
  return month.startsWith(date.slice(0, 4)) ? Number(month.slice(5)) : 0;
}

/** `completed` in the first `months` months of the year. */
export type InvestmentFacts = { completed: number | null; plan: number | null; months: number };

export function investmentVerdict(
  profile: LightProfiles["investment"],
  { completed, plan, months }: InvestmentFacts,
): Verdict {
  if (profile === "none" || completed === null || plan === null || plan === 0 || months === 0) return noVerdict;
  const due = plan * months;
  const done = completed * 12;
  const missing = due - done;
  if (profile === "wuhan") {
    const reason = `投资完成进度为序时进度的 ${percentText(done, due)}%`;
    if (done * 10 < due * 6) return { light: "red", reason };
    return done * 10 < due * 8 ? { light: "yellow", reason } : noVerdict;
  }
  if (profile === "sanya") {
    if (plan < SANYA_MIN_PLAN) return noVerdict;
    if (missing <= 0) return green;
    const reason = `投资低于序时进度 ${percentText(missing, due)}%`;
    return { light: missing * 2 <= due ? "yellow" : "red", reason };
  }
  if (missing <= 0) return green;
  const reason = `投资欠序时 ${percentText(missing, plan * 12)} 个百分点`;
  if (missing * 100 > 30 * plan * 12) return { light: "red", reason };
  return missing * 100 >= 10 * plan * 12 ? { light: "yellow", reason } : noVerdict;
}

/** Sums of the year over the funds the profile looks at; `requiredPercent` is the city's setting, null while not set. */
export type FundFacts = { arranged: number; paid: number; requiredPercent: number | null };

export function fundVerdict(profile: LightProfiles["fund"], { arranged, paid, requiredPercent }: FundFacts): Verdict {
  if (profile === "none" || arranged === 0 || requiredPercent === null) return noVerdict;
  const due = arranged * requiredPercent;
  const missing = due - paid * 100;
  if (missing <= 0) return green;
  const what = profile === "tianjin" ? "专项债支付率" : "资金支付率";
  const reason = `${what} ${percentText(paid, arranged)}%，低于要求的 ${requiredPercent}%`;
  return { light: profile === "tianjin" && missing * 10 <= due * 3 ? "yellow" : "red", reason };
}

export type StatsFacts = { state: StatsState | null; startedOn: string | null; enteredOn: string | null };

export function statsVerdict(
  profile: LightProfiles["stats"],
  { state, startedOn, enteredOn }: StatsFacts,
  date: string,
): Verdict {
  if (profile === "none" || state === "not_required") return noVerdict;
  if (state === "entered" && (enteredOn === null || enteredOn <= date)) return green;
  if (startedOn === null || startedOn > statsBounds(date).yellowFrom) return noVerdict;
  const light = startedOn <= statsBounds(date).redFrom ? "red" : "yellow";
  return { light, reason: `${startedOn} 开工，${light === "red" ? "超过 2 个月" : "满 1 个月"}未入库` };
}

/** Starts up to `yellowFrom` are a month ago on `date`; those up to `redFrom` more than two months. */
export function statsBounds(date: string): { yellowFrom: string; redFrom: string } {
  return { yellowFrom: latestDayMonthsAgo(date, 1), redFrom: latestDayMonthsAgo(addDays(date, -1), 2) };
}

/** The latest day from which so many months are over on `date`; the 31st and the 28th of February end a month alike. */
function latestDayMonthsAgo(date: string, months: number): string {
  const { last } = monthRange(addMonths(monthOf(date), -months));
  if (monthRange(monthOf(date)).last === date) return last;
  const sameDay = `${last.slice(0, 8)}${date.slice(8)}`;
  return sameDay < last ? sameDay : last;
}

export type StartFacts = { plannedOn: string | null; startedOn: string | null };

export function startVerdict(
  profile: LightProfiles["start"],
  { plannedOn, startedOn }: StartFacts,
  date: string,
): Verdict {
  if (profile === "none" || plannedOn === null) return noVerdict;
  const planned = monthOf(plannedOn);
  if (startedOn !== null && startedOn <= date) return monthOf(startedOn) <= planned ? green : noVerdict;
  const last = lastWholeMonth(date);
  if (last < planned) return noVerdict;
  const light = last >= addMonths(planned, 2) ? "red" : "yellow";
  return { light, reason: `计划 ${planned} 开工，${light === "red" ? "连续 3 个月以上" : ""}应开工未开工` };
}

/** Whether a node's name says that it is the start of building. */
export function isStartNode(name: string): boolean {
  return name.endsWith("开工") || name.endsWith("开工建设");
}

/** One decimal, never rounded up to a whole that was not reached. */
function percentText(part: number, whole: number): string {
  return (Math.floor((part * 1000) / whole) / 10).toFixed(1);
}
