/**
 * Corrections (更正): where the records now say otherwise of a closed month than its statement, which itself never
 * changes. Measured by the rules that the statement keeps.
 */
import { sql } from "kysely";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { groupedMoney } from "#domain/money.ts";
import { registry } from "#domain/registry.ts";
import type { Correction, ProjectFigures } from "#domain/statement.ts";
import { type Light, lights } from "#domain/values.ts";
import type { Basis } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import { recordTitle, touchesOfProject } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { stampMs } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
import { query } from "#store/store.ts";
import { recordsOfSubjects } from "#sync/scope.ts";
import { figureColumns } from "./figures.ts";
import { type Statement, statementsOf } from "./statements.ts";

/** So many are worked out with who and when; the total counts all. */
const SHOWN = 100;
/** Changes named for one project. */
const CAUSES = 5;

type Difference = Record<string, string | number | null> & {
  project_id: string;
  project_name: string;
  office_name: string;
};

export function correctionsOf(office: Office, statement: Statement): { corrections: Correction[]; total: number } {
  const different = differences(office, statement);
  const corrections = different.slice(0, SHOWN).map((row) => correction(office, statement, row));
  return { corrections, total: different.length };
}

/** Corrections of the months closed before `month` that came to be known since the statement before it. */
export function newCorrections(office: Office, month: string): { corrections: Correction[]; total: number } {
  const earlier = statementsOf(office.store, office.id).filter((statement) => statement.month < month);
  const since = Math.max(0, ...earlier.map(({ number }) => number));
  const corrections = earlier.flatMap((statement) =>
    differences(office, statement)
      .filter(({ project_id }) => hasChangedSince(office, project_id, since))
      .map((row) => correction(office, statement, row)),
  );
  return { corrections: corrections.slice(0, SHOWN), total: corrections.length };
}

/** What the figures of a closed month were made by. */
export function closedBasis({ month, totals, rules }: Statement): Basis {
  return { month, date: totals.date, rules };
}

function differences({ store }: Office, statement: Statement): Difference[] {
  const now = figuresOn(store, closedBasis(statement));
  const columns = Object.values(figureColumns);
  const differs = columns.map((column) => sql`line.${sql.ref(column)} is not now.${sql.ref(column)}`);
  const both = columns.map(
    (column) =>
      sql`line.${sql.ref(column)} as ${sql.ref(`frozen_${column}`)}, now.${sql.ref(column)} as ${sql.ref(`now_${column}`)}`,
  );
  const select = sql<Difference>`select line.project_id, coalesce(project.name, '') as project_name,
      coalesce(office.name, '') as office_name, ${sql.join(both)}
    from statement_line as line join ${now} as now on now.project_id = line.project_id
    left join project on project.id = line.project_id left join office on office.id = line.managed_by
    where line.statement_id = ${statement.id} and (${sql.join(differs, sql` or `)})
    order by line.managed_by, line.project_id`;
  return store.all({ compile: () => select.compile(query) });
}

const labels: Record<keyof ProjectFigures, string> = {
  light: registry.statement_line.fields.light.label,
  nodesDue: registry.statement_line.fields.nodes_due.label,
  nodesDone: registry.statement_line.fields.nodes_done.label,
  nodesOverdue: registry.statement_line.fields.nodes_overdue.label,
  annualPlan: registry.statement_line.fields.annual_plan.label,
  monthPlanned: registry.statement_line.fields.month_planned.label,
  monthCompleted: registry.statement_line.fields.month_completed.label,
  yearCompleted: registry.statement_line.fields.year_completed.label,
};
const figureNames = Object.keys(figureColumns) as (keyof ProjectFigures)[];

function correction(office: Office, { month, number }: Statement, row: Difference): Correction {
  const changes = figureNames.flatMap((name) => {
    const [frozen, now] = [row[`frozen_${figureColumns[name]}`], row[`now_${figureColumns[name]}`]];
    return frozen === now ? [] : [{ label: labels[name], frozen: text(name, frozen), now: text(name, now) }];
  });
  return {
    month,
    projectId: row.project_id,
    projectName: row.project_name,
    officeName: row.office_name,
    changes,
    causes: causesOf(office, row.project_id, number),
  };
}

function text(name: keyof ProjectFigures, value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "未填";
  if (name === "light") return lights[value as Light];
  return name.startsWith("nodes") ? String(value) : `${groupedMoney(Number(value), "万元")} 万元`;
}

/** Records that the figures are made from. */
const sources: readonly string[] = ["project", "node", "monthly_progress", "annual_plan", "fund"];

/** Who changed what of the project since; where the change had come before the statement did, the last one. */
function causesOf(office: Office, projectId: string, since: number): Correction["causes"] {
  const touches = touchesOfProject(office, projectId).filter(({ entity }) => sources.includes(entity));
  const later = touches.filter(({ facts }) => facts.number > since);
  return (later.length > 0 ? later : touches.slice(0, 1)).slice(0, CAUSES).map(({ entity, id, facts }) => ({
    at: localDateTime(stampMs(facts.stamp)),
    who: `${facts.officeName} ${facts.personName}`,
    what: `${actionLabel(facts.action)}：${recordTitle(office, entity, id)}`,
  }));
}

function hasChangedSince({ store }: Office, projectId: string, since: number): boolean {
  return recordsOfSubjects(store, [projectId]).some(
    ({ entity, touched_by }) => sources.includes(entity) && numbersIn(touched_by).some((number) => number > since),
  );
}
