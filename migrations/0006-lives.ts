/** What a link must remember about the lives of both databases, and of what came into a child's scope and left it. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // The last bundle that was made before we heard of the peer's present life: none up to it was made for that life.
  `alter table link add column met_number integer not null default 0`,
  // Whether something came from the peer that no bundle has answered yet.
  `alter table link add column owes_answer integer not null default 0`,
  `update link set owes_answer = 1 where received_at is not null and (sent_at is null or received_at >= sent_at)`,
  `drop table link_subject`,
  // Projects and people that a child knows of (sync law 8): the first bundle with their whole history (0: the child
  // made them itself; null: that bundle is still to come), and the first after they left its scope. Each counts once
  // the child has acknowledged that bundle.
  `create table link_subject (
    peer_id text not null,
    subject_id text not null,
    number integer,
    left_number integer,
    primary key (peer_id, subject_id)
  ) without rowid`,
];
