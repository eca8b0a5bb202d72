/** Annual plans of a year for many projects at once: as rows, and as a column in SQL. */
import { type RawBuilder, sql } from "kysely";
import type { Row } from "#domain/registry.ts";
import type { Office } from "#features/office.ts";
import { query } from "#store/store.ts";

type AnnualPlan = Pick<Row<"annual_plan">, "project_id" | "planned_investment" | "goal">;

/** Annual plans by project. */
export function annualPlansOf(office: Office, projectIds: readonly string[], year: number): Map<string, AnnualPlan> {
  const rows = office.store.all(
    query
      .selectFrom("annual_plan")
      .select(["project_id", "planned_investment", "goal"])
      .where("project_id", "in", sql<string>`(select value from json_each(${JSON.stringify(projectIds)}))`)
      .where("year", "=", year)
      .where("archived_on", "is", null),
  );
  return new Map(rows.map((row) => [row.project_id, row]));
}

/** SQL twin of the rule in domain/annual-plan.ts (a test holds the two together): the plan of `year` of the row of `project` at hand, in hundredths of 万元; null without one. */
export function planOfYear(year: number): RawBuilder<number | null> {
  return sql<number | null>`coalesce(
    (select planned_investment from annual_plan
      where annual_plan.project_id = project.id and annual_plan.year = ${year} and annual_plan.archived_on is null),
    case when project.as_of is null or substr(project.as_of, 1, 4) = ${String(year)}
      then project.annual_plan_investment end)`;
}
