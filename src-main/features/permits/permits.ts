/** 手续、要件 (F10): records of permits, made by hand or from a template, done again, counted. Rules: domain/permit.ts. */
import type { permits as contract } from "#contract/permits.ts";
import { Failure } from "#domain/failure.ts";
import { lackingItems } from "#domain/permit.ts";
import type { Row, Values } from "#domain/registry.ts";
import { nameKey, type PermitItem } from "#domain/template.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import { formValues, requireNotFuture } from "#features/entry.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { usableTemplate } from "#features/templates.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { permitDays } from "./days.ts";
import { dueCounts, overviewRows, overviewTotal } from "./overview.ts";
import { projectPermits, storedPermits } from "./rows.ts";

export const permits: Handlers<typeof contract> = {
  ofProject: (office, { projectId, asOf }) => projectPermits(office, projectId, asOf),

  save: (office, { id, projectId, values }) => {
    const given = formValues("permit", values, ["project_id"]);
    office.editableProject(projectId);
    if (id === undefined) {
      const made = newId("permit");
      const fresh = consistent(office, undefined, { position: nextPosition(office, projectId), ...given });
      return office.write("save_permit", made, [
        { entity: "permit", id: made, values: { ...fresh, project_id: projectId } },
      ]);
    }
    const permit = readPermit(office, id);
    if (permit.project_id !== projectId) throw new Failure("not_found", { what: "手续" });
    requireCurrent(office, permit);
    return office.write("save_permit", id, [{ entity: "permit", id, values: consistent(office, permit, given) }]);
  },

  archive: (office, { id }) => {
    const permit = readPermit(office, id);
    office.editableProject(permit.project_id);
    requireCurrent(office, permit);
    return office.write("archive_permit", id, [{ entity: "permit", id, values: { archived_on: office.today } }]);
  },

  redo: (office, { id, values }) => {
    const permit = readPermit(office, id);
    office.editableProject(permit.project_id);
    requireCurrent(office, permit);
    const given = formValues("permit", values, ["project_id", "name"]);
    if (!given.redo_reason?.trim()) {
      throw new Failure("invalid_value", { where: permit.name, field: "重做原因", reason: "重做时必须写明" });
    }
    const { project_id, name, groups, authority, template_id, position } = permit;
    const begun = consistent(office, undefined, { name, groups, authority, position, ...given });
    const made = newId("permit");
    return office.write("redo_permit", made, [
      { entity: "permit", id: made, values: { ...begun, project_id, template_id, redo_of: id } },
    ]);
  },

  fromTemplate: (office, { projectId, templateId, names }) => {
    office.editableProject(projectId);
    const { content, isExample } = usableTemplate(office, templateId);
    if (content.kind !== "permits") throw new Failure("not_found", { what: "手续模板" });
    const wanted = new Set(names.map(nameKey));
    const items = lackingItems(content.items, storedPermits(office, [projectId])).filter(({ name }) =>
      wanted.has(nameKey(name)),
    );
    if (items.length < wanted.size) throw new Failure("stale_edit", { what: "手续清单" });
    const first = nextPosition(office, projectId);
    const writes = items.map((item, index): Write => {
      const values = { ...valuesOf(item), project_id: projectId, position: first + index };
      // An example is no record: nothing outside this program names it.
      const template_id = isExample ? null : templateId;
      return { entity: "permit", id: newId("permit"), values: { ...values, template_id } };
    });
    return office.write("make_permits", projectId, writes);
  },

  overview: (office, { filter, offset, limit, asOf }) => ({
    rows: overviewRows(office, filter, asOf, offset, limit),
    total: overviewTotal(office, filter, asOf),
  }),

  due: (office, { asOf }) => dueCounts(office, asOf),

  days: (office) => permitDays(office),
};

function valuesOf({ name, groups, authority, note }: PermitItem): Values<"permit"> {
  const inOrder = keysOf(permitGroups).filter((group) => groups.includes(group));
  return { name, groups: inOrder.join(",") || null, authority: authority || null, note: note || null };
}

/**
 * The given values, with what follows from them: a permit with a day for missing papers is 容缺, one that is not has no
 * such days. Throws Failure future_date and invalid_value.
 */
function consistent(office: Office, stored: Row<"permit"> | undefined, given: Values<"permit">): Values<"permit"> {
  requireNotFuture(office, "申报日期", given.applied_on);
  requireNotFuture(office, "办结日期", given.actual_on);
  requireNotFuture(office, "容缺补齐日期", given.deficient_done_on);
  const after = { ...stored, ...given };
  if (stored?.template_id && given.name !== undefined && given.name !== stored.name) {
    throw new Failure("invalid_value", { where: stored.name, field: "手续名称", reason: "来自模板的手续不能改名" });
  }
  if (after.applied_on && after.actual_on && after.actual_on < after.applied_on) {
    const reason = `不能早于申报日期 ${after.applied_on}`;
    throw new Failure("invalid_value", { where: after.name ?? "手续", field: "办结日期", reason });
  }
  if (given.deficient_until || given.deficient_done_on) return { ...given, is_deficient: 1 };
  return given.is_deficient === 0 ? { ...given, deficient_until: null, deficient_done_on: null } : given;
}

/** What has been done again is history. Throws Failure permit_redone. */
function requireCurrent(office: Office, permit: Row<"permit">): void {
  const later = query
    .selectFrom("permit")
    .select("id")
    .where("redo_of", "=", permit.id)
    .where("archived_on", "is", null);
  if (office.store.first(later)) throw new Failure("permit_redone", { name: permit.name });
}

function readPermit(office: Office, id: string): Row<"permit"> {
  const permit = office.store.first(query.selectFrom("permit").selectAll().where("id", "=", id));
  if (!permit) throw new Failure("not_found", { what: "手续" });
  if (permit.archived_on !== null) throw new Failure("archived", { what: "手续" });
  return permit;
}

function nextPosition(office: Office, projectId: string): number {
  return Math.max(0, ...storedPermits(office, [projectId]).map(({ position }) => position ?? 0)) + 1;
}
