/** The life of keys: which key a peer knows of ours, former keys of peers, and the list of revoked keys. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // Fingerprint of our keys to which the peer last encrypted, and since when the peer's own key is known.
  `alter table link add column our_key text`,
  `alter table link add column key_since text`,
  // Entries of the revocation list in the last bundle: a longer list is a reason to send one.
  `alter table link add column revocations_sent integer not null default 0`,
  // Keys that a peer has replaced: bundles it made before with them may still arrive.
  `create table peer_key (
    peer_id text not null,
    fingerprint text not null,
    signing_key text not null,
    replaced_on text not null,
    replica text not null,
    before_number integer not null,
    primary key (peer_id, fingerprint)
  ) without rowid`,
  // Never deleted from. Entries of other issuers keep the signature they came with; our own are signed when sent.
  `create table revocation (
    issuer text not null,
    fingerprint text not null,
    office_id text not null,
    serial integer not null,
    revoked_on text not null,
    reason text not null,
    signing_key text,
    signature text,
    primary key (issuer, fingerprint)
  ) without rowid`,
];
