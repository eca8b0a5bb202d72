/**
 * The lives of a peer's database, and the receipt that rides in every bundle: what the peer has taken in of ours,
 * believed only from its signature. A restore from backup begins a new life with a new replica id. Contents go from
 * one present life to the other: what was made for an earlier life of ours left out what that life had sent itself.
 */
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { query, type Store } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { type Link, updateLink } from "./links.ts";
import type { PayloadHead } from "./payload.ts";

/** Whether a bundle comes from the life of the peer that we know, or another: a new one, or one we have heard of. */
export type Life = "same" | "new" | "old";

export function lifeOf({ store }: SyncContext, link: Link, replica: string): Life {
  if (link.peer_replica === null || link.peer_replica === replica) return "same";
  return lastReceived(store, link, replica) ? "old" : "new";
}

/** Whether a bundle was made for the present life of this database, or before the peer had heard of any. */
export function isForThisLife({ journal }: SyncContext, { receiver }: PayloadHead): boolean {
  return receiver === null || receiver === journal.replica;
}

type Received = { number: number; position: number };

/** How far the log of a life of the peer is known here: a new life begins with the log of the one before. */
export function receivedPosition(store: Store, link: Link, replica: string): number {
  if (link.peer_replica === null || link.peer_replica === replica) return link.received_position;
  const last = lastReceived(store, link, replica);
  if (last) return last.position;
  const furthest = store
    .prepare("select max(position) from exchange where peer_id = ? and direction = 'in' and outcome = 'applied'")
    .pluck()
    .get(link.peer_id) as number | null;
  return Math.max(furthest ?? 0, link.received_position);
}

/** The hash of a bundle sent to the peer, or taken in from it; undefined when that is not known. */
export function bundleHash(
  store: Store,
  peerId: string,
  direction: "in" | "out",
  replica: string,
  number: number,
): string | undefined {
  const bundle = store.first(
    query
      .selectFrom("exchange")
      .select("hash")
      .where("peer_id", "=", peerId)
      .where("direction", "=", direction)
      .where("number", "=", number)
      .where("replica", "=", replica)
      .where("outcome", "in", ["applied", "sent"]),
  );
  return bundle?.hash;
}

/** The last bundle that was taken in of a life of the peer. */
function lastReceived(store: Store, link: Link, replica: string): Received | undefined {
  const last = store.first(
    query
      .selectFrom("exchange")
      .select(["number", "position"])
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "in")
      .where("outcome", "=", "applied")
      .where("replica", "=", replica)
      .orderBy("number", "desc")
      .limit(1),
  );
  return last && { number: last.number, position: last.position ?? 0 };
}

/**
 * Takes note of the life that a bundle comes from, and moves the acknowledged position by its receipt. From another
 * life than the one we know the receipt alone says what that life has: what it lacks, its own work included, is sent
 * again. A late bundle of a life that is over is taken for the present one, until the present one answers. The receipt
 * in a bundle that is parked counts when its turn comes: law 9 goes by what the peer had heard of before its writes.
 * Throws Failure acknowledgement_unknown for what was never sent, or was by another PC with a copy of this database.
 */
export function meet(context: SyncContext, link: Link, payload: PayloadHead, isAfterGap: boolean): void {
  const { store, journal } = context;
  const { replica, acknowledges } = payload;
  // A receipt for an earlier life of this database says nothing about this one.
  const receipt: Received & { hash?: string | undefined } =
    acknowledges?.replica === journal.replica ? acknowledges : { number: 0, position: 0 };
  const sent = bundleHash(store, link.peer_id, "out", journal.replica, receipt.number);
  const isOfTwin = receipt.hash !== undefined && sent !== undefined && receipt.hash !== sent;
  if (isOfTwin || receipt.number > link.sent_number || receipt.position > journal.log.end()) {
    throw new Failure("acknowledgement_unknown", { from: link.peer_name });
  }
  const at = localDateTime(context.now().getTime());
  if (lifeOf(context, link, replica) === "same") {
    const isNews = !isAfterGap && receipt.number > link.acked_number && receipt.number > link.met_number;
    updateLink(store, link.peer_id, {
      peer_replica: replica,
      ...(isNews && { acked_number: receipt.number, acked_position: receipt.position, acked_at: at }),
    });
    return;
  }
  const acked = sharedReceipt(store, link, receipt, payload.base);
  store.run(
    query.updateTable("change_log").set({ via: null }).where("via", "=", link.peer_id).where("id", ">", acked.position),
  );
  const received = lastReceived(store, link, replica) ?? { number: 0, position: 0 };
  updateLink(store, link.peer_id, {
    peer_replica: replica,
    received_number: received.number,
    received_position: received.position,
    met_number: link.sent_number,
    acked_number: acked.number,
    acked_position: acked.position,
    acked_at: at,
  });
}

/**
 * Up to where a life of the peer that is new to us has our log. Usually as its receipt says; but the log of a copied
 * database parts from that of its twin, and what the twin handed in is as unknown to it as it is to others. What both
 * have in common is what we had acknowledged, where the bundle starts.
 */
function sharedReceipt(store: Store, link: Link, receipt: Received, base: number): Received {
  const parted = store
    .prepare(
      `select min(first_set) from exchange where peer_id = ? and direction = 'in' and outcome = 'applied'
       and position > ? and first_set <= last_set`,
    )
    .pluck()
    .get(link.peer_id, base) as number | null;
  if (parted === null || parted > receipt.position) return receipt;
  const before = store.first(
    query
      .selectFrom("exchange")
      .select(["number", "position"])
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "out")
      .where("number", "<=", receipt.number)
      .where("position", "<", parted)
      .orderBy("number", "desc")
      .limit(1),
  );
  return { number: before?.number ?? 0, position: before?.position ?? 0 };
}
