/** Assignment of service secretaries to projects (秘书分工, F07), with dates. */
import type { assignments as contract } from "#contract/ledger.ts";
import { Failure } from "#domain/failure.ts";
import type { Row, Values } from "#domain/registry.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { formValues, requireActivePerson } from "./entry.ts";
import type { Handlers } from "./handlers.ts";
import type { Office } from "./office.ts";

export const assignments: Handlers<typeof contract> = {
  /** A new assignment is by default the project's secretary, from today on. */
  save: (office, { id, values }) => {
    const given = formValues("assignment", values);
    const stored = id === undefined ? undefined : readAssignment(office, id);
    for (const projectId of new Set([stored?.project_id, given.project_id])) {
      if (projectId) office.editableProject(projectId);
    }
    const made = id ?? newId("assignment");
    const defaults = { role: "lead" as const, from_on: office.today };
    const next = stored ? given : { ...defaults, ...given };
    if (next.person_id && next.person_id !== stored?.person_id) requireActivePerson(office, next.person_id);
    requirePeriod(office, made, { ...stored, ...next });
    return office.write("save_assignment", made, [{ entity: "assignment", id: made, values: next }]);
  },

  assign: (office, { projectIds, values }) => {
    const given = { role: "lead" as const, from_on: office.today, ...formValues("assignment", values) };
    if (given.person_id) requireActivePerson(office, given.person_id);
    const writes = [...new Set(projectIds)].map((projectId): Write => {
      office.editableProject(projectId);
      const id = newId("assignment");
      const next = { ...given, project_id: projectId };
      requirePeriod(office, id, next);
      return { entity: "assignment", id, values: next };
    });
    return office.write("save_assignment", projectIds[0] ?? "", writes);
  },

  archive: (office, { id }) => {
    office.editableProject(readAssignment(office, id).project_id);
    const values = { archived_on: office.today };
    return office.write("archive_assignment", id, [{ entity: "assignment", id, values }]);
  },
};

function readAssignment(office: Office, id: string): Row<"assignment"> {
  const assignment = office.store.first(query.selectFrom("assignment").selectAll().where("id", "=", id));
  if (!assignment) throw new Failure("not_found", { what: "秘书分工" });
  return assignment;
}

/** The period runs forward and does not overlap another one of the same person on the same project. */
function requirePeriod(
  office: Office,
  id: string,
  { project_id, person_id, from_on, to_on }: Values<"assignment">,
): void {
  const where = "秘书分工";
  if (!project_id || !person_id || !from_on) return;
  if (to_on && to_on < from_on) {
    throw new Failure("invalid_value", { where, field: "结束日期", reason: "不能早于开始日期" });
  }
  const same = office.store.all(
    query
      .selectFrom("assignment")
      .select(["from_on", "to_on"])
      .where("project_id", "=", project_id)
      .where("person_id", "=", person_id)
      .where("archived_on", "is", null)
      .where("id", "!=", id),
  );
  if (same.some((other) => (other.to_on === null || other.to_on >= from_on) && (!to_on || other.from_on <= to_on))) {
    throw new Failure("invalid_value", { where, field: "服务秘书", reason: "该项目在这段时间已有此人的分工" });
  }
}
