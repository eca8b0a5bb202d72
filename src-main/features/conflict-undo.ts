/** Taking back the settling of conflicts: every field gets the value again that was shown before. */
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import type { EntityName } from "#domain/registry.ts";
import { type ChangeSet, replacedIn } from "#journal/change-set.ts";
import type { Recorded, Write } from "#journal/journal.ts";
import { parseVersions } from "#journal/versions.ts";
import type { Office } from "./office.ts";
import { type WrittenPart, writtenValues } from "./written-values.ts";

/**
 * Undoes a settling as a change set of its own. Of the several values that it replaced, the latest was the one shown.
 * Throws Failure nothing_to_undo when a later write touched the same field, or when nothing would change.
 */
export function undoSettling(office: Office, set: ChangeSet): Recorded {
  const fields = set.records.flatMap((record) => {
    const entity = record.entity as EntityName;
    const { id } = record;
    requireUntouched(office, { entity, id, stamp: set.stamp }, Object.keys(record.values));
    return Object.keys(record.values).map((field) => {
      const latestFirst = [...replacedIn(record, field)].sort().reverse();
      return { entity, id, field, replaced: latestFirst.map((stamp): WrittenPart => ({ entity, id, stamp })) };
    });
  });
  const valuesOf = writtenValues(
    office,
    fields.flatMap(({ replaced }) => replaced),
  );
  const writes = fields.map(({ entity, id, field, replaced }): Write => {
    // Archiving replaces every version of the record, also of other fields.
    const shown = replaced.map(valuesOf).find((values) => values !== undefined && Object.hasOwn(values, field));
    const value: StoredValue = shown?.[field] ?? null;
    return { entity, id, values: { [field]: value } } as Write;
  });
  const undone = office.journal.write(office.actor, "undo", writes);
  if (undone === null) throw new Failure("nothing_to_undo");
  return undone;
}

function requireUntouched(office: Office, { entity, id, stamp }: WrittenPart, fields: readonly string[]): void {
  const versions = office.store.prepare(`select versions from ${entity} where id = ?`).pluck().get(id);
  const { byField } = parseVersions(entity, String(versions ?? ""));
  if (fields.some((field) => byField.get(field) !== stamp)) throw new Failure("nothing_to_undo");
}
