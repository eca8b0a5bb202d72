/** The select that works the figures of projects out from their records. */
import { type RawBuilder, sql } from "kysely";
import { addDays, monthRange } from "#domain/calendar.ts";
import type { StoredAudit } from "#domain/review.ts";
import type { Light, Stage } from "#domain/values.ts";
import { isDoneOn } from "#features/node-rows.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { lightSource } from "#features/projects/light-source.ts";
import type { Basis } from "./basis.ts";
import { byProject, type Chosen, isChosen } from "./chosen.ts";

/** So many days before their day nodes are shown as coming. */
export const SOON_DAYS = 30;

/** A project's figures: archived ones have them too. Money in hundredths of 万元. */
export type FiguresRow = {
  project_id: string;
  managed_by: string | null;
  is_archived: 0 | 1;
  /** What sorts it by pinyin. */
  name_key: string | null;
  stage: Stage | null;
  list2_kind: string | null;
  total_investment: number | null;
  /** Some fact of the card is missing. */
  is_incomplete: 0 | 1;
  light: Light;
  /** Nodes not archived; those to be done in the month, of these done in time; those overdue on the date, since when. */
  nodes_total: number;
  nodes_due: number;
  nodes_done: number;
  nodes_overdue: number;
  overdue_since: string | null;
  /** Nodes to be done from the date until SOON_DAYS later. */
  nodes_soon: number;
  annual_plan: number | null;
  month_planned: number | null;
  month_completed: number | null;
  /** Of the month's report; null also while there is none. */
  report_state: StoredAudit;
  /** January to the month. */
  year_completed: number | null;
  last_visit_on: string | null;
  /** Who serves the project on the date: how many, and what sorts them by pinyin. */
  secretaries: number;
  secretary_key: string | null;
};

/** The columns in the order in which the select gives them. */
export const figureTypes = {
  project_id: "text",
  managed_by: "text",
  is_archived: "integer",
  name_key: "text",
  stage: "text",
  list2_kind: "text",
  total_investment: "integer",
  is_incomplete: "integer",
  light: "text",
  nodes_total: "integer",
  nodes_due: "integer",
  nodes_done: "integer",
  nodes_overdue: "integer",
  overdue_since: "text",
  nodes_soon: "integer",
  annual_plan: "integer",
  month_planned: "integer",
  month_completed: "integer",
  report_state: "text",
  year_completed: "integer",
  last_visit_on: "text",
  secretaries: "integer",
  secretary_key: "text",
} as const satisfies Record<keyof FiguresRow, "text" | "integer">;

/** SQL twin of domain/project-card.ts: some card fact is missing. */
const incompleteCard = sql`(coalesce(project.owner, '') = '' or project.total_investment is null
  or coalesce(project.region, '') = '' or project.stage is null or coalesce(project.content, '') = ''
  or coalesce(project.responsible_unit, '') = '')`;

/** The figures of the chosen projects as a table for a from clause, worked out where they are asked for. */
export function figuresFor(basis: Basis, chosen: Chosen): RawBuilder<FiguresRow> {
  const columns = sql.join(Object.keys(figureTypes).map((name) => sql.ref(name)));
  return sql<FiguresRow>`(with named (${columns}) as materialized (${figuresSource(basis, chosen)}) select * from named)`;
}

/** One row a project. Every index it walks covers what is asked, but for the card of the project itself. */
export function figuresSource({ month, date, rules }: Basis, chosen: Chosen): RawBuilder<FiguresRow> {
  const { first, last } = monthRange(month);
  const year = month.slice(0, 4);
  const done = isDoneOn({ lightRules: rules }, date);
  const inMonth = sql`planned_on between ${first} and ${last}`;
  const overdue = sql`(planned_on < ${date} and not ${done})`;
  const undated = sql`planned_on is null and planned_month = ${month}`;
  return sql<FiguresRow>`select project.id, project.office_id, project.archived_on is not null,
      (select name_key from project_search where project_search.project_id = project.id),
      project.stage, project.list2_kind, project.total_investment, ${incompleteCard},
      coalesce(lit.light, 'none'), coalesce(nodes.total, 0), coalesce(nodes.due, 0), coalesce(nodes.done, 0),
      coalesce(nodes.overdue, 0), nodes.overdue_since, coalesce(nodes.soon, 0), ${planOfYear(Number(year))},
      progress.planned, progress.completed, progress.report_state, progress.year_completed,
      (select visited_on from visit where visit.project_id = project.id and visit.visited_on <= ${date}
        and visit.archived_on is null order by visit.visited_on desc limit 1),
      coalesce(served.secretaries, 0), served.secretary_key
    from ${byProject("project")}
    left join (${lightSource(rules, date, chosen)}) as lit on lit.project_id = project.id
    left join (select project_id, count(*) as total, sum(${inMonth} or ${undated}) as due,
        sum(${done} and ((${inMonth} and actual_on <= planned_on) or (${undated} and actual_on <= ${last}))) as done,
        sum(${overdue}) as overdue,
        min(iif(${overdue}, planned_on, null)) as overdue_since,
        sum(planned_on between ${date} and ${addDays(date, SOON_DAYS)} and not ${done}) as soon
      from ${byProject("node")}
      where ${isChosen("node.project_id", chosen)} and node.archived_on is null group by project_id
    ) as nodes on nodes.project_id = project.id
    left join (select project_id, sum(iif(month = ${month}, planned_investment, null)) as planned,
        sum(iif(month = ${month}, completed_investment, null)) as completed,
        max(iif(month = ${month}, report_state, null)) as report_state, sum(completed_investment) as year_completed
      from ${byProject("monthly_progress")}
      where ${isChosen("monthly_progress.project_id", chosen)} and monthly_progress.archived_on is null and month between ${`${year}-01`} and ${month} group by project_id
    ) as progress on progress.project_id = project.id
    left join (select assignment.project_id, count(*) as secretaries,
        min(pinyin_key(person.name)) as secretary_key
      from ${byProject("assignment")} left join person on person.id = assignment.person_id
      where ${isChosen("assignment.project_id", chosen)} and assignment.archived_on is null and assignment.from_on <= ${date}
        and (assignment.to_on is null or assignment.to_on >= ${date}) group by assignment.project_id
    ) as served on served.project_id = project.id
    where ${isChosen("project.id", chosen)}`;
}
