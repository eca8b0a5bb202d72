/** What is known of a bundle without opening it: its label, and whether the last one made still says everything. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BundleLabel } from "#contract/exchange.ts";
import { Failure } from "#domain/failure.ts";
import { query } from "#store/store.ts";
import { type BundleHeader, openBundle } from "#sync/bundle-file.ts";
import { fingerprintOf, type OfficeKeys, sha256 } from "#sync/keys.ts";
import { type Link, readLink } from "#sync/links.ts";
import type { Office } from "./office.ts";

/** The label of a bundle, or of its first bytes; null when it has none that can be read. */
export function bundleLabel(bytes: Uint8Array, fileName: string): BundleLabel | null {
  const header = headerOf(bytes, fileName);
  if (header === null) return null;
  const { from, to, number, replica, madeAt } = header;
  return { fromId: from.id, fromName: from.name, toName: to.name, number, replica, madeAt };
}

/**
 * Refuses to make another bundle for a peer while `folder` holds the last one and nothing came after it that a new one
 * could say: so an unattended run can be repeated. Throws Failure export_current.
 */
export function requireNews(office: Office, keys: OfficeKeys, peerId: string, folder: string): void {
  const link = readLink(office.store, peerId);
  const last = office.store.first(
    query
      .selectFrom("exchange")
      .select(["id", "number", "hash", "file_name", "position", "replica"])
      .where("peer_id", "=", peerId)
      .where("direction", "=", "out")
      .orderBy("id", "desc")
      .limit(1),
  );
  // A number without a record: its file was not finished.
  if (!link || !last || last.number !== link.sent_number) return;
  // A bundle of a life before a restore says nothing of this one, and an answer may be owed to one left aside.
  if (last.replica !== office.journal.replica || link.owes_answer === 1) return;
  if (last.position !== office.journal.log.end() || hasTakenInSince(office, last.id)) return;
  const path = join(folder, last.file_name);
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  if (sha256(bytes) !== last.hash || !isForPresentKeys(office, keys, link, headerOf(bytes, last.file_name))) return;
  throw new Failure("export_current", { to: link.peer_name, number: last.number, folder });
}

/** Receipts, attachments, revocations and new keys all come in with a bundle. */
function hasTakenInSince(office: Office, exchangeId: string): boolean {
  const since = office.store.first(
    query
      .selectFrom("exchange")
      .select("id")
      .where("direction", "=", "in")
      .where("outcome", "=", "applied")
      .where("id", ">", exchangeId)
      .limit(1),
  );
  return since !== undefined;
}

function isForPresentKeys(office: Office, keys: OfficeKeys, link: Link, header: BundleHeader | null): boolean {
  const revocations = office.store.prepare("select count(*) from revocation").pluck().get();
  return (
    header?.senderKey === fingerprintOf(keys) &&
    header.recipientKey === link.fingerprint &&
    (link.role === "parent" || revocations === link.revocations_sent)
  );
}

function headerOf(bytes: Uint8Array, fileName: string): BundleHeader | null {
  try {
    return openBundle(bytes, fileName).header;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
