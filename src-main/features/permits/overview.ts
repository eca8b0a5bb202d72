/** How projects stand with their permits, one window at a time. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { PermitCondition, PermitFilter, PermitOverviewRow } from "#contract/permits.ts";
import { currentPermits, isDeficient, isPermitOverdue, permitCounts } from "#domain/permit.ts";
import type { Row } from "#domain/registry.ts";
import { activeProjectIds } from "#features/node-lists.ts";
import type { Office } from "#features/office.ts";
import { filteredProjects } from "#features/projects/list.ts";
import { permitItemsById } from "#features/templates.ts";
import { query } from "#store/store.ts";
import { storedPermits } from "./rows.ts";
import { refreshWaiting } from "./waiting.ts";

/** SQL twins of the rules in domain/permit.ts, on the project of the outer query. */
function conditionOf(condition: PermitCondition, asOf: string): RawBuilder<SqlBool> {
  const waiting = (which: RawBuilder<SqlBool>) =>
    sql<SqlBool>`exists (select 1 from permit_waiting where project_id = project.id and ${which})`;
  switch (condition) {
    case "open":
      return waiting(sql`open > 0`);
    case "overdue":
      return waiting(sql`first_planned < ${asOf}`);
    case "deficient":
      return waiting(sql`deficient > 0`);
    case "deficient_due":
      return waiting(sql`first_due <= ${asOf}`);
    case "none":
      return sql<SqlBool>`not ${waiting(sql`true`)}`;
    case "green":
      return sql<SqlBool>`project.green_channel = 1`;
  }
}

function overviewProjects(office: Office, { search, officeId, condition }: PermitFilter, asOf: string) {
  refreshWaiting(office);
  const found = filteredProjects(office, { search, officeId: officeId ?? office.id }, asOf);
  return condition ? found.where(conditionOf(condition, asOf)) : found;
}

export function overviewTotal(office: Office, filter: PermitFilter, asOf: string): number {
  const found = overviewProjects(office, filter, asOf).select(sql<number>`count(*)`.as("total"));
  return office.store.first(found)?.total ?? 0;
}

/** The rows of a window, in the order of the projects' names (pinyin). */
export function overviewRows(
  office: Office,
  filter: PermitFilter,
  asOf: string,
  offset: number,
  limit: number,
): PermitOverviewRow[] {
  const window = office.store.all(
    overviewProjects(office, filter, asOf)
      .innerJoin("project_search", "project_search.project_id", "project.id")
      .select(["project.id", "project.name", "project.office_id", "project.green_channel"])
      .orderBy("project_search.name_key")
      .orderBy("project_search.project_id")
      .offset(offset)
      .limit(limit),
  );
  const byProject = Map.groupBy(
    storedPermits(
      office,
      window.map(({ id }) => id),
    ),
    ({ project_id }) => project_id,
  );
  const items = permitItemsById(office);
  const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
  return window.map(({ id, name, office_id, green_channel }) => {
    const permits = byProject.get(id) ?? [];
    return {
      projectId: id,
      projectName: name,
      officeId: office_id,
      officeName: officeNames.get(office_id) ?? "",
      greenChannel: green_channel === 1,
      counts: permitCounts(permits, (templateId) => items.get(templateId)),
      ...waitingOf(currentPermits(permits), asOf),
    };
  });
}

function waitingOf(current: readonly Row<"permit">[], asOf: string) {
  const byPlan = current
    .filter(({ actual_on, planned_on }) => actual_on === null && planned_on !== null)
    .sort((left, right) => ((left.planned_on ?? "") < (right.planned_on ?? "") ? -1 : 1));
  const next = byPlan.find((permit) => !isPermitOverdue(permit, asOf));
  return {
    done: current.filter(({ actual_on }) => actual_on !== null).length,
    total: current.length,
    overdue: byPlan.filter((permit) => isPermitOverdue(permit, asOf)).map(({ name }) => name),
    deficient: current.filter(isDeficient).map(({ name, deficient_until }) => ({ name, until: deficient_until })),
    next: next ? { name: next.name, plannedOn: next.planned_on ?? "" } : null,
  };
}

/** Numbers of projects of this office and below. */
export function dueCounts(office: Office, asOf: string): { overdue: number; deficientDue: number } {
  refreshWaiting(office);
  const counts = office.store.first(
    query
      .selectFrom(
        sql<{ project_id: string; first_planned: string | null; first_due: string | null }>`permit_waiting`.as(
          "waiting",
        ),
      )
      .select([
        sql<number>`coalesce(sum(first_planned < ${asOf}), 0)`.as("overdue"),
        sql<number>`coalesce(sum(first_due <= ${asOf}), 0)`.as("deficientDue"),
      ])
      .where("waiting.project_id", "in", activeProjectIds(office)),
  );
  return counts ?? { overdue: 0, deficientDue: 0 };
}
