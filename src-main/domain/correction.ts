/** What a closed month says of a project, and what the records say of it now, in words. */
import { groupedMoney } from "./money.ts";
import { registry } from "./registry.ts";
import type { Correction, ProjectFigures } from "./statement.ts";
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
