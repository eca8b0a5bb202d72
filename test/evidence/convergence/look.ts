/**
 * What a clerk could see of a record: its values, which write each value came from, and its open conflicts. The only
 * file of this harness that knows how the tables keep versions and conflicts.
 */
import type { StoredValue } from "#domain/fields.ts";
import type { EntityName } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import type { Conflict, Head } from "./model.ts";
import type { Program } from "./program.ts";

export type Row = Record<string, StoredValue>;
type Contested = {
  entity: string;
  row_id: string;
  field: string;
  kind: "edit" | "delete";
  agreed: number;
  heads: string;
};

export type Seen = {
  row: Row;
  /** By field, the stamp of the write whose value is shown. */
  shown: ReadonlyMap<string, string>;
  /** By field, all writes that stand beside each other, also those that agree. */
  heads: ReadonlyMap<string, Head[]>;
};

/** A record as the clerk sees it before writing; undefined when there is none. */
export function see(program: Program, store: Store, entity: EntityName, id: string): Seen | undefined {
  const stored = store.prepare(`select * from ${entity} where id = ?`).get(id) as
    | (Row & { versions: string })
    | undefined;
  if (!stored) return undefined;
  const contested = store
    .prepare("select * from field_heads where entity = ? and row_id = ? and kind = 'edit'")
    .all(entity, id) as Contested[];
  return {
    row: fieldsIn(stored),
    shown: program.parseVersions(entity, stored.versions).byField,
    heads: new Map(contested.map(({ field, heads }) => [field, JSON.parse(heads) as Head[]])),
  };
}

/** Every record of a table, by id. */
export function rowsOf(store: Store, entity: string): Map<string, Row> {
  const rows = store.prepare(`select * from ${entity} order by id`).all() as Row[];
  return new Map(rows.map((row) => [String(row.id), fieldsIn(row)]));
}

/** A stored row without what the journal keeps in it. */
function fieldsIn({ versions: _, touched_by: __, ...row }: Row): Row {
  return row;
}

/** Every open conflict, by "entity id" and field. */
export function conflictsOf(store: Store): Map<string, Record<string, Conflict>> {
  const open = new Map<string, Record<string, Conflict>>();
  const rows = store.prepare("select * from field_heads where agreed = 0").all() as Contested[];
  for (const { entity, row_id, field, kind, heads } of rows) {
    const key = `${entity} ${row_id}`;
    const fields = open.get(key) ?? {};
    fields[field] = { kind, heads: (JSON.parse(heads) as Head[]).map(({ stamp, value }) => ({ stamp, value })) };
    open.set(key, fields);
  }
  return open;
}

/** All that is in the database, for comparing before and after; grows with whatever tables there are. */
export function contentOf(store: Store): string {
  const tables = store
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all() as string[];
  return tables.map((table) => `${table}\n${tableText(store, table)}`).join("\n");
}

function tableText(store: Store, table: string): string {
  // A statement of its own: the store keeps statements by their text, and raw() stays with them.
  const rows = store.prepare(`select * from ${table} -- raw`).raw().all() as unknown[][];
  const cell = (value: unknown) => (Buffer.isBuffer(value) ? value.toString("latin1") : (value ?? "\0"));
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
