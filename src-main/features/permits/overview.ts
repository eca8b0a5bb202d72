/** How projects stand with their permits: one window at a time, found by the partial indexes of what waits. */
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

/** Of a permit that no other does again. */
const isCurrent = sql<SqlBool>`permit.id not in
  (select redo_of from permit where redo_of is not null and archived_on is null)`;

/** What waits, word for word as the partial indexes say it (migrations/0007-month.ts). */
const isOpen = sql<SqlBool>`permit.actual_on is null and permit.archived_on is null`;
const lacksPapers = sql<SqlBool>`permit.is_deficient = 1 and permit.deficient_done_on is null
  and permit.archived_on is null`;

/** SQL twins of the rules in domain/permit.ts, on the project of the outer query; a test holds the two together. */
function conditionOf(condition: PermitCondition, asOf: string): RawBuilder<SqlBool> {
  const some = (which: RawBuilder<SqlBool>) => sql<SqlBool>`exists (select 1 from permit
    where permit.project_id = project.id and ${which} and ${isCurrent})`;
  switch (condition) {
    case "open":
      return some(isOpen);
    case "overdue":
      return some(sql<SqlBool>`${isOpen} and permit.planned_on < ${asOf}`);
    case "deficient":
      return some(lacksPapers);
    case "deficient_due":
      return some(sql<SqlBool>`${lacksPapers} and permit.deficient_until <= ${asOf}`);
    case "none":
      return sql<SqlBool>`not exists (select 1 from permit
        where permit.project_id = project.id and permit.archived_on is null)`;
    case "green":
      return sql<SqlBool>`project.green_channel = 1`;
  }
}

function overviewProjects(office: Office, { search, officeId, condition }: PermitFilter, asOf: string) {
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

/** Numbers of projects of this office and below, found from what waits instead of from every project. */
export function dueCounts(office: Office, asOf: string): { overdue: number; deficientDue: number } {
  const projects = activeProjectIds(office);
  const countOf = (which: RawBuilder<SqlBool>) =>
    office.store.first(
      query
        .selectFrom("permit")
        .select(sql<number>`count(distinct permit.project_id)`.as("count"))
        .where(which)
        .where(isCurrent)
        .where(sql<SqlBool>`+permit.project_id in (${projects})`),
    )?.count ?? 0;
  return {
    overdue: countOf(sql<SqlBool>`${isOpen} and permit.planned_on < ${asOf}`),
    deficientDue: countOf(sql<SqlBool>`${lacksPapers} and permit.deficient_until <= ${asOf}`),
  };
}
