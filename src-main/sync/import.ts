/**
 * Importing a bundle (sync law 7): size, sender, signature, recipient, hashes, schema and authority are all
 * checked before one transaction writes anything. The file itself is never touched.
 */
import type { ImportReport } from "#contract/exchange.ts";
import { Failure } from "#domain/failure.ts";
import { storageFailure } from "#store/storage-failure.ts";
import { query } from "#store/store.ts";
import { bundleHash, isForThisLife, meet, receivedPosition } from "./acknowledgement.ts";
import { checkSections } from "./authority.ts";
import { type BundleHeader, openBundle, openPayload } from "./bundle-file.ts";
import type { Delivery, SyncContext } from "./context.ts";
import { takeRevocations } from "./key-revocation.ts";
import { identityFor, takeSender, verifySender } from "./key-sender.ts";
import { type OfficeKeys, readKeys, sha256 } from "./keys.ts";
import { type Link, type ReadyLink, readLink, readLinks, readyLink, updateLink } from "./links.ts";
import { dropParked, dropParkedOfOtherLives, forgetParked, nextParked, park } from "./parking.ts";
import type { Payload } from "./payload.ts";
import { emptyReport, takeIn } from "./take-in.ts";

/**
 * Imports one bundle, and then those that were parked for want of it. Throws a Failure that says what is wrong; the
 * database is then as it was.
 */
export async function importBundle(
  context: SyncContext,
  keys: OfficeKeys,
  bytes: Uint8Array,
  fileName: string,
  person: string,
): Promise<ImportReport> {
  const { report, peerId } = await importFile(context, keys, { bytes, fileName, person });
  // Also after one that was there before: the program may have ended before it came to those that waited.
  if (report.outcome !== "parked") await releaseParked(context, keys, peerId, report);
  return report;
}

/** Imports parked bundles whose gap closed just before the program ended. */
export async function takeUpParked(context: SyncContext): Promise<void> {
  for (const { peer_id, state } of readLinks(context.store)) {
    if (state !== "active" || nextParked(context, peer_id) === undefined) continue;
    const report = emptyReport(readyLink(context.store, peer_id), 0);
    await releaseParked(context, readKeys(context.dataFolder), peer_id, report);
  }
}

/** `parkedId`: the file comes from the parked ones and leaves them with the transaction that applies it. */
async function importFile(
  context: SyncContext,
  keys: OfficeKeys,
  delivery: Delivery,
  parkedId?: string,
): Promise<{ report: ImportReport; peerId: string }> {
  const { store } = context;
  const { bytes, fileName } = delivery;
  const hash = sha256(bytes);
  const bundle = openBundle(bytes, fileName);
  const { header } = bundle;
  const link = senderLink(context, header, fileName);
  const peerId = link.peer_id;
  const sender = verifySender(context, link, header, bundle.signed, bundle.signature, fileName);
  if (header.to.id !== context.officeId) {
    throw new Failure("wrong_recipient", { to: header.to.name, here: context.officeName });
  }
  const known = knownBundle(context, header, hash, link);
  if (known) return { report: known, peerId };
  const identity = identityFor(keys, header);
  if (identity === null) throw new Failure("recipient_key_changed", { file: fileName, from: link.peer_name });
  const payload = await openPayload(bundle, identity, fileName);

  const { records: total } = payload;
  context.onProgress?.({ phase: "check", done: 0, total });

  const receive = (): ImportReport => {
    const current = readyLink(store, peerId);
    const repeated = knownBundle(context, header, hash, current);
    if (repeated) return repeated;
    const isAfterGap = payload.base > receivedPosition(store, current, payload.replica);
    // Before the contents: of a copied database these may break rules that the receipt explains.
    meet(context, current, payload, isAfterGap);
    if (!isForThisLife(context, payload)) return leaveAside(context, current, payload);
    if (isAfterGap) return park(context, readyLink(store, peerId), payload, hash, delivery);
    const checked = checkSections(context, keys, current, payload, fileName);
    context.onProgress?.({ phase: "merge", done: 0, total });
    const taken = takeIn(context, current, payload, checked, hash, delivery);
    taken.keyNews = takeSender(context, keys, current, header, sender);
    takeRevocations(context, keys, current, sender.signingKey, payload.revocations, fileName);
    if (parkedId !== undefined) forgetParked(store, parkedId);
    return taken;
  };
  const report = store.transaction(() => {
    const received = receive();
    context.onProgress?.({ phase: "write", done: total, total });
    return received;
  });
  return { report, peerId };
}

function senderLink(context: SyncContext, header: BundleHeader, fileName: string): ReadyLink {
  const link = readLink(context.store, header.from.id);
  if (link?.state === "revoked") throw new Failure("key_revoked", { file: fileName, from: link.peer_name });
  if (link?.state !== "active") {
    // A file for somebody else is the likelier mistake: name that first.
    if (header.to.id !== context.officeId) {
      throw new Failure("wrong_recipient", { to: header.to.name, here: context.officeName });
    }
    throw new Failure("unknown_sender", { from: header.from.name });
  }
  return readyLink(context.store, header.from.id);
}

/**
 * A bundle for an earlier life of this database: of its contents nothing is taken in, as it left out what that life
 * had sent. The peer sends all of it again as soon as it hears of this life.
 */
function leaveAside(context: SyncContext, link: Link, payload: Payload): ImportReport {
  // The peer is owed an answer, from which it learns of this life.
  updateLink(context.store, link.peer_id, { owes_answer: 1 });
  const from = link.peer_name;
  return {
    ...emptyReport(link, payload.number),
    outcome: "parked",
    summary:
      `${from}第 ${payload.number} 号包是给本单位恢复备份以前的数据的，没有导入。` +
      `请先向${from}导出一个同步包，对方导入后会把其中的内容重新发来。`,
  };
}

/** A bundle seen before: nothing to do, or a fork alarm when the same number came with other bytes. */
function knownBundle(context: SyncContext, header: BundleHeader, hash: string, link: Link): ImportReport | null {
  const known = context.store.first(
    query
      .selectFrom("exchange")
      .select(["id", "hash"])
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "in")
      .where("number", "=", header.number)
      .where("replica", "=", header.replica)
      .where("outcome", "=", "applied"),
  );
  if (!known) {
    if (isOfTwin(context, header, link)) {
      throw new Failure("bundle_forked", { from: link.peer_name, number: header.number });
    }
    return null;
  }
  if (known.hash !== hash) throw new Failure("bundle_forked", { from: link.peer_name, number: header.number });
  return {
    ...emptyReport(link, header.number),
    exchangeId: known.id,
    outcome: "already",
    summary: `${link.peer_name}第 ${header.number} 号包以前已经导入，没有变化。`,
  };
}

/**
 * Two PCs with one database number their bundles alike, and each names the hash of its own one before. A bundle that
 * was made and delivered, but not recorded because the power went, is passed over in that chain.
 */
function isOfTwin({ store }: SyncContext, { number, replica, previous }: BundleHeader, link: Link): boolean {
  if (bundleHash(store, link.peer_id, "in", replica, number - 1) === undefined) return false;
  const find = store.prepare("select 1 from exchange where peer_id = ? and direction = 'in' and hash = ?");
  return find.get(link.peer_id, previous) === undefined;
}

/** What keeps a bundle from being taken in now, but is not the bundle's fault. */
const PASSING: readonly string[] = [
  "import_cancelled",
  "disk_full",
  "disk_failing",
  "database_busy",
  "database_damaged",
  "folder_unusable",
];

/**
 * Applies parked bundles of the peer whose gap has closed, in order; their numbers join the report. What came before is
 * taken in and stays so, whatever becomes of them: one that is at fault is let go, any other waits for the next import.
 */
async function releaseParked(
  context: SyncContext,
  keys: OfficeKeys,
  peerId: string,
  report: ImportReport,
): Promise<void> {
  dropParkedOfOtherLives(context, peerId);
  for (let next = nextParked(context, peerId); next; next = nextParked(context, peerId)) {
    const { id, number, ...delivery } = next;
    try {
      const { report: released } = await importFile(context, keys, delivery, id);
      dropParked(context, id);
      if (released.outcome === "applied") report.released.push(number);
      for (const count of ["added", "changed", "conflicts", "refused", "missingParents", "clockSuspect"] as const) {
        report[count] += released[count];
      }
      report.missingAttachments = released.missingAttachments;
    } catch (error) {
      const failure = error instanceof Failure ? error : storageFailure(error, context.store.path);
      if (failure === null || PASSING.includes(failure.code)) {
        if (failure === null) console.error(error);
        const reason = failure?.message ?? new Failure("internal").message;
        report.notes.push(`暂存的第 ${number} 号包还留着，这次没有导入：${reason}下次导入对方的同步包时会再试。`);
        return;
      }
      dropParked(context, id);
      report.refused++;
      report.notes.push(`暂存的第 ${number} 号包没有导入：${failure.message}`);
    }
  }
}
