/** Sums and lines of a month's books from the figures of its projects. */
import { sql } from "kysely";
import type { Figures, ProjectFigures } from "#domain/statement.ts";
import type { Light } from "#domain/values.ts";
import type { Basis } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import type { FiguresRow } from "#features/figures/source.ts";
import { rowsOf } from "#features/project-facts.ts";
import type { Store } from "#store/store.ts";

/** The names of a line's figures in the tables, which `figures` and `statement_line` share. */
export const figureColumns = {
  light: "light",
  nodesDue: "nodes_due",
  nodesDone: "nodes_done",
  nodesOverdue: "nodes_overdue",
  annualPlan: "annual_plan",
  monthPlanned: "month_planned",
  monthCompleted: "month_completed",
  yearCompleted: "year_completed",
} as const satisfies Record<keyof ProjectFigures, keyof FiguresRow>;

/** Sums over the active projects of each office that manages some. */
export function figuresByOffice(store: Store, basis: Basis): Map<string, Figures> {
  const rows = rowsOf(
    store,
    sql<Figures & { officeId: string }>`select managed_by as officeId, count(*) as projects, ${countOf("red")},
      ${countOf("yellow")}, ${countOf("green")}, ${countOf("none")}, sum(nodes_due) as nodesDue,
      sum(nodes_done) as nodesDone, sum(nodes_overdue) as nodesOverdue, coalesce(sum(annual_plan), 0) as annualPlan,
      coalesce(sum(month_planned), 0) as monthPlanned, coalesce(sum(month_completed), 0) as monthCompleted,
      coalesce(sum(year_completed), 0) as yearCompleted,
      coalesce(sum(iif(annual_plan > 0, year_completed, 0)), 0) as completedOfPlanned
      from ${figuresOn(store, basis)} where is_archived = 0 and managed_by is not null group by managed_by`,
  );
  return new Map(rows.map(({ officeId, ...figures }) => [officeId, figures]));
}

const countOf = (light: Light) => sql.raw(`sum(light = '${light}') as ${light}`);

/** A line's figures as the domain knows them. */
export function projectFigures(
  row: Pick<FiguresRow, (typeof figureColumns)[keyof typeof figureColumns]>,
): ProjectFigures {
  return {
    light: row.light,
    nodesDue: row.nodes_due,
    nodesDone: row.nodes_done,
    nodesOverdue: row.nodes_overdue,
    annualPlan: row.annual_plan,
    monthPlanned: row.month_planned,
    monthCompleted: row.month_completed,
    yearCompleted: row.year_completed,
  };
}

/** What projectFigures reads. */
export function storedFigures(
  figures: ProjectFigures,
): Pick<FiguresRow, (typeof figureColumns)[keyof typeof figureColumns]> {
  return {
    light: figures.light,
    nodes_due: figures.nodesDue,
    nodes_done: figures.nodesDone,
    nodes_overdue: figures.nodesOverdue,
    annual_plan: figures.annualPlan,
    month_planned: figures.monthPlanned,
    month_completed: figures.monthCompleted,
    year_completed: figures.yearCompleted,
  };
}
