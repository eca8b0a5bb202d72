/** The journal of sync law 1 and 2: one change_set per user action, one change_row per record it touched. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Facts about this database: replica id, office, clock. Never replicated.
  `create table meta (key text primary key, value text not null) without rowid`,
  `create table change_set (
    id integer primary key,
    stamp text not null unique,
    office_id text not null,
    office_name text not null,
    person_id text not null,
    person_name text not null,
    action text not null,
    at_ms integer not null,
    clock_suspect integer not null default 0
  )`,
  // id is the log position: the order of arrival here, and the watermark of every link.
  `create table change_row (
    id integer primary key,
    set_id integer not null references change_set (id),
    entity text not null,
    row_id text not null,
    body text not null,
    via text
  )`,
  `create unique index change_row_by_record on change_row (row_id, set_id)`,
  // Derived: fields whose current value has more than one head (writes that did not know of each other).
  `create table field_heads (
    entity text not null,
    row_id text not null,
    field text not null,
    kind text not null,
    agreed integer not null,
    heads text not null,
    primary key (entity, row_id, field)
  ) without rowid`,
];
