/** Bundles that come after a gap (sync law 6): kept beside the database, applied by themselves when the gap closes. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { ImportReport } from "#contract/exchange.ts";
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { writeFileSafely } from "#store/safe-write.ts";
import { query, type Store } from "#store/store.ts";
import type { Delivery, SyncContext } from "./context.ts";
import { type Link, type ReadyLink, readyLink } from "./links.ts";
import type { Payload } from "./payload.ts";
import { emptyReport } from "./take-in.ts";

/**
 * Keeps a bundle until what is missing before it has come. Call in the transaction of the import. Throws Failure
 * bundle_forked when another file of that number waits already.
 */
export function park(
  context: SyncContext,
  link: ReadyLink,
  payload: Payload,
  hash: string,
  { bytes, fileName, person }: Delivery,
): ImportReport {
  const { store } = context;
  const { number, replica } = payload;
  const reason = `缺 ${link.peer_name} ${missingNumbers(link, payload)}`;
  const summary = `${link.peer_name}第 ${number} 号包已暂存：${reason}。补上后自动导入，或请对方重新导出。`;
  const already = store.first(
    query
      .selectFrom("parked")
      .innerJoin("exchange", "exchange.id", "parked.id")
      .select(["parked.id", "exchange.hash"])
      .where("parked.peer_id", "=", link.peer_id)
      .where("parked.number", "=", number)
      .where("parked.replica", "=", replica),
  );
  const report = (exchangeId: string): ImportReport => ({
    ...emptyReport(link, number),
    exchangeId,
    outcome: "parked",
    summary,
    parked: 1,
  });
  if (already && already.hash !== hash) throw new Failure("bundle_forked", { from: link.peer_name, number });
  if (already) return report(already.id);
  const id = uuidv7();
  const at = localDateTime(context.now().getTime());
  mkdirSync(parkedFolder(context), { recursive: true });
  writeFileSafely(join(parkedFolder(context), id), bytes);
  const shared = { id, peer_id: link.peer_id, number, replica, file_name: fileName, at, position: payload.position };
  store.run(query.insertInto("parked").values({ ...shared, base_position: payload.base, reason }));
  const { position: _, ...facts } = shared;
  store.run(
    query.insertInto("exchange").values({
      ...facts,
      direction: "in",
      hash,
      person_name: person,
      outcome: "parked",
      summary,
      record_changes: 0,
    }),
  );
  return report(id);
}

function missingNumbers(link: Link, { number, replica }: Payload): string {
  // The numbers of a new life of the peer say nothing about those of the old one.
  const first = link.peer_replica === null || link.peer_replica === replica ? link.received_number + 1 : 1;
  const last = number - 1;
  if (last < first) return "先前的同步包";
  return first === last ? `第 ${first} 号包` : `第 ${first}—${last} 号包`;
}

/** The parked bundle of the peer that can be applied now, the earliest first; with who brought it. */
export function nextParked(
  context: SyncContext,
  peerId: string,
): (Delivery & { id: string; number: number }) | undefined {
  const { store } = context;
  const link = readyLink(store, peerId);
  const next = store.first(
    query
      .selectFrom("parked")
      .innerJoin("exchange", "exchange.id", "parked.id")
      .select(["parked.id", "parked.number", "parked.file_name as fileName", "exchange.person_name as person"])
      .where("parked.peer_id", "=", peerId)
      .where("parked.replica", "=", link.peer_replica)
      .where("base_position", "<=", link.received_position)
      .orderBy("parked.position")
      .limit(1),
  );
  if (!next) return undefined;
  const path = join(parkedFolder(context), next.id);
  if (existsSync(path)) return { ...next, bytes: readFileSync(path) };
  // Without its copy it can only come again from the peer.
  forgetParked(store, next.id);
  return nextParked(context, peerId);
}

/** Takes a bundle off the list; its copy may go once that is certain. */
export function forgetParked(store: Store, id: string): void {
  store.run(query.deleteFrom("parked").where("id", "=", id));
}

/** Lets go of a parked bundle and its copy. */
export function dropParked(context: SyncContext, id: string): void {
  forgetParked(context.store, id);
  rmSync(join(parkedFolder(context), id), { force: true });
}

/** Lets go of what other lives of the peer had sent than the one we know: the gap before it never closes. */
export function dropParkedOfOtherLives(context: SyncContext, peerId: string): void {
  const { peer_replica } = readyLink(context.store, peerId);
  const parked = context.store.all(
    query.selectFrom("parked").select("id").where("peer_id", "=", peerId).where("replica", "!=", peer_replica),
  );
  for (const { id } of parked) dropParked(context, id);
}

/** Lets go of all of a peer: signed with a key that counts no longer, they would be refused when their turn came. */
export function dropParkedOf(context: SyncContext, peerId: string): void {
  const parked = context.store.all(query.selectFrom("parked").select("id").where("peer_id", "=", peerId));
  for (const { id } of parked) dropParked(context, id);
}

function parkedFolder(context: SyncContext): string {
  return join(context.dataFolder, "parked");
}
