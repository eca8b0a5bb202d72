/**
 * 倒排工期 (R-06, S0) plans a project's nodes backwards from the day it must be complete. S0 gives
 * neither nodes nor days; both come from a template of the city (template.ts) and count calendar days. “顺延” moves
 * what follows a node that slips; what is done or has been sent up for review stays where it is.
 */
import { addDays } from "./calendar.ts";
import type { Row } from "./registry.ts";
import { isLocked } from "./review.ts";
import type { ScheduleItem } from "./template.ts";

/** An item with its day; null where the template sets no days to reach it. */
export type PlannedItem = { name: string; responsibleUnit: string; plannedOn: string | null };

/**
 * The latest day of every item, in the template's order: early enough for the days before completion that it names,
 * and for all that follows it. The last item, and any that ends a chain, falls on the completion day itself.
 */
export function planBackwards(items: readonly ScheduleItem[], completionOn: string): PlannedItem[] {
  const known = new Map<string, string | null>();
  const latest = (item: ScheduleItem): string | null => {
    const before = known.get(item.name);
    if (before !== undefined) return before;
    // A chain that runs in a circle (no stored template does) ends here.
    known.set(item.name, null);
    const day = earliest([ownDay(item), ...items.filter(({ after }) => after === item.name).map(startOf)]);
    known.set(item.name, day);
    return day;
  };
  const startOf = (item: ScheduleItem): string | null => {
    const end = latest(item);
    return end === null || item.duration === null ? null : addDays(end, -item.duration);
  };
  const ownDay = (item: ScheduleItem): string | null => {
    if (item.daysBefore !== null) return addDays(completionOn, -item.daysBefore);
    const isFollowed = items.some(({ after }) => after === item.name);
    return !isFollowed && (item.after !== null || item === items.at(-1)) ? completionOn : null;
  };
  return items.map((item) => ({
    name: item.name,
    responsibleUnit: item.responsibleUnit,
    plannedOn: latest(item),
  }));
}

function earliest(days: readonly (string | null)[]): string | null {
  return days.reduce((least, day) => (day !== null && (least === null || day < least) ? day : least), null);
}

type ShiftedNode = Pick<Row<"node">, "id" | "name" | "planned_on" | "actual_on" | "audit_state" | "position">;

export type Shift<N> = {
  /** The node itself and what follows it, with the new day. */
  moved: { node: N; from: string; to: string }[];
  /** What follows it and stays: done, or sent up for review. */
  kept: N[];
};

/** True while the plan of a node may be moved. */
export function isMovable({ planned_on, actual_on, audit_state }: ShiftedNode): boolean {
  return planned_on !== null && actual_on === null && !isLocked(audit_state);
}

/**
 * Moves a node and all that follows it by so many calendar days (back when negative). What follows: the nodes planned
 * later, and on the same day those further down the list. Nothing moves when the node itself may not.
 */
export function planShift<N extends ShiftedNode>(nodes: readonly N[], nodeId: string, days: number): Shift<N> {
  const planned = nodes.filter(({ planned_on }) => planned_on !== null).sort(inPlanOrder);
  const from = planned.findIndex(({ id }) => id === nodeId);
  const first = planned[from];
  if (!first || !isMovable(first)) return { moved: [], kept: [] };
  const following = planned.slice(from);
  return {
    moved: following.filter(isMovable).map((node) => {
      const day = node.planned_on ?? "";
      return { node, from: day, to: addDays(day, days) };
    }),
    kept: following.filter((node) => !isMovable(node)),
  };
}

function inPlanOrder(left: ShiftedNode, right: ShiftedNode): number {
  const byDay = (left.planned_on ?? "").localeCompare(right.planned_on ?? "");
  return byDay || (left.position ?? 0) - (right.position ?? 0) || (left.id < right.id ? -1 : 1);
}
