/**
 * Applies one record change to the tables: the only code that writes them. Local acts, imports and the
 * rebuild from the log all come through here.
 */
import type { StoredValue } from "#domain/fields.ts";
import { nameKeys } from "#domain/pinyin.ts";
import { type EntityName, entityNames, entityOf, fieldOf, fieldsOf } from "#domain/registry.ts";
import { query, type Store } from "#store/store.ts";
import { decodeBody, type RecordChange } from "./body.ts";
import { disagree, editsUnknownTo, type FieldWrite, headsOf } from "./heads.ts";
import { packVersions, parseVersions, positionsOf, type Versions } from "./versions.ts";

/** Tables whose rows `applyChange` writes one by one. */
export const appliedTables: readonly string[] = [...entityNames, "project_search"];

export type Applied = "added" | "changed" | "unchanged" | "unknown";

type StoredRow = Record<string, StoredValue> & { versions: string };

/** The current row, or undefined. */
export function readRow(store: Store, entity: EntityName, id: string): StoredRow | undefined {
  return store.prepare(`select * from ${entity} where id = ?`).get(id) as StoredRow | undefined;
}

/**
 * Applies the change that `stamp` made to one record. The change must already be in the log.
 * "unknown": an entity of a newer program, kept in the log only (law 10).
 */
export function applyChange(
  store: Store,
  stamp: string,
  entityName: string,
  id: string,
  change: RecordChange,
): Applied {
  if (!entityOf(entityName)) return "unknown";
  const entity = entityName as EntityName;
  if (insertRow(store, entity, id, change, stamp)) return "added";
  const row = readRow(store, entity, id);
  if (!row) throw new Error(`${entity} ${id} is neither new nor there`);
  const fields = Object.keys(change.values).filter((field) => fieldOf(entity, field));
  const versions = parseVersions(entity, row.versions);
  const next: Record<string, StoredValue> = {};
  for (const field of fields) {
    const value = resolveField(store, entity, id, field, stamp, change, versions);
    if (value !== row[field]) next[field] = value;
  }
  const archived = Object.hasOwn(next, "archived_on") ? next.archived_on : row.archived_on;
  if (archived !== null || versions.contested) settleArchiving(store, entity, id, archived, versions);
  versions.contested = versions.contested && hasHeads(store, entity, id);
  updateRow(store, entity, id, next, packVersions(entity, versions));
  if (entity === "project" && indexedFields.some((field) => Object.hasOwn(next, field))) {
    indexProject(store, id, { ...row, ...next });
  }
  return Object.keys(next).length > 0 ? "changed" : "unchanged";
}

/** False when the record exists: asking by inserting spares every new record a look before. */
function insertRow(store: Store, entity: EntityName, id: string, change: RecordChange, stamp: string): boolean {
  const { values } = change;
  const { written, positions, insert } = insertPlan(entity, values);
  const cells: StoredValue[] = [id, `${stamp}=${positions}`];
  for (const name of written) cells.push(values[name] ?? null);
  const { changes } = store.prepare(insert).run(cells);
  if (changes > 0 && entity === "project") indexProject(store, id, values);
  return changes > 0;
}

type InsertPlan = { written: string[]; positions: string; insert: string };

/** How to insert a new record, by the fields it fills: most records of an entity fill the same ones. */
const plans = new Map<string, InsertPlan>();
const PLANS_AT_MOST = 200;

function insertPlan(entity: EntityName, values: RecordChange["values"]): InsertPlan {
  const key = `${entity} ${Object.keys(values).join(" ")}`;
  const known = plans.get(key);
  if (known) return known;
  const written = fieldsOf(entity).flatMap(([name]) => (Object.hasOwn(values, name) ? [name] : []));
  const columns = ["id", "versions", ...written];
  const places = columns.map(() => "?").join(", ");
  const insert = `insert into ${entity} (${columns.join(", ")}) values (${places}) on conflict (id) do nothing`;
  const plan = { written, positions: positionsOf(entity, written), insert };
  if (plans.size < PLANS_AT_MOST) plans.set(key, plan);
  return plan;
}

function updateRow(
  store: Store,
  entity: EntityName,
  id: string,
  next: Record<string, StoredValue>,
  versions: string,
): void {
  const fields = Object.keys(next);
  const assignments = [...fields, "versions"].map((field) => `${field} = ?`).join(", ");
  store
    .prepare(`update ${entity} set ${assignments} where id = ?`)
    .run(...fields.map((field) => next[field]), versions, id);
}

/** The field's value after this write; moves its version and records its heads. */
function resolveField(
  store: Store,
  entity: EntityName,
  id: string,
  field: string,
  stamp: string,
  change: RecordChange,
  versions: Versions,
): StoredValue {
  const current = versions.byField.get(field);
  const replaced = change.replaced[field] ?? [];
  const knewCurrent = current === undefined || replaced.includes(current);
  if (knewCurrent && (!versions.contested || !readHeads(store, entity, id, field))) {
    versions.byField.set(field, stamp);
    return change.values[field] ?? null;
  }
  const heads = headsOf(fieldWrites(store, id, field));
  const winner = heads[0];
  if (!winner) throw new Error(`no heads for ${entity} ${id} ${field}`);
  versions.byField.set(field, winner.stamp);
  deleteHeads(store, entity, id, field);
  if (heads.length > 1) {
    writeHeads(store, entity, id, field, "edit", !disagree(heads), JSON.stringify(heads));
    versions.contested = true;
  }
  return winner.value;
}

/** Records or clears the conflict between archiving a record and edits that did not know of it. */
function settleArchiving(
  store: Store,
  entity: EntityName,
  id: string,
  archivedOn: StoredValue | undefined,
  versions: Versions,
): void {
  const stamp = versions.byField.get("archived_on");
  const archiving = fieldWrites(store, id, "archived_on").find((write) => write.stamp === stamp);
  const unknown = archivedOn && archiving ? editsUnknownTo(archiving, versions.byField.values()) : [];
  store.run(
    query
      .deleteFrom("field_heads")
      .where("entity", "=", entity)
      .where("row_id", "=", id)
      .where("field", "=", "archived_on")
      .where("kind", "=", "delete"),
  );
  if (unknown.length === 0 || readHeads(store, entity, id, "archived_on")) return;
  const heads = [{ stamp, value: archivedOn }, ...unknown.map((edit) => ({ stamp: edit, value: null }))];
  writeHeads(store, entity, id, "archived_on", "delete", false, JSON.stringify(heads));
  versions.contested = true;
}

/** Every write of one field of one record in the log. */
export function fieldWrites(store: Store, rowId: string, field: string): FieldWrite[] {
  const rows = store.all(
    query
      .selectFrom("change_row")
      .innerJoin("change_set", "change_set.id", "change_row.set_id")
      .select(["change_set.stamp", "change_row.body"])
      .where("change_row.row_id", "=", rowId),
  );
  return rows.flatMap(({ stamp, body }) => {
    const change = decodeBody(body);
    if (!Object.hasOwn(change.values, field)) return [];
    return [{ stamp, value: change.values[field] ?? null, replaced: change.replaced[field] ?? [] }];
  });
}

function headsQuery(entity: EntityName, id: string) {
  return query.selectFrom("field_heads").selectAll().where("entity", "=", entity).where("row_id", "=", id);
}

export function readHeads(store: Store, entity: EntityName, id: string, field: string) {
  return store.first(headsQuery(entity, id).where("field", "=", field));
}

function hasHeads(store: Store, entity: EntityName, id: string): boolean {
  return store.first(headsQuery(entity, id)) !== undefined;
}

function deleteHeads(store: Store, entity: EntityName, id: string, field: string): void {
  store.run(
    query.deleteFrom("field_heads").where("entity", "=", entity).where("row_id", "=", id).where("field", "=", field),
  );
}

function writeHeads(
  store: Store,
  entity: EntityName,
  id: string,
  field: string,
  kind: string,
  agreed: boolean,
  heads: string,
): void {
  store.run(query.insertInto("field_heads").values({ entity, row_id: id, field, kind, agreed: agreed ? 1 : 0, heads }));
}

const indexedFields = ["name", "owner", "address", "project_code"];

/** Keeps the derived search keys of a project beside its row. */
function indexProject(store: Store, id: string, row: Record<string, StoredValue | undefined>): void {
  const name = nameKeys(String(row.name ?? ""));
  const owner = nameKeys(String(row.owner ?? ""));
  const asWritten = [row.address, row.project_code].map((text) => String(text ?? "").toLowerCase());
  store
    .prepare("insert or replace into project_search (project_id, search, name_key, owner_key) values (?, ?, ?, ?)")
    .run(id, [name.search, owner.search, ...asWritten].join("\u0002"), name.sort, owner.sort);
}

/** Drops the tables' contents and applies the whole log again (law 2). */
export function rebuildTables(store: Store): void {
  store.transaction(() => {
    store.prepare("delete from field_heads").run();
    store.prepare("delete from project_search").run();
    for (const entity of entityNames) store.prepare(`delete from ${entity}`).run();
    store.withoutIndexes(appliedTables, () => {
      for (const entry of logEntries(store)) {
        applyChange(store, entry.stamp, entry.entity, entry.row_id, decodeBody(entry.body));
      }
    });
  });
}

const LOG_PAGE = 5000;

/** The whole log in its order, a page at a time: it may be larger than the memory. */
function* logEntries(store: Store) {
  for (let last = 0; ; ) {
    const page = store.all(
      query
        .selectFrom("change_row")
        .innerJoin("change_set", "change_set.id", "change_row.set_id")
        .select(["change_row.id", "change_set.stamp", "change_row.entity", "change_row.row_id", "change_row.body"])
        .where("change_row.id", ">", last)
        .orderBy("change_row.id")
        .limit(LOG_PAGE),
    );
    yield* page;
    const end = page.at(-1)?.id;
    if (end === undefined) return;
    last = end;
  }
}
