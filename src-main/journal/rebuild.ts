/** Filling the tables from the log again (sync law 2). */
import { valueProblem } from "#domain/fields.ts";
import { type EntityName, entityOf, fieldOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { appliedTables, applyChanges, type NumberedChange } from "./apply.ts";
import { bulkTables } from "./bulk.ts";
import type { EntityScope } from "./change-set.ts";
import { Log } from "./log.ts";
import { openPacked } from "./section/pack.ts";
import { noteUnknown, scopeOf } from "./unknown-records.ts";

/** Drops the tables' contents and applies the whole log again. */
export function rebuildTables(store: Store): void {
  const log = new Log(store);
  store.transaction(() => {
    for (const table of ["field_heads", "unknown_record", ...appliedTables]) {
      store.prepare(`delete from ${table}`).run();
    }
    store.withoutIndexes(bulkTables(store, new Map(), log.recordsBetween(0, log.end())), () => {
      for (const _ of replay(store, log, log.end()));
    });
  });
}

/**
 * Applies a log up to and including the change set `upTo` to empty tables, which may be those of another database.
 * Yields after every record how many changes of it there were, so that whoever drives it can let others work in between.
 */
export function* replay(store: Store, log: Log, upTo: number): Generator<number> {
  for (const { entity, id, changes, scope } of loggedRecords(log, upTo)) {
    if (entityOf(entity)) {
      const valid = changes.map((change) => withoutInvalid(entity, change));
      applyChanges(store, log, entity as EntityName, id, valid);
    } else {
      const stampAt = (number: number) => log.factsAt(number).stamp;
      noteUnknown(store, entity, scope ?? scopeOf(store)(entity), id, changes, stampAt);
    }
    yield changes.length;
  }
}

type LoggedRecord = { entity: string; id: string; changes: NumberedChange[]; scope?: EntityScope };

function* loggedRecords(log: Log, upTo: number): Generator<LoggedRecord> {
  for (const { first, contents } of log.blocks(0, upTo)) {
    if (contents.kind === "set") {
      const { stamp, records } = contents.set;
      for (const { entity, id, ...change } of records) {
        yield { entity, id, changes: [{ ...change, stamp, number: first }] };
      }
      continue;
    }
    const section = openPacked(contents.packed);
    const scopes = new Map(section.entities.map((entity) => [entity.name, entity]));
    for (const { entity, id, changes } of section.records(first)) {
      yield { entity, id, changes, scope: scopes.get(entity) };
    }
  }
}

/** A value that came in unread, as a field of a newer program, may turn out to be none that the field allows. */
function withoutInvalid(entity: string, change: NumberedChange): NumberedChange {
  const isInvalid = (name: string) => {
    const field = fieldOf(entity as EntityName, name);
    return field !== undefined && valueProblem(field, change.values[name]) !== null;
  };
  const names = Object.keys(change.values);
  if (!names.some(isInvalid)) return change;
  const values = Object.fromEntries(
    names.filter((name) => !isInvalid(name)).map((name) => [name, change.values[name] ?? null]),
  );
  return { ...change, values };
}
