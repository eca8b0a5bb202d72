/** Which projects or records the log has touched since one of its numbers: only what is kept of them can have changed. */

import { atOnce } from "#domain/at-once.ts";
import type { StoredValue } from "#domain/fields.ts";
import { type EntityName, registry } from "#domain/registry.ts";
import type { ChangedRecord } from "#journal/change-set.ts";
import { type Block, Log } from "#journal/log.ts";
import { openPacked } from "#journal/section/pack.ts";
import { numbersIn } from "#journal/touched.ts";
import type { Store } from "#store/store.ts";

/** What figures are made from. */
const sources: ReadonlySet<string> = new Set<EntityName>([
  "project",
  "node",
  "monthly_progress",
  "annual_plan",
  "fund",
  "visit",
  "assignment",
  "person",
]);

/** Record changes above which looking through the log takes longer than working everything out anew. */
const MANY = 20_000;
/** Records looked through without a pause. */
const PORTION = 2000;

/** Ids of records that the change sets after `after` up to `upTo` touch; null where that may be any. */
export function changedRecords(store: Store, entity: EntityName, after: number, upTo: number): string[] | null {
  if (areMany(store, after, upTo)) return null;
  const ids = new Set<string>();
  for (const block of new Log(store).blocks(after, upTo)) {
    for (const change of changesIn(block)) if (change.entity === entity) ids.add(change.id);
  }
  return [...ids];
}

/** Ids of projects whose records the change sets after `after` up to `upTo` touch; null where that may be any. */
export function changedProjects(store: Store, after: number, upTo: number): string[] | null {
  if (areMany(store, after, upTo)) return null;
  return atOnce(changedInPortions(store, after, upTo, { entities: sources }));
}

/** `reportsBefore`: of the monthly reports those of months before this one; by default of all. */
type Wanted = { entities: ReadonlySet<string>; reportsBefore?: string };

/** The same of the `wanted` records, however many there are, looked for so that others may work in between. */
export function* changedInPortions(
  store: Store,
  after: number,
  upTo: number,
  { entities, reportsBefore }: Wanted,
): Generator<void, string[]> {
  const log = new Log(store);
  const projects = new Set<string>();
  const touched = new Map<EntityName, Set<string>>();
  let seen = 0;
  for (const block of log.blocks(after, upTo)) {
    for (const { entity, id, values, replaced } of changesIn(block)) {
      if (++seen % PORTION === 0) yield;
      if (!entities.has(entity)) continue;
      const name = entity as EntityName;
      touched.set(name, (touched.get(name) ?? new Set()).add(id));
      const column = ownerColumn(name);
      // A record that went from one project to another was counted with both.
      if (column === null || replaced === null || !Object.hasOwn(values, column)) continue;
      for (const owner of ownersOf(store, log, name, id, column)) projects.add(owner);
    }
  }
  for (const [entity, ids] of touched) {
    const all = [...ids];
    for (let from = 0; from < all.length; from += PORTION) {
      const portion = all.slice(from, from + PORTION);
      for (const id of projectsOf(store, entity, portion, reportsBefore)) projects.add(id);
      yield;
    }
  }
  return [...projects];
}

function areMany(store: Store, after: number, upTo: number): boolean {
  return new Log(store).recordsBetween(after, upTo) > MANY;
}

function* changesIn({ contents }: Block): Generator<ChangedRecord> {
  if (contents.kind === "set") {
    yield* contents.set.records;
    return;
  }
  for (const { entity, id, changes } of openPacked(contents.packed).records()) {
    for (const { values, replaced } of changes) yield { entity, id, values, replaced };
  }
}

function ownerColumn(entity: EntityName): string | null {
  const { scope } = registry[entity];
  return scope.by === "project" && entity !== "project" ? scope.column : null;
}

/** Every project that a record has ever been of. */
function ownersOf(store: Store, log: Log, entity: EntityName, id: string, column: string): string[] {
  const touchedBy = store.prepare(`select touched_by from ${entity} where id = ?`).pluck().get(id);
  const changes = log.changesOf(entity, id, numbersIn(String(touchedBy ?? "")));
  return changes.flatMap(({ values }) => textOf(values[column]));
}

function textOf(value: StoredValue | undefined): string[] {
  return typeof value === "string" ? [value] : [];
}

/** The projects of records; of people those that they serve, as the ledger shows their names. */
function projectsOf(store: Store, entity: EntityName, ids: readonly string[], reportsBefore?: string): string[] {
  if (entity === "project") return [...ids];
  const column = ownerColumn(entity);
  const wanted = "(select value from json_each(?))";
  const isLimited = entity === "monthly_progress" && reportsBefore !== undefined;
  const select =
    column !== null
      ? `select ${column} from ${entity} where id in ${wanted} and ${column} is not null ${isLimited ? "and month < ?" : ""}`
      : entity === "person" && `select project_id from assignment where person_id in ${wanted}`;
  const parameters = [JSON.stringify(ids), ...(isLimited ? [reportsBefore] : [])];
  return select ? (store.prepare(select).pluck().all(parameters) as string[]) : [];
}
