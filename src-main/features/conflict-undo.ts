/** Taking back the settling of conflicts: every field gets the value again that was shown before. */
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import type { EntityName } from "#domain/registry.ts";
import { type ChangedRecord, type ChangeSet, replacedIn } from "#journal/change-set.ts";
import type { Recorded, Write } from "#journal/journal.ts";
import { parseVersions } from "#journal/versions.ts";
import { changesOfRecord } from "./history.ts";
import type { Office } from "./office.ts";

/**
 * Undoes a settling as a change set of its own. Of the several values that it replaced, the latest was the one shown.
 * Throws Failure nothing_to_undo when a later write touched the same field, or when nothing would change.
 */
export function undoSettling(office: Office, set: ChangeSet): Recorded {
  const writes = set.records.map((record) => shownBefore(office, set.stamp, record));
  const undone = office.journal.write(office.actor, "undo", writes);
  if (undone === null) throw new Failure("nothing_to_undo");
  return undone;
}

function shownBefore(office: Office, stamp: string, record: ChangedRecord): Write {
  const entity = record.entity as EntityName;
  const { id } = record;
  const versions = office.store.prepare(`select versions from ${entity} where id = ?`).pluck().get(id);
  const { byField } = parseVersions(entity, String(versions ?? ""));
  const ofRecord = changesOfRecord(office, entity, id);
  const values: Record<string, StoredValue> = {};
  for (const field of Object.keys(record.values)) {
    if (byField.get(field) !== stamp) throw new Failure("nothing_to_undo");
    const replaced = replacedIn(record, field);
    const shown = ofRecord
      .filter((change) => replaced.includes(change.stamp) && Object.hasOwn(change.values, field))
      .reduce<(typeof ofRecord)[number] | null>(
        (latest, change) => (latest === null || change.stamp > latest.stamp ? change : latest),
        null,
      );
    values[field] = shown?.values[field] ?? null;
  }
  return { entity, id, values } as Write;
}
