/**
 * Records of entities that a newer program has added (sync law 10). They have no table here: their changes stay in
 * the log, and this index remembers which change sets touched them and whom they belong to, so that they travel on.
 */
import { entityOf } from "#domain/registry.ts";
import { query, type Store } from "#store/store.ts";
import type { EntityScope, RecordChange } from "./change-set.ts";
import { appendNumbers, numbersIn } from "./touched.ts";

/** How an entity's records find their owner: from the registry, or as the section said that brought them. */
export function scopeOf(store: Store): (entity: string) => EntityScope {
  return (entity) => {
    const known = entityOf(entity)?.scope;
    if (known) return known.by === "city" ? { by: "city", column: "" } : known;
    const unknown = store.first(
      query.selectFrom("unknown_record").select(["scope_by", "scope_column"]).where("entity", "=", entity).limit(1),
    );
    if (!unknown) throw new Error(`nothing is known of the entity ${entity}`);
    return { by: unknown.scope_by, column: unknown.scope_column };
  };
}

type NumberedChange = RecordChange & { stamp: string; number: number };

/** Notes changes of an unknown entity; returns those that were not seen before. */
export function noteUnknown<C extends NumberedChange>(
  store: Store,
  entity: string,
  scope: EntityScope,
  id: string,
  changes: readonly C[],
  stampAt: (number: number) => string,
): C[] {
  const row = store.first(
    query.selectFrom("unknown_record").selectAll().where("entity", "=", entity).where("id", "=", id),
  );
  const seen = new Set(numbersIn(row?.touched_by ?? "").map(stampAt));
  const fresh = changes.filter(({ stamp }) => !seen.has(stamp));
  if (fresh.length === 0) return fresh;
  const owner = fresh.map(({ values }) => values[scope.column]).findLast((value) => typeof value === "string");
  const values = {
    scope_by: scope.by,
    scope_column: scope.column,
    owner: (owner as string | undefined) ?? row?.owner ?? null,
    touched_by: appendNumbers(row?.touched_by ?? "", fresh),
  };
  store.run(
    query
      .insertInto("unknown_record")
      .values({ entity, id, ...values })
      .onConflict((conflict) => conflict.columns(["entity", "id"]).doUpdateSet(values)),
  );
  return fresh;
}
