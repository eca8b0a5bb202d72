/** What a closed month says of a project, and what the records say of it now, in words. */
import { groupedMoney } from "./money.ts";
import { type EntityName, registry } from "./registry.ts";
import type { Correction, ProjectFigures, StatementTotals } from "./statement.ts";
import { keysOf, type Light, lights } from "./values.ts";

const { fields } = registry.statement_line;

const labels: Record<keyof ProjectFigures, string> = {
  light: fields.light.label,
  nodesDue: fields.nodes_due.label,
  nodesDone: fields.nodes_done.label,
  nodesOverdue: fields.nodes_overdue.label,
  annualPlan: fields.annual_plan.label,
  monthPlanned: fields.month_planned.label,
  monthCompleted: fields.month_completed.label,
  yearCompleted: fields.year_completed.label,
};

/** Records that each figure is made from. */
const sources: Record<keyof ProjectFigures, readonly EntityName[]> = {
  light: ["node", "project", "monthly_progress", "annual_plan", "fund"],
  nodesDue: ["node"],
  nodesDone: ["node"],
  nodesOverdue: ["node"],
  annualPlan: ["annual_plan", "project"],
  monthPlanned: ["monthly_progress"],
  monthCompleted: ["monthly_progress"],
  yearCompleted: ["monthly_progress"],
};

/** The kinds of records of which a change may have changed these figures; all there are when none is named. */
export function sourcesOf(changes: Correction["changes"] = []): ReadonlySet<EntityName> {
  const changed = keysOf(labels).filter((name) => changes.some(({ label }) => label === labels[name]));
  return new Set((changed.length > 0 ? changed : keysOf(labels)).flatMap((name) => sources[name]));
}

type Listed = Pick<Correction, "month" | "projectId" | "changes">;

/** Whether one of these statements, in their order, has listed a correction as it is now: it is listed only once. */
export function listedIn(statements: readonly Pick<StatementTotals, "corrections">[]): (correction: Listed) => boolean {
  const keyOf = ({ month, projectId }: Listed) => `${month} ${projectId}`;
  const known = new Map(
    statements.flatMap(({ corrections }) => corrections.map((each) => [keyOf(each), JSON.stringify(each.changes)])),
  );
  return (correction) => known.get(keyOf(correction)) === JSON.stringify(correction.changes);
}

/** The figures that differ, each with both values. */
export function changesBetween(frozen: ProjectFigures, now: ProjectFigures): Correction["changes"] {
  return keysOf(labels).flatMap((name) =>
    frozen[name] === now[name]
      ? []
      : [{ label: labels[name], frozen: text(name, frozen[name]), now: text(name, now[name]) }],
  );
}

function text(name: keyof ProjectFigures, value: string | number | null): string {
  if (value === null) return "未填";
  if (name === "light") return lights[value as Light];
  return name.startsWith("nodes") ? String(value) : `${groupedMoney(Number(value), "万元")} 万元`;
}
