/**
 * Importing a bundle (sync law 7): size, sender, signature, recipient, hashes, schema and authority are all
 * checked before one transaction writes anything. The file itself is never touched.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { entityNames, registry } from "#domain/registry.ts";
import type { IngestCounts } from "#journal/journal.ts";
import { query, type Store } from "#store/store.ts";
import { acknowledge, type Life, lifeOf } from "./acknowledgement.ts";
import { checkSections } from "./authority.ts";
import { type BundleHeader, openBundle, openPayload } from "./bundle-file.ts";
import type { SyncContext } from "./context.ts";
import { takeRevocations } from "./key-revocation.ts";
import { identityFor, takeSender, verifySender } from "./key-sender.ts";
import { type OfficeKeys, sha256 } from "./keys.ts";
import { type Link, type ReadyLink, readLink, readyLink, updateLink } from "./links.ts";
import type { Payload } from "./payload.ts";
import { writeFileSafely } from "./safe-write.ts";
import { noteSubjects } from "./scope.ts";

/** Law 13: every import ends in numbers. */
export type Imported = {
  exchangeId: string;
  peerId: string;
  peerName: string;
  number: number;
  outcome: "applied" | "parked" | "already";
  summary: string;
  added: number;
  changed: number;
  conflicts: number;
  refused: number;
  parked: number;
  missingParents: number;
  clockSuspect: number;
  released: number[];
  /** A sentence when the peer has new keys. */
  keyNews?: string | undefined;
};

/** Imports one bundle. Throws a Failure that says what is wrong; the database is then as it was. */
export async function importBundle(
  context: SyncContext,
  keys: OfficeKeys,
  bytes: Uint8Array,
  fileName: string,
  person: string,
): Promise<Imported> {
  const hash = sha256(bytes);
  const bundle = openBundle(bytes, fileName);
  const { header } = bundle;
  const link = senderLink(context, header, fileName);
  const sender = verifySender(context, link, header, bundle.signed, bundle.signature, fileName);
  if (header.to.id !== context.officeId) {
    throw new Failure("wrong_recipient", { to: header.to.name, here: context.officeName });
  }
  const known = knownBundle(context, header, hash, link);
  if (known) return known;
  const identity = identityFor(keys, header);
  if (identity === null) throw new Failure("recipient_key_changed", { file: fileName, from: link.peer_name });
  const payload = await openPayload(bundle, identity, fileName);

  const imported = context.store.transaction(() => {
    const current = readyLink(context.store, link.peer_id);
    const repeated = knownBundle(context, header, hash, current);
    if (repeated) return repeated;
    if (payload.base > current.received_position)
      return park(context, current, payload, header, bytes, fileName, person);
    const subjects = checkSections(context.store, current, payload, fileName);
    const report = take(context, current, payload, subjects, hash, fileName, person);
    report.keyNews = takeSender(context, keys, current, header, sender);
    takeRevocations(context, keys, current, sender.signingKey, payload.revocations, fileName);
    return report;
  });
  if (imported.outcome === "applied") await releaseParked(context, keys, imported, person);
  return imported;
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

/** A bundle seen before: nothing to do, or a fork alarm when the same number came with other bytes. */
function knownBundle(context: SyncContext, header: BundleHeader, hash: string, link: Link): Imported | null {
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
  if (!known) return null;
  if (known.hash !== hash) throw new Failure("bundle_forked", { from: link.peer_name, number: header.number });
  return {
    ...emptyReport(link, header.number),
    exchangeId: known.id,
    outcome: "already",
    summary: `${link.peer_name}第 ${header.number} 号包以前已经导入，没有变化。`,
  };
}

function take(
  context: SyncContext,
  link: ReadyLink,
  payload: Payload,
  subjects: Set<string>,
  hash: string,
  fileName: string,
  person: string,
): Imported {
  const { store, journal } = context;
  const before = journal.log.end();
  const conflictsBefore = openConflicts(context);
  const orphansBefore = orphans(store);
  const life = lifeOf(context, link, payload.replica);
  acknowledge(context, link, payload, life);
  const counts = journal.ingest(payload.sections, payload.records, link.peer_id);
  // The peer has what it wrote itself.
  if (link.role === "child") noteSubjects(store, link, [...subjects], 0);
  const end = journal.log.end();
  const conflicts = [...openConflicts(context)].filter((key) => !conflictsBefore.has(key)).length;
  const missingParents = Math.max(0, orphans(store) - orphansBefore);
  const exchangeId = uuidv7();
  const at = localDateTime(context.now().getTime());
  updateLink(store, link.peer_id, { received_at: at, ...receivedUpTo(context, link, payload, life) });
  const summary = summaryOf(link, payload.number, counts, conflicts, missingParents);
  store.run(
    query.insertInto("exchange").values({
      id: exchangeId,
      peer_id: link.peer_id,
      direction: "in",
      number: payload.number,
      replica: payload.replica,
      hash,
      file_name: fileName,
      at,
      person_name: person,
      outcome: "applied",
      summary,
      record_changes: counts.fresh,
      first_set: before + 1,
      last_set: end,
      position: payload.position,
    }),
  );
  return {
    ...emptyReport(link, payload.number),
    exchangeId,
    outcome: "applied",
    summary,
    added: counts.added,
    changed: counts.changed,
    conflicts,
    missingParents,
    clockSuspect: counts.clockSuspect,
  };
}

/**
 * How far the peer's log has been received after this bundle. An older bundle that comes late moves nothing
 * back; a new life of the peer starts its own count. A bundle made for an earlier life of this database left out
 * what that life had sent itself: its records are taken in, but it is not acknowledged, so the peer starts again.
 */
function receivedUpTo(context: SyncContext, link: Link, payload: Payload, life: Life): Partial<Link> {
  const forThisLife = payload.receiver === null || payload.receiver === context.journal.replica;
  const advances = life === "new" || (life === "same" && payload.position >= link.received_position);
  if (forThisLife && advances) {
    return { peer_replica: payload.replica, received_number: payload.number, received_position: payload.position };
  }
  return life === "old" ? {} : { peer_replica: payload.replica };
}

function summaryOf(
  link: Link,
  number: number,
  counts: IngestCounts,
  conflicts: number,
  missingParents: number,
): string {
  const parts = [`新增 ${counts.added} 条`, `修改 ${counts.changed} 条`, `冲突 ${conflicts} 处`];
  if (missingParents > 0) parts.push(`缺上级记录 ${missingParents} 条`);
  if (counts.clockSuspect > 0) parts.push(`时钟可疑 ${counts.clockSuspect} 次`);
  return `${link.peer_name}第 ${number} 号包：${parts.join("，")}。`;
}

/** Keeps a bundle that comes after a gap; it is applied by itself when the gap closes (law 6). */
function park(
  context: SyncContext,
  link: ReadyLink,
  payload: Payload,
  header: BundleHeader,
  bytes: Uint8Array,
  fileName: string,
  person: string,
): Imported {
  const reason = `缺 ${link.peer_name} ${missingNumbers(link.received_number, header.number)}`;
  const id = uuidv7();
  const at = localDateTime(context.now().getTime());
  const already = context.store.first(
    query
      .selectFrom("parked")
      .select("id")
      .where("peer_id", "=", link.peer_id)
      .where("number", "=", header.number)
      .where("replica", "=", header.replica),
  );
  if (!already) {
    mkdirSync(parkedFolder(context), { recursive: true });
    writeFileSafely(join(parkedFolder(context), id), bytes);
    context.store.run(
      query.insertInto("parked").values({
        id,
        peer_id: link.peer_id,
        number: header.number,
        replica: header.replica,
        base_position: payload.base,
        position: payload.position,
        file_name: fileName,
        reason,
        at,
      }),
    );
  }
  const summary = `${link.peer_name}第 ${header.number} 号包已暂存：${reason}。补上后自动导入，或请对方重新导出。`;
  const exchangeId = already?.id ?? id;
  if (!already) {
    context.store.run(
      query.insertInto("exchange").values({
        id: exchangeId,
        peer_id: link.peer_id,
        direction: "in",
        number: header.number,
        replica: header.replica,
        hash: sha256(bytes),
        file_name: fileName,
        at,
        person_name: person,
        outcome: "parked",
        summary,
        record_changes: 0,
      }),
    );
  }
  return { ...emptyReport(link, header.number), exchangeId, outcome: "parked", summary, parked: 1 };
}

function missingNumbers(received: number, number: number): string {
  const first = received + 1;
  const last = number - 1;
  if (last < first) return "先前的同步包";
  return first === last ? `第 ${first} 号包` : `第 ${first}—${last} 号包`;
}

/** Applies parked bundles of the peer whose gap has closed, in order; their numbers join the report. */
async function releaseParked(context: SyncContext, keys: OfficeKeys, report: Imported, person: string): Promise<void> {
  const { store } = context;
  for (;;) {
    const link = readyLink(store, report.peerId);
    const next = store.first(
      query
        .selectFrom("parked")
        .selectAll()
        .where("peer_id", "=", report.peerId)
        .where("base_position", "<=", link.received_position)
        .orderBy("position")
        .limit(1),
    );
    if (!next) return;
    const path = join(parkedFolder(context), next.id);
    const bytes = readFileSync(path);
    store.run(query.deleteFrom("parked").where("id", "=", next.id));
    const released = await importBundle(context, keys, bytes, next.file_name, person);
    rmSync(path, { force: true });
    report.released.push(next.number, ...released.released);
    report.added += released.added;
    report.changed += released.changed;
    report.conflicts += released.conflicts;
    report.missingParents += released.missingParents;
    report.clockSuspect += released.clockSuspect;
  }
}

function parkedFolder(context: SyncContext): string {
  return join(context.dataFolder, "parked");
}

function openConflicts(context: SyncContext): Set<string> {
  const rows = context.store.all(
    query.selectFrom("field_heads").select(["entity", "row_id", "field"]).where("agreed", "=", 0),
  );
  return new Set(rows.map((row) => `${row.entity}/${row.row_id}/${row.field}`));
}

/** Records whose project has not arrived. Starts from the missing projects, which are few or none. */
function orphans(store: Store): number {
  const followers = entityNames
    .filter((entity) => registry[entity].scope.by === "project")
    .map(
      (entity) => `select id from ${entity} where project_id is null
        or project_id in (select project_id from ${entity} except select id from project)`,
    );
  return store
    .prepare(`select count(*) from (${followers.join(" union all ")})`)
    .pluck()
    .get() as number;
}

function emptyReport(link: Link, number: number): Imported {
  return {
    exchangeId: "",
    peerId: link.peer_id,
    peerName: link.peer_name,
    number,
    outcome: "applied",
    summary: "",
    added: 0,
    changed: 0,
    conflicts: 0,
    refused: 0,
    parked: 0,
    missingParents: 0,
    clockSuspect: 0,
    released: [],
  };
}
