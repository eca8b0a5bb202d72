/** The journal of sync laws 1 and 2: the log, and what is derived from it beside the entity tables. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Facts about this database: replica id, office. Never replicated.
  `create table meta (key text primary key, value text not null) without rowid`,
  // The log. id is the number of the row's first change set, and so a position in the log that links count in.
  // body: one change set as JSON text, or a section of many (see src-main/journal/section) as a zstd frame.
  // Of sections that came from elsewhere: their hash, and the parent's seal (see src-main/sync/seal.ts).
  `create table change_log (
    id integer primary key,
    sets integer not null,
    records integer not null,
    via text,
    at_ms integer not null,
    clock text not null,
    hash text,
    seal blob,
    body not null
  )`,
  `create index change_log_by_hash on change_log (hash) where hash is not null`,
  // Derived: records of entities that only newer programs know, with whom they belong to.
  `create table unknown_record (
    entity text not null,
    id text not null,
    scope_by text not null,
    scope_column text not null,
    owner text,
    touched_by text not null,
    primary key (entity, id)
  ) without rowid`,
  `create index unknown_record_by_owner on unknown_record (owner)`,
  // Derived: fields with more than one head (writes that did not know of each other), or whose replaced writes have
  // not arrived.
  `create table field_heads (
    entity text not null,
    row_id text not null,
    field text not null,
    kind text not null,
    agreed integer not null,
    heads text not null,
    awaited text not null,
    primary key (entity, row_id, field, kind)
  ) without rowid`,
];
