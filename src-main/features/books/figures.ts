/** What the records say of every project in a month: the figures that a statement keeps (R-14). */
import { type RawBuilder, sql } from "kysely";
import { monthRange } from "#domain/calendar.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { Figures, ProjectFigures } from "#domain/statement.ts";
import type { Light } from "#domain/values.ts";
import { isDoneOn } from "#features/node-rows.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { lightSource } from "#features/projects/lights.ts";
import { query, type Store } from "#store/store.ts";

/** The month, the day to which completions count, and the rules of the lights. */
export type Basis = { month: string; date: string; rules: LightRules };

/** A row of the temporary table `figures`: every project with a name, archived ones too. */
export type FiguresRow = {
  project_id: string;
  managed_by: string;
  is_archived: 0 | 1;
  light: Light;
  nodes_due: number;
  nodes_done: number;
  nodes_overdue: number;
  annual_plan: number | null;
  month_planned: number | null;
  month_completed: number | null;
  year_completed: number | null;
};

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

/**
 * Fills the temporary table `figures` for a month, unless it holds just that and nothing was written since: totals,
 * windows of lines and corrections are then read from it.
 */
export function prepareFigures(store: Store, basis: Basis): void {
  const { sqlite } = store;
  for (const statement of temporary) sqlite.exec(statement);
  const end = store.prepare("select max(id) from change_log").pluck().get();
  const wanted = JSON.stringify([end, basis]);
  if (sqlite.prepare("select basis from figures_basis").pluck().get() === wanted) return;
  const { sql: select, parameters } = source(basis).compile(query);
  store.snapshot(() => {
    sqlite.exec("delete from figures");
    sqlite.prepare(`insert into figures ${select}`).run(...parameters);
    sqlite.prepare("insert or replace into figures_basis values (1, ?)").run(wanted);
  });
}

const temporary = [
  "create temp table if not exists figures_basis (id integer primary key, basis text not null)",
  `create temp table if not exists figures (project_id text primary key, managed_by text, is_archived integer,
    light text, nodes_due integer, nodes_done integer, nodes_overdue integer, annual_plan integer,
    month_planned integer, month_completed integer, year_completed integer) without rowid`,
];

function source({ month, date, rules }: Basis): RawBuilder<FiguresRow> {
  const { first, last } = monthRange(month);
  const done = isDoneOn({ lightRules: rules }, date);
  const everywhere = sql<string>`select id from project`;
  return sql<FiguresRow>`select project.id, project.office_id, project.archived_on is not null,
      coalesce(lit.light, 'none'), coalesce(due.total, 0), coalesce(due.done, 0), coalesce(late.total, 0),
      ${planOfYear(Number(month.slice(0, 4)))}, progress.planned, progress.completed, progress.year_completed
    from project
    left join (${lightSource(rules, date, everywhere)}) as lit on lit.project_id = project.id
    left join (select project_id, count(*) as total, sum(is_done) as done from (
        select project_id, ${done} and actual_on <= planned_on as is_done from node
        where archived_on is null and planned_on between ${first} and ${last}
        union all
        select project_id, ${done} and actual_on <= ${last} from node
        where archived_on is null and +planned_on is null and planned_month = ${month})
      group by project_id) as due on due.project_id = project.id
    left join (select project_id, count(*) as total from node
      where archived_on is null and planned_on < ${date} and not ${done}
      group by project_id) as late on late.project_id = project.id
    left join (select project_id, sum(iif(month = ${month}, planned_investment, null)) as planned,
        sum(iif(month = ${month}, completed_investment, null)) as completed,
        sum(completed_investment) as year_completed
      from monthly_progress where archived_on is null and month between ${`${month.slice(0, 4)}-01`} and ${month}
      group by project_id) as progress on progress.project_id = project.id
    where project.name is not null`;
}

/** Sums over the active projects of each office that manages some. After prepareFigures. */
export function figuresByOffice(store: Store): Map<string, Figures> {
  const rows = store.prepare(`${sums} from figures where is_archived = 0 group by managed_by`).all() as SumRow[];
  return new Map(rows.map(({ officeId, ...figures }) => [officeId, figures]));
}

type SumRow = Figures & { officeId: string };

const countOf = (light: Light) => `sum(light = '${light}') as ${light}`;
const sums = `select managed_by as officeId, count(*) as projects, ${countOf("red")}, ${countOf("yellow")},
  ${countOf("green")}, ${countOf("none")}, sum(nodes_due) as nodesDue, sum(nodes_done) as nodesDone,
  sum(nodes_overdue) as nodesOverdue, coalesce(sum(annual_plan), 0) as annualPlan,
  coalesce(sum(month_planned), 0) as monthPlanned, coalesce(sum(month_completed), 0) as monthCompleted,
  coalesce(sum(year_completed), 0) as yearCompleted,
  coalesce(sum(iif(annual_plan > 0, year_completed, 0)), 0) as completedOfPlanned`;

/** A line's figures as the domain knows them. */
export function projectFigures(row: Omit<FiguresRow, "project_id" | "managed_by" | "is_archived">): ProjectFigures {
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
export function storedFigures(figures: ProjectFigures): Omit<FiguresRow, "project_id" | "managed_by" | "is_archived"> {
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
