/** Which tables an act or an import had better write without their indexes, to build them again at the end. */
import { type EntityName, entityNames } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { appliedTables } from "./apply.ts";
import type { IncomingSection } from "./log.ts";

/** From here on it is worth asking; it pays when there are as many new records as stored ones. */
const BULK_RECORDS = 5_000;

/** Records to be written, by entity. */
export type Touched = ReadonlyMap<string, number>;

/** `records`: how many record changes there are in all, of which `touched` may know only some. */
export function bulkTables(store: Store, touched: Touched, records: number): readonly string[] {
  if (records < BULK_RECORDS) return [];
  const stored = new Map(entityNames.map((entity) => [entity, countUpTo(store, entity, records + 1)]));
  if (records > [...stored.values()].reduce((sum, count) => sum + count, 0)) return appliedTables;
  return entityNames.filter((entity) => {
    const count = touched.get(entity) ?? 0;
    return count >= BULK_RECORDS && count >= (stored.get(entity) ?? 0);
  });
}

/** Counting to the end of a large table would take longer than what it decides about. */
function countUpTo(store: Store, entity: EntityName, limit: number): number {
  return store.prepare(`select count(*) from (select 1 from ${entity} limit ?)`).pluck().get(limit) as number;
}

/** Counts entities by name. */
export function touchedBy(records: Iterable<{ entity: string }>): Touched {
  const touched = new Map<string, number>();
  for (const { entity } of records) touched.set(entity, (touched.get(entity) ?? 0) + 1);
  return touched;
}

/** Of sections that are open already; the others are many, and then the tables are few beside them. */
export function touchedBySections(sections: readonly IncomingSection[]): Touched {
  const touched = new Map<string, number>();
  for (const { opened } of sections) {
    for (const { name, records } of opened?.entities ?? []) touched.set(name, (touched.get(name) ?? 0) + records);
  }
  return touched;
}
