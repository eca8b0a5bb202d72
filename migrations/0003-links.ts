/** The exchange with parent and children: links, bundles in and out, what is parked. Never replicated. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table link (
    peer_id text primary key,
    peer_name text not null,
    role text not null,
    state text not null,
    signing_key text,
    age_recipient text,
    fingerprint text,
    nonce text,
    expires_on text,
    peer_replica text,
    sent_number integer not null default 0,
    sent_at text,
    acked_number integer not null default 0,
    acked_at text,
    acked_position integer not null default 0,
    received_number integer not null default 0,
    received_at text,
    received_position integer not null default 0
  ) without rowid`,
  // Every bundle sent (direction 'out') or taken in ('in'): numbers for people, hashes against forks.
  `create table exchange (
    id text primary key,
    peer_id text not null,
    direction text not null,
    number integer not null,
    replica text not null,
    hash text not null,
    file_name text not null,
    at text not null,
    person_name text not null,
    outcome text not null,
    summary text not null,
    record_changes integer not null,
    first_set integer,
    last_set integer,
    position integer
  )`,
  `create index exchange_by_peer on exchange (peer_id, direction, number)`,
  // Files that wait for a gap to close; the bytes live in the folder parked/ under this id.
  `create table parked (
    id text primary key,
    peer_id text not null,
    number integer not null,
    replica text not null,
    base_position integer not null,
    position integer not null,
    file_name text not null,
    reason text not null,
    at text not null
  ) without rowid`,
  // Projects and people whose whole history a child was given, and in the export up to which log position:
  // the reach of its scope over time (sync law 8). Counts once the child has acknowledged that position.
  `create table link_subject (
    peer_id text not null,
    subject_id text not null,
    position integer not null,
    primary key (peer_id, subject_id)
  ) without rowid`,
];
