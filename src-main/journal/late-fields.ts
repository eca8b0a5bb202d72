/**
 * Sync law 10: what a newer office wrote into fields or entities that this program did not know waits in the log.
 * After an upgrade brings the columns, the tables are rebuilt, so that nothing has to be sent again.
 */
import { entityNames, fieldsOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { type Contents, Log } from "./log.ts";
import { rebuildTables } from "./rebuild.ts";
import { openPacked } from "./section/pack.ts";

type FieldsByEntity = Record<string, string[]>;

/** Meta key of the fields that the tables were last filled with. */
const KNOWN = "known_fields";

/** True when the tables were rebuilt. Call once the schema is up to date; costs one small read when nothing is new. */
export function takeUpLateFields(store: Store): boolean {
  const present: FieldsByEntity = Object.fromEntries(
    entityNames.map((entity) => [entity, fieldsOf(entity).map(([name]) => name)]),
  );
  const before = store.readMeta(KNOWN);
  const after = JSON.stringify(present);
  if (before === after) return false;
  const known = JSON.parse(before ?? "{}") as FieldsByEntity;
  const isLate = (entity: string, field: string) =>
    present[entity]?.includes(field) === true && !known[entity]?.includes(field);
  return store.transaction(() => {
    const found = someWrites(new Log(store), isLate);
    if (found) rebuildTables(store);
    store.writeMeta(KNOWN, after);
    return found;
  });
}

function someWrites(log: Log, isWanted: (entity: string, field: string) => boolean): boolean {
  for (const { contents } of log.blocks(0, log.end())) {
    for (const [entity, fields] of writtenFields(contents)) {
      if (fields.some((field) => isWanted(entity, field))) return true;
    }
  }
  return false;
}

function writtenFields(contents: Contents): [entity: string, fields: string[]][] {
  if (contents.kind === "section") return openPacked(contents.packed).writtenFields();
  return contents.set.records.map(({ entity, values }) => [entity, Object.keys(values)]);
}
