/** The planned investment of a project in a year. */
import { type RawBuilder, sql } from "kysely";

/** Hundredths of 万元, on the columns of `project`: the year's plan, else what the project's card says. */
export function planOfYear(year: number): RawBuilder<number | null> {
  return sql<number | null>`coalesce((select annual_plan.planned_investment from annual_plan
    where annual_plan.project_id = project.id and annual_plan.year = ${year} and annual_plan.archived_on is null),
    project.annual_plan_investment)`;
}
