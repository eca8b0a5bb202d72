/** The select that works the figures of projects out from their records. */
import { type RawBuilder, sql } from "kysely";
import { monthRange } from "#domain/calendar.ts";
import type { Light } from "#domain/values.ts";
import { isDoneOn } from "#features/node-rows.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { lightSource } from "#features/projects/light-source.ts";
import type { Basis } from "./basis.ts";
import { type Chosen, chosenProjects, rowsOfChosen } from "./chosen.ts";

/** A project's figures: archived ones have them too. Money in hundredths of 万元. */
export type FiguresRow = {
  project_id: string;
  managed_by: string | null;
  is_archived: 0 | 1;
  light: Light;
  /** Nodes not archived; those to be done in the month, of these done in time; those overdue on the date. */
  nodes_total: number;
  nodes_due: number;
  nodes_done: number;
  nodes_overdue: number;
  annual_plan: number | null;
  month_planned: number | null;
  month_completed: number | null;
  /** January to the month. */
  year_completed: number | null;
  last_visit_on: string | null;
  /** Who serves the project on the date: how many, and what sorts them by pinyin. */
  secretaries: number;
  secretary_key: string | null;
  /** Some fact of the card is missing. */
  is_incomplete: 0 | 1;
};

/** The columns in the order in which the select gives them. */
export const figureTypes = {
  project_id: "text",
  managed_by: "text",
  is_archived: "integer",
  light: "text",
  nodes_total: "integer",
  nodes_due: "integer",
  nodes_done: "integer",
  nodes_overdue: "integer",
  annual_plan: "integer",
  month_planned: "integer",
  month_completed: "integer",
  year_completed: "integer",
  last_visit_on: "text",
  secretaries: "integer",
  secretary_key: "text",
  is_incomplete: "integer",
} as const satisfies Record<keyof FiguresRow, "text" | "integer">;

/** SQL twin of domain/project-card.ts: some card fact is missing. */
const incompleteCard = sql`(coalesce(project.owner, '') = '' or project.total_investment is null
  or coalesce(project.region, '') = '' or project.stage is null or coalesce(project.content, '') = ''
  or coalesce(project.responsible_unit, '') = '')`;

/** One row a project. Every index it walks covers what is asked, but for the card of the project itself. */
export function figuresSource({ month, date, rules }: Basis, chosen: Chosen): RawBuilder<FiguresRow> {
  const { first, last } = monthRange(month);
  const year = month.slice(0, 4);
  const done = isDoneOn({ lightRules: rules }, date);
  const inMonth = sql`planned_on between ${first} and ${last}`;
  const undated = sql`planned_on is null and planned_month = ${month}`;
  return sql<FiguresRow>`select project.id, project.office_id, project.archived_on is not null,
      coalesce(lit.light, 'none'), coalesce(nodes.total, 0), coalesce(nodes.due, 0), coalesce(nodes.done, 0),
      coalesce(nodes.overdue, 0), ${planOfYear(Number(year))},
      progress.planned, progress.completed, progress.year_completed,
      (select visited_on from visit where visit.project_id = project.id and visit.visited_on <= ${date}
        and visit.archived_on is null order by visit.visited_on desc limit 1),
      coalesce(served.secretaries, 0), served.secretary_key,
      ${incompleteCard}
    from ${chosenProjects(chosen)}
    left join (${lightSource(rules, date, chosen)}) as lit on lit.project_id = project.id
    left join (select project_id, count(*) as total, sum(${inMonth} or ${undated}) as due,
        sum(${done} and ((${inMonth} and actual_on <= planned_on) or (${undated} and actual_on <= ${last}))) as done,
        sum(planned_on < ${date} and not ${done}) as overdue
      from ${rowsOfChosen("node", chosen)} where node.archived_on is null group by project_id
    ) as nodes on nodes.project_id = project.id
    left join (select project_id, sum(iif(month = ${month}, planned_investment, null)) as planned,
        sum(iif(month = ${month}, completed_investment, null)) as completed,
        sum(completed_investment) as year_completed
      from ${rowsOfChosen("monthly_progress", chosen)}
      where monthly_progress.archived_on is null and month between ${`${year}-01`} and ${month} group by project_id
    ) as progress on progress.project_id = project.id
    left join (select assignment.project_id, count(*) as secretaries,
        min(pinyin_key(person.name)) as secretary_key
      from ${rowsOfChosen("assignment", chosen)} left join person on person.id = assignment.person_id
      where assignment.archived_on is null and assignment.from_on <= ${date}
        and (assignment.to_on is null or assignment.to_on >= ${date}) group by assignment.project_id
    ) as served on served.project_id = project.id`;
}
