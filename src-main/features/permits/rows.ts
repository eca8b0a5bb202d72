/** Permits as pages and sheets show them. */
import { sql } from "kysely";
import type { PermitRow, ProjectPermits } from "#contract/permits.ts";
import { Failure } from "#domain/failure.ts";
import {
  currentPermits,
  earlierPermits,
  isDeficiencyDue,
  isDeficient,
  isPermitOverdue,
  permitCounts,
  permitDaysAhead,
  permitState,
  stepDays,
} from "#domain/permit.ts";
import type { Row } from "#domain/registry.ts";
import type { Office } from "#features/office.ts";
import { permitItemsById } from "#features/templates.ts";
import { query } from "#store/store.ts";

type StoredPermit = Row<"permit">;

/** Permits of the projects that are not archived, in the order of each list. */
export function storedPermits(office: Office, projectIds: readonly string[]): StoredPermit[] {
  const ids = JSON.stringify(projectIds);
  const rows = office.store.all(
    query
      .selectFrom("permit")
      .selectAll()
      .where("archived_on", "is", null)
      .where("project_id", "in", sql<string>`(select value from json_each(${ids}))`)
      .orderBy("position")
      .orderBy("id"),
  );
  return rows.map(({ versions: _, touched_by: __, ...permit }) => permit);
}

/** The permits of one project on a day. Throws Failure not_found. */
export function projectPermits(office: Office, projectId: string, asOf: string): ProjectPermits {
  const found = query.selectFrom("project").select("green_channel").where("id", "=", projectId);
  const project = office.store.first(found);
  if (!project) throw new Failure("not_found", { what: "项目" });
  const permits = storedPermits(office, [projectId]);
  const items = permitItemsById(office);
  const templateNames = new Map(
    office.store.all(query.selectFrom("template").select(["id", "name"])).map(({ id, name }) => [id, name]),
  );
  const rowOf = (permit: StoredPermit): PermitRow => ({
    ...permit,
    state: permitState(permit),
    isOverdue: isPermitOverdue(permit, asOf),
    isDeficient: isDeficient(permit),
    isDeficiencyDue: isDeficiencyDue(permit, asOf),
    days: stepDays(permit, asOf),
    daysAhead: permitDaysAhead(permit, asOf),
    templateName: templateNames.get(permit.template_id ?? "") ?? "",
  });
  return {
    asOf,
    lines: currentPermits(permits).map((permit) => ({
      permit: rowOf(permit),
      earlier: earlierPermits(permit, permits).map(rowOf),
    })),
    counts: permitCounts(permits, (id) => items.get(id)),
    greenChannel: project.green_channel === 1,
  };
}
