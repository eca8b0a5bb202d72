/**
 * Sync law 10: what a newer office wrote into fields or entities that this program did not know waits in the log.
 * After an upgrade brings the columns, the tables are rebuilt, so that nothing has to be sent again.
 */
import { entityNames, fieldsOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { rebuildTables } from "./apply.ts";

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
  return store.transaction(() => {
    const isLate = entityNames.some((entity) => {
      const late = present[entity]?.filter((name) => !known[entity]?.includes(name)) ?? [];
      return late.length > 0 && isInLog(store, entity, late);
    });
    if (isLate) rebuildTables(store);
    store.writeMeta(KNOWN, after);
    return isLate;
  });
}

function isInLog(store: Store, entity: string, fields: readonly string[]): boolean {
  const found = store
    .prepare(
      `select 1 from change_row, json_each(change_row.body, '$.v') as written
       where change_row.entity = ? and written.key in (select value from json_each(?)) limit 1`,
    )
    .get(entity, JSON.stringify(fields));
  return found !== undefined;
}
