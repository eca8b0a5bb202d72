/**
 * Lights of nodes. Rule R-09 (2018 press, S3): a node on or ahead of plan is green, slow is
 * yellow, not done by plan is red. The source gives no number of days (see README.md), so every threshold
 * is a setting that the city sets and the sheets print.
 */
import { addDays, daysBetween } from "./calendar.ts";
import type { AuditState, Light } from "./values.ts";

export type LightThresholds = {
  /** An unfinished node turns yellow this many days before its planned day; null while not set: never before it is late. */
  yellowDaysBefore: number | null;
  /** An unfinished node turns red when it is overdue by more than this many days; until then it is yellow. */
  redAfterDays: number;
  /** From which audit state a completion counts. */
  countsFrom: "submitted" | "approved";
};

export type LightNode = { planned_on: string | null; actual_on: string | null; audit_state: AuditState };

/** Audit states in which a completion counts as done. */
export function countingStates(countsFrom: LightThresholds["countsFrom"]): AuditState[] {
  return countsFrom === "approved" ? ["approved"] : ["submitted", "approved"];
}

/** True when the node's completion counts on `date`. */
export function isDone(node: LightNode, date: string, thresholds: LightThresholds): boolean {
  return (
    node.actual_on !== null &&
    node.actual_on <= date &&
    countingStates(thresholds.countsFrom).includes(node.audit_state)
  );
}

/** The light of one node on `date` by the rule of Dalian; "none" without a planned day. */
export function nodeLight(node: LightNode, date: string, thresholds: LightThresholds): Light {
  return nodeLights(date, thresholds)(node);
}

/** The lights of many nodes on one day. */
export function nodeLights(date: string, thresholds: LightThresholds): (node: LightNode) => Light {
  const bounds = lightBounds(date, thresholds);
  return (node) => lightWithin(node, date, thresholds, bounds);
}

function lightWithin(
  node: LightNode,
  date: string,
  thresholds: LightThresholds,
  bounds: ReturnType<typeof lightBounds>,
): Light {
  if (node.planned_on === null) return "none";
  if (isDone(node, date, thresholds)) {
    return (node.actual_on as string) <= node.planned_on ? "green" : "yellow";
  }
  if (node.planned_on < bounds.redBefore) return "red";
  return node.planned_on <= bounds.yellowUntil ? "yellow" : "green";
}

/**
 * The planned days between which an unfinished node is red (earlier than `redBefore`) or yellow (up to and
 * including `yellowUntil`) on `date`. The project list asks SQLite with the same two days. While no days before are
 * set, the planned day itself is still green.
 */
export function lightBounds(date: string, thresholds: LightThresholds): { redBefore: string; yellowUntil: string } {
  return {
    redBefore: addDays(date, -thresholds.redAfterDays),
    yellowUntil: addDays(date, thresholds.yellowDaysBefore ?? -1),
  };
}

/** When a node is red or yellow by the rule of Dalian, as screens and sheets say it after the word 节点. */
export function dalianWords({ yellowDaysBefore, redAfterDays }: LightThresholds): { red: string; yellow: string } {
  const late = redAfterDays > 0 ? [`逾期未超过 ${redAfterDays} 天`, "逾期完成"] : ["逾期完成"];
  const early = (days: number) => `${days > 0 ? `到期前 ${days} 天内` : "到期当天"}尚未完成`;
  return {
    red: `${redAfterDays > 0 ? `逾期超过 ${redAfterDays} 天` : "逾期"}仍未完成`,
    yellow:
      yellowDaysBefore === null
        ? `${late.join("，或")}（到期前天数市级未设定，到期前不亮黄灯）`
        : [early(yellowDaysBefore), ...late].join("，或"),
  };
}

/** Days ahead of plan (positive) or behind it (negative): plan − actual, or plan − date while unfinished and overdue. */
export function daysAhead(node: LightNode, date: string): number | null {
  if (node.planned_on === null) return null;
  if (node.actual_on !== null) return daysBetween(node.actual_on, node.planned_on);
  return node.planned_on < date ? daysBetween(date, node.planned_on) : null;
}

/** daysAhead in words: "提前 3 天", "按期" or "滞后 5 天" once done, "逾期 5 天" while it is not; empty while nothing can be said. */
export function leadText({ daysAhead, actual_on }: { daysAhead: number | null; actual_on: string | null }): string {
  if (daysAhead === null) return "";
  if (daysAhead === 0) return actual_on ? "按期" : "";
  if (daysAhead > 0) return `提前 ${daysAhead} 天`;
  return actual_on ? `滞后 ${-daysAhead} 天` : `逾期 ${-daysAhead} 天`;
}
