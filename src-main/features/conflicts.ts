/** Conflicts (sync law 5): two writes that did not know of each other, side by side, and their settling. */

import type { Written } from "#contract/base.ts";
import type { ConflictEntry, ConflictSide } from "#contract/exchange.ts";
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import { type EntityName, fieldOf, registry } from "#domain/registry.ts";
import type { Head } from "#journal/heads.ts";
import type { Write } from "#journal/journal.ts";
import { stampMs } from "#journal/stamp.ts";
import { query } from "#store/store.ts";
import { projectOf } from "#sync/scope.ts";
import { changesOfRecord, displayValue, recordTitle } from "./history.ts";
import type { Office } from "./office.ts";

type Contested = { entity: string; row_id: string; field: string; kind: string; heads: string };

/** Every unsettled conflict, the latest first. */
export function listConflicts(office: Office): ConflictEntry[] {
  const rows = office.store.all(query.selectFrom("field_heads").selectAll().where("agreed", "=", 0));
  return rows
    .map((row) => describe(office, row))
    .sort((left, right) => ((left.sides[0]?.stamp ?? "") < (right.sides[0]?.stamp ?? "") ? 1 : -1));
}

/**
 * Settles one conflict by the value of one side (its stamp) or by a new value; the settling is a change itself.
 * Throws Failure out_of_scope, not_permitted, conflict_settled.
 */
export function settleConflict(
  office: Office,
  conflictId: string,
  choice: { stamp: string } | { value: StoredValue },
): Written {
  const row = findContested(office, conflictId);
  const entity = row.entity as EntityName;
  requireInSubtree(office, entity, row.row_id);
  const heads = JSON.parse(row.heads) as Head[];
  if ("value" in choice && row.kind === "delete") throw new Failure("conflict_settled");
  const chosen = "value" in choice ? { value: choice.value } : heads.find((head) => head.stamp === choice.stamp);
  if (!chosen) throw new Failure("conflict_settled");
  const write = { entity, id: row.row_id, values: { [row.field]: chosen.value }, settles: true } as Write;
  return office.write("settle_conflict", row.row_id, [write]);
}

/** Records of other offices are settled there: their bundles would refuse it from here (sync law 9). */
function requireInSubtree(office: Office, entity: EntityName, id: string): void {
  const { subtree, store, self } = office;
  const projectId = projectOf(store, entity, id);
  if (projectId !== null) {
    const project = store.first(query.selectFrom("project").select("office_id").where("id", "=", projectId));
    if (project && !subtree.has(project.office_id)) throw new Failure("out_of_scope");
  }
  if (entity !== "person") return;
  const person = store.first(query.selectFrom("person").select("office_id").where("id", "=", id));
  if (person && !subtree.has(person.office_id)) {
    throw new Failure("not_permitted", { office: self.name, what: "其他单位的人员", who: "其所在单位或上级" });
  }
}

function findContested(office: Office, conflictId: string): Contested {
  const [entity, rowId, field] = conflictId.split("/");
  const row = office.store.first(
    query
      .selectFrom("field_heads")
      .selectAll()
      .where("entity", "=", entity ?? "")
      .where("row_id", "=", rowId ?? "")
      .where("field", "=", field ?? "")
      .where("agreed", "=", 0),
  );
  if (!row) throw new Failure("conflict_settled");
  return row;
}

function describe(office: Office, row: Contested): ConflictEntry {
  const entity = row.entity as EntityName;
  const field = fieldOf(entity, row.field);
  const isDelete = row.kind === "delete";
  const projectId = projectOf(office.store, entity, row.row_id);
  const changes = changesOfRecord(office, entity, row.row_id);
  const sides = (JSON.parse(row.heads) as Head[]).map((head, index): ConflictSide => {
    const set = changes.find(({ stamp }) => stamp === head.stamp);
    return {
      stamp: head.stamp,
      value: isDelete ? (head.value ? "归档" : "保留并修改") : displayValue(office, field, head.value) || "（空）",
      person: set?.personName ?? "",
      office: set?.officeName ?? "",
      at: set ? localDateTime(stampMs(set.stamp)) : "",
      won: index === 0,
    };
  });
  return {
    id: `${row.entity}/${row.row_id}/${row.field}`,
    entity,
    entityLabel: registry[entity].label,
    recordId: row.row_id,
    title: recordTitle(office, entity, row.row_id),
    projectId,
    projectName: projectId ? recordTitle(office, "project", projectId) : "",
    field: row.field,
    fieldLabel: isDelete ? "归档" : (field?.label ?? row.field),
    kind: isDelete ? "delete" : "edit",
    sides,
  };
}
