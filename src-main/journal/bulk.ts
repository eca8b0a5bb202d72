/** Which tables an import had better write without their indexes, to build them again at the end. */
import { entityNames } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { appliedTables } from "./apply.ts";
import type { IncomingSection } from "./log.ts";

/** From here on it is worth asking. */
const BULK_RECORDS = 5_000;
/** Keeping indexes up to date costs about this much more for a record than building them does for one. */
const COST_OF_ONE = 2;

/** `records`: record changes in all sections. */
export function bulkTables(store: Store, sections: readonly IncomingSection[], records: number): readonly string[] {
  if (records < BULK_RECORDS) return [];
  const stored = new Map(
    entityNames.map((entity) => [entity, store.prepare(`select count(*) from ${entity}`).pluck().get() as number]),
  );
  if (records > [...stored.values()].reduce((sum, count) => sum + count, 0)) return appliedTables;
  const incoming = new Map<string, number>();
  for (const { opened } of sections) {
    for (const { name, records: touched } of opened?.entities ?? []) {
      incoming.set(name, (incoming.get(name) ?? 0) + touched);
    }
  }
  const isWorthIt = (entity: (typeof entityNames)[number]) => {
    const touched = incoming.get(entity) ?? 0;
    return touched >= BULK_RECORDS && touched * COST_OF_ONE >= (stored.get(entity) ?? 0);
  };
  return entityNames.filter(isWorthIt);
}
