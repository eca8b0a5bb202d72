/** Conflicts (sync law 5): two writes that did not know of each other, side by side, and their settling. */

import type { Written } from "#contract/base.ts";
import type { ConflictEntry, ConflictSide, ConflictStep } from "#contract/exchange.ts";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import { type EntityName, fieldOf, registry } from "#domain/registry.ts";
import type { Head } from "#journal/heads.ts";
import type { LoggedFacts } from "#journal/log.ts";
import { stampMs } from "#journal/stamp.ts";
import { query } from "#store/store.ts";
import { projectOf } from "#sync/scope.ts";
import { requireSettledHere, settlingWrites, writeSettling } from "./conflict-writes.ts";
import { changesOfRecord, displayValue, factsOfRecord, fieldChanges, recordTitle } from "./history.ts";
import type { Office } from "./office.ts";

/** One contested field. `heads`: the latest first; its value is the one shown. */
export type Contested = {
  id: string;
  entity: EntityName;
  recordId: string;
  field: string;
  kind: "edit" | "delete";
  heads: readonly Head[];
};

/** Every unsettled conflict, the latest first. */
export function listConflicts(office: Office): ConflictEntry[] {
  return contestedFields(office).map((conflict) => describe(office, conflict));
}

export function contestedFields(office: Office): Contested[] {
  const rows = office.store.all(query.selectFrom("field_heads").selectAll().where("agreed", "=", 0));
  return rows
    .map((row) => ({
      id: `${row.entity}/${row.row_id}/${row.field}`,
      entity: row.entity as EntityName,
      recordId: row.row_id,
      field: row.field,
      kind: row.kind,
      heads: JSON.parse(row.heads) as Head[],
    }))
    .sort((left, right) => ((left.heads[0]?.stamp ?? "") < (right.heads[0]?.stamp ?? "") ? 1 : -1));
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
  const conflict = findContested(office, conflictId);
  requireSettledHere(office, conflict);
  if ("value" in choice && conflict.kind === "delete") throw new Failure("conflict_settled");
  const chosen =
    "value" in choice
      ? { stamp: null, value: choice.value }
      : conflict.heads.find((head) => head.stamp === choice.stamp);
  if (!chosen) throw new Failure("conflict_settled");
  return writeSettling(office, settlingWrites(office, [{ conflict, chosen }]));
}

/**
 * How a conflict came about: every write of the field, the latest first; where one archived the record and another
 * edited it, every write of the record. Throws Failure conflict_settled.
 */
export function conflictHistory(office: Office, conflictId: string): ConflictStep[] {
  const { entity, recordId, field, kind, heads } = findContested(office, conflictId);
  const ofRecord = changesOfRecord(office, entity, recordId);
  const sides = new Set(heads.map(({ stamp }) => stamp));
  return ofRecord
    .filter(({ values }) => kind === "delete" || Object.hasOwn(values, field))
    .sort((left, right) => (left.stamp < right.stamp ? 1 : -1))
    .map((change) => ({
      changeSet: change.number,
      action: actionLabel(change.action),
      person: change.personName,
      office: change.officeName,
      at: localDateTime(stampMs(change.stamp)),
      clockSuspect: change.clockSuspect,
      isSide: sides.has(change.stamp),
      changes: fieldChanges(office, entity, change, ofRecord).filter(
        (each) => kind === "delete" || each.field === field,
      ),
    }));
}

function findContested(office: Office, conflictId: string): Contested {
  const found = contestedFields(office).find(({ id }) => id === conflictId);
  if (!found) throw new Failure("conflict_settled");
  return found;
}

function describe(office: Office, conflict: Contested): ConflictEntry {
  const { id, entity, recordId, field, kind, heads } = conflict;
  const projectId = projectOf(office.store, entity, recordId);
  const facts = factsOfRecord(office, entity, recordId);
  return {
    id,
    entity,
    entityLabel: registry[entity].label,
    recordId,
    title: recordTitle(office, entity, recordId),
    projectId,
    projectName: projectId ? recordTitle(office, "project", projectId) : "",
    field,
    fieldLabel: fieldLabel(conflict),
    kind,
    sides: heads.map((head, index) => ({ ...sideOf(office, conflict, head, facts), won: index === 0 })),
  };
}

export function fieldLabel({ entity, field, kind }: Contested): string {
  return kind === "delete" ? "归档" : (fieldOf(entity, field)?.label ?? field);
}

/** What one side wrote, as a clerk reads it. */
export function sideText(office: Office, { entity, field, kind }: Contested, value: StoredValue): string {
  if (kind === "delete") return value ? "归档" : "保留并修改";
  return displayValue(office, fieldOf(entity, field), value) || "（空）";
}

function sideOf(
  office: Office,
  conflict: Contested,
  { stamp, value }: Head,
  facts: ReadonlyMap<string, LoggedFacts>,
): Omit<ConflictSide, "won"> {
  const set = facts.get(stamp);
  return {
    stamp,
    value: sideText(office, conflict, value),
    person: set?.personName ?? "",
    office: set?.officeName ?? "",
    isOurs: set?.officeId === office.id,
    at: set ? localDateTime(stampMs(stamp)) : "",
  };
}
