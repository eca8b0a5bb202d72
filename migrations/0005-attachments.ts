/** Photos and documents of projects, visits and nodes; their contents are files beside the database. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table attachment (
    id text primary key, project_id text, visit_id text, node_id text, name text, hash text, size integer,
    media_type text, taken_on text, note text, thumb_hash text, archived_on text, versions text not null, touched_by text not null
  ) without rowid`,
  `create index attachment_by_project on attachment (project_id, archived_on)`,
  `create index attachment_by_visit on attachment (visit_id) where visit_id is not null`,
  `create index attachment_by_node on attachment (node_id) where node_id is not null`,
  // Covering: whether a content is referred to, and which contents are missing.
  `create index attachment_by_hash on attachment (hash, archived_on)`,
  `create index attachment_by_thumb_hash on attachment (thumb_hash) where thumb_hash is not null`,
  // Contents that a peer has been sent, by the number of the last bundle that carried it; 0: it came from the peer
  // itself. Counts once the peer has acknowledged that number. Never replicated.
  `create table attachment_at_peer (
    peer_id text not null,
    hash text not null,
    sent_number integer not null,
    primary key (peer_id, hash)
  ) without rowid`,
];
