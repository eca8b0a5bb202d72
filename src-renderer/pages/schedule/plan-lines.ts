import type { NodeRow } from "#contract/ledger.ts";
import { isLocked } from "#domain/review.ts";
import type { PlannedItem } from "#domain/schedule.ts";
import { nameKey, type ScheduleItem } from "#domain/template.ts";

/** What is done with one line of the plan. */
export const planActs = { add: "新建", move: "改为新日期", skip: "不动" } as const;
export type PlanAct = keyof typeof planActs;

export type PlanLine = PlannedItem & {
  act: PlanAct;
  /** The project's node of the same name. */
  existing: NodeRow | null;
  /** Name of the line that must be done before. */
  after: string | null;
};

/** The plan beside what the project has: a node of the same name is left as it is until the clerk says otherwise. */
export function planLines(
  planned: readonly PlannedItem[],
  items: readonly ScheduleItem[],
  nodes: readonly NodeRow[],
): PlanLine[] {
  const byName = new Map(nodes.map((node) => [nameKey(node.name), node]));
  return planned.map((item, at) => {
    const existing = byName.get(nameKey(item.name)) ?? null;
    return { ...item, existing, act: existing ? "skip" : "add", after: items[at]?.after ?? null };
  });
}

export function isWritten({ act }: PlanLine): boolean {
  return act !== "skip";
}

/** The acts open to a line: what is done or was sent up keeps its plan. */
export function openPlanActs({ existing }: PlanLine): PlanAct[] {
  if (!existing) return ["add", "skip"];
  return existing.actual_on !== null || isLocked(existing.audit_state) ? ["skip"] : ["skip", "move"];
}

/** What the clerk should look at before the plan is made, in words; empty when nothing. */
export function planRemark(line: PlanLine, lines: readonly PlanLine[], today: string): string {
  const { existing, plannedOn, act } = line;
  const remarks: string[] = [];
  if (existing) {
    const state = existing.actual_on ? `已于 ${existing.actual_on} 完成` : `计划 ${existing.planned_on ?? "未定"}`;
    const locked = !existing.actual_on && isLocked(existing.audit_state) ? "，已上报" : "";
    remarks.push(`已有同名节点（${state}${locked}）`);
  }
  if (act !== "skip" && plannedOn !== null) {
    if (plannedOn < today) remarks.push("日期已过");
    const before = lines.find(({ name }) => name === line.after);
    const beforeOn = before && dayOf(before);
    if (beforeOn && beforeOn > plannedOn) remarks.push(`早于前一项“${before.name}”（${beforeOn}）`);
  }
  return remarks.join("；");
}

/** The day that will stand once the plan is made. */
function dayOf({ act, existing, plannedOn }: PlanLine): string | null {
  return act === "skip" ? (existing?.actual_on ?? existing?.planned_on ?? null) : plannedOn;
}
