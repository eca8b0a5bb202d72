/** Kysely types of every table. Entity tables follow the registry. */
import type { Generated } from "kysely";
import type { EntityName, Row } from "#domain/registry.ts";

type EntityTables = { [E in EntityName]: Row<E> & { versions: string; touched_by: string } };

export type Tables = EntityTables & {
  meta: { key: string; value: string };
  change_log: {
    id: number;
    sets: number;
    records: number;
    via: string | null;
    at_ms: number;
    clock: string;
    hash: string | null;
    seal: Buffer | null;
    checksum: string | null;
    body: string | Buffer;
  };
  unknown_record: {
    entity: string;
    id: string;
    scope_by: "city" | "office" | "ownOffice" | "project";
    scope_column: string;
    owner: string | null;
    touched_by: string;
  };
  field_heads: {
    entity: string;
    row_id: string;
    field: string;
    kind: "edit" | "delete";
    agreed: number;
    heads: string;
    awaited: string;
  };
  project_search: { project_id: string; search: string; name_key: string; owner_key: string };
  issue_search: { issue_id: string; title: string; search: string; title_key: string };
  link: {
    peer_id: string;
    peer_name: string;
    role: "parent" | "child";
    state: "invited" | "active" | "revoked";
    signing_key: string | null;
    age_recipient: string | null;
    fingerprint: string | null;
    nonce: string | null;
    expires_on: string | null;
    peer_replica: string | null;
    met_number: Generated<number>;
    owes_answer: Generated<0 | 1>;
    sent_number: Generated<number>;
    sent_at: string | null;
    acked_number: Generated<number>;
    acked_at: string | null;
    acked_position: Generated<number>;
    received_number: Generated<number>;
    received_at: string | null;
    received_position: Generated<number>;
    our_key: string | null;
    key_since: string | null;
    revocations_sent: Generated<number>;
  };
  peer_key: {
    peer_id: string;
    fingerprint: string;
    signing_key: string;
    replaced_on: string;
    replica: string;
    before_number: number;
  };
  revocation: {
    issuer: string;
    fingerprint: string;
    office_id: string;
    serial: number;
    revoked_on: string;
    reason: string;
    signing_key: string | null;
    signature: string | null;
  };
  exchange: {
    id: string;
    peer_id: string;
    direction: "in" | "out";
    number: number;
    replica: string;
    hash: string;
    file_name: string;
    at: string;
    person_name: string;
    outcome: string;
    summary: string;
    record_changes: number;
    first_set: number | null;
    last_set: number | null;
    position: number | null;
  };
  parked: {
    id: string;
    peer_id: string;
    number: number;
    replica: string;
    base_position: number;
    position: number;
    file_name: string;
    reason: string;
    at: string;
  };
  link_subject: { peer_id: string; subject_id: string; number: number | null; left_number: number | null };
  attachment_at_peer: { peer_id: string; hash: string; sent_number: number };
  saved_view: {
    id: string;
    person_id: string;
    page: string;
    name: string;
    search: string;
    columns: string | null;
    is_default: 0 | 1;
  };
};
