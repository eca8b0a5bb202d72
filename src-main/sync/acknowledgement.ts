/** The receipt that rides in every bundle: what the peer has taken in of ours, believed only from its signature. */
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { type Link, updateLink } from "./links.ts";
import type { PayloadHead } from "./payload.ts";

/**
 * Which life of the peer's database a bundle comes from. A restore from backup starts a new one, with a new
 * replica id; a bundle of an old life may still arrive late.
 */
export type Life = "same" | "new" | "old";

export function lifeOf(context: SyncContext, link: Link, replica: string): Life {
  if (link.peer_replica === null || link.peer_replica === replica) return "same";
  const seen = context.store.first(
    query
      .selectFrom("exchange")
      .select("id")
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "in")
      .where("outcome", "=", "applied")
      .where("replica", "=", replica),
  );
  return seen ? "old" : "new";
}

/**
 * Moves the link's acknowledged position. A peer in a new life may acknowledge less than before: what it lost,
 * its own records included, is then sent again.
 * Throws Failure acknowledgement_unknown for a position that was never sent.
 */
export function acknowledge(context: SyncContext, link: Link, payload: PayloadHead, life: Life): void {
  const { store, journal } = context;
  // A receipt for an earlier life of this database says nothing about this one.
  const receipt = payload.acknowledges?.replica === journal.replica ? payload.acknowledges : null;
  if (receipt && (receipt.number > link.sent_number || receipt.position > journal.log.end())) {
    throw new Failure("acknowledgement_unknown", { from: link.peer_name });
  }
  if (life === "old") return;
  const position = receipt?.position ?? 0;
  const number = receipt?.number ?? 0;
  // A bundle of attachments alone moves the number and leaves the position where it was.
  if (life === "same" && (position < link.acked_position || number <= link.acked_number)) return;
  if (life === "new") {
    store.run(
      query.updateTable("change_log").set({ via: null }).where("via", "=", link.peer_id).where("id", ">", position),
    );
  }
  updateLink(store, link.peer_id, {
    acked_position: position,
    acked_number: number,
    acked_at: localDateTime(context.now().getTime()),
  });
}
