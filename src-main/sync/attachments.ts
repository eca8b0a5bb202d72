/**
 * Contents of attachments on their way: what a bundle carries within its budget, what follows later, what is asked
 * for again. The records travel in the log like all others; a content may arrive before or long after its record.
 */

import { Failure } from "#domain/failure.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { isHash } from "#store/blobs.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { sha256 } from "./keys.ts";
import type { Link } from "./links.ts";

export type AttachmentPart = { hash: string; bytes: Uint8Array };
export type AttachmentRest = { hash: string; size: number };

/** Hashes that one bundle asks for at most; the next asks for others. */
const WANTED_AT_MOST = 500;
/** Contents that one bundle names as following later at most. */
const LATER_AT_MOST = 1000;
/** Came from the peer itself: it has it, whatever it acknowledges. */
const FROM_PEER = 0;

/** A content to be sent; `size` is what the record says, null for a thumbnail. */
type Pending = { hash: string; size: number | null };

/**
 * What the next bundle to the peer carries: contents that attachments within the link's scope refer to and that the
 * peer has not acknowledged; thumbnails first, then what was never sent, the oldest first, up to `budgetBytes`. A
 * content larger than the whole budget goes as the only one of its bundle. `later` names the rest in the order of
 * sending (the first thousand: the receiver knows from the records what it misses), also what has itself not arrived
 * here yet.
 */
export function attachmentsToSend(
  context: SyncContext,
  link: Link,
  budgetBytes: number,
): { parts: AttachmentPart[]; later: AttachmentRest[] } {
  const { blobs } = context.store;
  const parts: AttachmentPart[] = [];
  const later: AttachmentRest[] = [];
  let left = budgetBytes;
  let isFirst = true;
  // Nothing overtakes what did not fit, or a large photo would wait for ever behind small ones.
  let isFull = false;
  for (const { hash, size: stated } of pendingContents(context, link)) {
    const size = stated ?? blobs.sizeOf(hash) ?? 0;
    const goesAlone = isFirst && stated !== null && size > budgetBytes;
    if (blobs.has(hash)) isFull = isFull || (size > left && !goesAlone);
    const bytes = isFull ? null : blobs.read(hash);
    if (bytes === null) {
      if (later.length < LATER_AT_MOST) later.push({ hash, size });
      continue;
    }
    parts.push({ hash, bytes });
    left -= bytes.length;
    if (stated !== null) isFirst = false;
  }
  return { parts, later };
}

/** How much of contents waits for the peer, for the overview of links. */
export function attachmentsWaiting(context: SyncContext, link: Link): { count: number; bytes: number } {
  const sizes = pendingContents(context, link).flatMap(({ size }) => size ?? []);
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Notes that these contents are in bundle `bundleNumber`; they count as arrived once the peer acknowledges it. */
export function noteAttachmentsSent(
  { store }: SyncContext,
  link: Link,
  hashes: readonly string[],
  bundleNumber: number,
): void {
  const note = store.prepare("insert or replace into attachment_at_peer (peer_id, hash, sent_number) values (?, ?, ?)");
  for (const hash of hashes) note.run(link.peer_id, hash, bundleNumber);
}

/**
 * Hashes that this office misses and that the peer may have. They ride in the head of the next bundle: this is how
 * contents of a lost bundle, of a damaged file or of a life before a restore come again.
 */
export function wantedAttachments(context: SyncContext, link: Link): string[] {
  const { blobs } = context.store;
  const missing = contentsInScope(context, link).filter(({ hash }) => !blobs.has(hash));
  const first = missing.length > WANTED_AT_MOST ? (link.sent_number * WANTED_AT_MOST) % missing.length : 0;
  return [...missing.slice(first), ...missing.slice(0, first)].slice(0, WANTED_AT_MOST).map(({ hash }) => hash);
}

/** Notes that the peer asks for these contents: whatever was sent or acknowledged, it does not have them. */
export function noteWanted({ store }: SyncContext, link: Link, hashes: readonly string[]): void {
  const forget = store.prepare("delete from attachment_at_peer where peer_id = ? and hash = ?");
  for (const hash of hashes.slice(0, WANTED_AT_MOST)) forget.run(link.peer_id, hash);
}

/**
 * Keeps the contents that came with a bundle and returns how many were new here. Call after its records are taken
 * in: what no record refers to is left out. The files are written at once and stay when the transaction fails,
 * which is harmless. Throws Failure content_invalid (before anything is written) or disk_full.
 */
export function takeAttachments(
  context: SyncContext,
  link: Link,
  parts: readonly AttachmentPart[],
  fileName: string,
): number {
  const { store } = context;
  for (const { hash, bytes } of parts) {
    if (sha256(bytes) !== hash) {
      throw new Failure("content_invalid", { file: fileName, where: "附件", reason: "内容与指纹不符" });
    }
  }
  const isReferred = store.prepare("select 1 from attachment where hash = @hash or thumb_hash = @hash limit 1");
  let taken = 0;
  for (const { hash, bytes } of parts) {
    if (isReferred.get({ hash }) === undefined) continue;
    if (!store.blobs.has(hash)) taken++;
    store.blobs.write(bytes);
    noteAttachmentsSent(context, link, [hash], FROM_PEER);
  }
  return taken;
}

/** What the peer has not acknowledged, in the order of sending. */
function pendingContents(context: SyncContext, link: Link): Pending[] {
  const { store } = context;
  const atPeer = new Map(
    store
      .all(query.selectFrom("attachment_at_peer").selectAll().where("peer_id", "=", link.peer_id))
      .map(({ hash, sent_number }) => [hash, sent_number]),
  );
  const pending = contentsInScope(context, link).filter(
    ({ hash }) => (atPeer.get(hash) ?? Number.POSITIVE_INFINITY) > link.acked_number,
  );
  const rank = ({ hash, size }: Pending) => (size === null ? 0 : 2) + (atPeer.has(hash) ? 1 : 0);
  return pending.sort((left, right) => rank(left) - rank(right));
}

/** Thumbnails, then contents, of the attachments that travel over this link, each once, the oldest first. */
function contentsInScope(context: SyncContext, link: Link): Pending[] {
  const { store } = context;
  const offices = store.all(query.selectFrom("office").selectAll());
  const subtree = subtreeIds(offices, link.role === "child" ? link.peer_id : context.officeId);
  const rows = store.all(
    query
      .selectFrom("attachment")
      // From the attachments, which are few, to their projects, and never the other way.
      .crossJoin("project")
      .whereRef("project.id", "=", "attachment.project_id")
      .select(["attachment.hash", "attachment.size", "attachment.thumb_hash"])
      .where("attachment.archived_on", "is", null)
      .where("project.office_id", "in", [...subtree])
      .orderBy("attachment.id"),
  );
  const found = new Map<string, Pending>();
  for (const { thumb_hash: hash } of rows) if (hash !== null && isHash(hash)) found.set(hash, { hash, size: null });
  for (const { hash, size } of rows) if (isHash(hash) && !found.has(hash)) found.set(hash, { hash, size });
  return [...found.values()];
}
