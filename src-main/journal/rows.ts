/** Rows of the entity tables: reading, inserting and updating them with statements prepared once by their fields. */
import type { StoredValue } from "#domain/fields.ts";
import { type EntityName, fieldOf, fieldsOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import type { RecordChange } from "./change-set.ts";
import { positionsOf } from "./versions.ts";

/** A row, or some of its fields. */
export type StoredFields = Record<string, StoredValue> & { versions: string; touched_by: string };

/** The current row, or undefined. */
export function readRow(store: Store, entity: EntityName, id: string): StoredFields | undefined {
  return store.prepare(`select * from ${entity} where id = ?`).get(id) as StoredFields | undefined;
}

/** Current rows of many records of an entity, by id; those that are not there are left out. */
export function readRows(store: Store, entity: EntityName, ids: readonly string[]): Map<string, StoredFields> {
  return readColumns(store, entity, ids, "stored.*");
}

/** Of the current row the fields that these changes write, and what applying them needs beside; or undefined. */
export function readFields(
  store: Store,
  entity: EntityName,
  id: string,
  changes: readonly RecordChange[],
): StoredFields | undefined {
  return store.prepare(selectOf(entity, changes)).get(id) as StoredFields | undefined;
}

/** The same of many records of an entity, by id; those that are not there are left out. */
export function readFieldsOf(
  store: Store,
  entity: EntityName,
  ids: readonly string[],
  fields: readonly string[],
): Map<string, StoredFields> {
  const columns = new Set(["id", "versions", "touched_by", "archived_on", ...fields.filter((f) => fieldOf(entity, f))]);
  return readColumns(store, entity, ids, [...columns].map((column) => `stored.${column}`).join(", "));
}

function readColumns(
  store: Store,
  entity: EntityName,
  ids: readonly string[],
  columns: string,
): Map<string, StoredFields> {
  const select = store.prepare(
    `select ${columns} from json_each(?) as wanted cross join ${entity} as stored on stored.id = wanted.value`,
  );
  const rows = select.all(JSON.stringify(ids)) as (StoredFields & { id: string })[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Statements by entity and fields: most changes of an entity write the same ones. */
const statements = new Map<string, string>();
const STATEMENTS_AT_MOST = 500;

function remembered(key: string, make: () => string): string {
  const known = statements.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (statements.size < STATEMENTS_AT_MOST) statements.set(key, made);
  return made;
}

function selectOf(entity: EntityName, changes: readonly RecordChange[]): string {
  let key = `select ${entity}`;
  for (const { values } of changes) for (const field in values) key += ` ${field}`;
  return remembered(key, () => {
    const written = changes.flatMap(({ values }) => Object.keys(values)).filter((field) => fieldOf(entity, field));
    const columns = new Set(["versions", "touched_by", "archived_on", ...written]);
    return `select ${[...columns].join(", ")} from ${entity} where id = ?`;
  });
}

/** False when the record exists: asking by inserting spares every new record a look before. */
export function insertRow(
  store: Store,
  entity: EntityName,
  id: string,
  values: Readonly<Record<string, StoredValue>>,
  versions: string,
  touched: string,
): boolean {
  const cells: StoredValue[] = [id, versions, touched];
  let key = `insert ${entity}`;
  for (const field in values) {
    cells.push(values[field] ?? null);
    key += ` ${field}`;
  }
  const statement = remembered(key, () => insertOf(entity, Object.keys(values)));
  return store.prepare(statement).run(cells).changes > 0;
}

const followingPositions = new WeakMap<readonly string[], Map<EntityName, string | null>>();

/**
 * Positions of the fields of a change that may simply follow what is there; null when it writes fields that this
 * program does not know, or archives.
 */
export function positionsToFollow(entity: EntityName, fields: readonly string[]): string | null {
  const known = followingPositions.get(fields);
  const found = known?.get(entity);
  if (found !== undefined) return found;
  const inOrder = fieldsOf(entity).flatMap(([name]) => (fields.includes(name) ? [name] : []));
  const isPlain = inOrder.length === fields.length && !fields.includes("archived_on");
  const positions = isPlain ? positionsOf(entity, inOrder) : null;
  followingPositions.set(fields, (known ?? new Map()).set(entity, positions));
  return positions;
}

type NewRow = { known: string[]; positions: string; insert: string };

/** How to insert a record, by entity and the array of its fields, which is one for all records that write the same. */
const newRows = new WeakMap<readonly string[], Map<EntityName, NewRow>>();

const fieldLists = new Map<string, readonly string[]>();

/** The fields of the values, as one array for all values with the same ones. */
export function sharedFields(values: RecordChange["values"]): readonly string[] {
  let key = "";
  for (const field in values) key += ` ${field}`;
  const known = fieldLists.get(key);
  if (known) return known;
  const fields = Object.keys(values);
  if (fieldLists.size < STATEMENTS_AT_MOST) fieldLists.set(key, fields);
  return fields;
}

/** Inserts a record that one change makes. False when the record exists. */
export function insertNew(
  store: Store,
  entity: EntityName,
  id: string,
  values: RecordChange["values"],
  fields: readonly string[],
  stamp: string,
  touched: string,
): boolean {
  const plan = newRows.get(fields)?.get(entity) ?? planNewRow(entity, fields);
  const cells: StoredValue[] = [id, `${stamp}=${plan.positions}`, touched];
  for (const name of plan.known) cells.push(values[name] ?? null);
  return store.prepare(plan.insert).run(cells).changes > 0;
}

function planNewRow(entity: EntityName, fields: readonly string[]): NewRow {
  const known = fieldsOf(entity).flatMap(([name]) => (fields.includes(name) ? [name] : []));
  const plan = { known, positions: positionsOf(entity, known), insert: insertOf(entity, known) };
  const plans = newRows.get(fields) ?? new Map<EntityName, NewRow>();
  newRows.set(fields, plans.set(entity, plan));
  return plan;
}

function insertOf(entity: EntityName, fields: readonly string[]): string {
  const columns = ["id", "versions", "touched_by", ...fields];
  const places = columns.map(() => "?").join(", ");
  return `insert into ${entity} (${columns.join(", ")}) values (${places}) on conflict (id) do nothing`;
}

/** Writes the given fields of `next`. */
export function updateRow(
  store: Store,
  entity: EntityName,
  id: string,
  fields: readonly string[],
  next: Readonly<Record<string, StoredValue>>,
  versions: string,
  touched: string,
): void {
  const statement = remembered(`update ${entity} ${fields.join(" ")}`, () => {
    const assignments = [...fields, "versions", "touched_by"].map((field) => `${field} = ?`).join(", ");
    return `update ${entity} set ${assignments} where id = ?`;
  });
  const cells: (StoredValue | undefined)[] = fields.map((field) => next[field]);
  cells.push(versions, touched, id);
  store.prepare(statement).run(cells);
}
