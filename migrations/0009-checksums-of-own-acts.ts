/** A checksum for what this office recorded itself; what came from elsewhere has the hash of its section. */
import { hash } from "node:crypto";
import { type Kysely, sql } from "kysely";

const PAGE = 1000;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table change_log add column checksum text`.execute(db);
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number; body: string | Buffer }>`
      select id, body from change_log where id > ${after} and hash is null order by id limit ${PAGE}`.execute(db);
    for (const { id, body } of rows) {
      await sql`update change_log set checksum = ${hash("sha256", body)} where id = ${id}`.execute(db);
      after = id;
    }
    if (rows.length < PAGE) return;
  }
}
