/** The receipt that rides in every bundle: what the peer has taken in of ours, believed only from its signature. */
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { logEnd, type ReadyLink, updateLink } from "./links.ts";
import type { Payload } from "./payload.ts";

/**
 * Moves the link's acknowledged position. A peer restored from backup has a new replica id and may acknowledge
 * less than before: what it lost, its own records included, is then sent again.
 * Throws Failure acknowledgement_unknown for a position that was never sent.
 */
export function acknowledge(context: SyncContext, link: ReadyLink, payload: Payload): void {
  const { store, journal } = context;
  const receipt = payload.acknowledges;
  // A receipt for an earlier life of this database says nothing about this one.
  if (!receipt || receipt.replica !== journal.replica) return;
  if (receipt.number > link.sent_number || receipt.position > logEnd(store)) {
    throw new Failure("acknowledgement_unknown", { from: link.peer_name });
  }
  const sameLife = link.peer_replica === null || link.peer_replica === payload.replica;
  const advances = receipt.position > link.acked_position;
  if (sameLife && !advances) return;
  if (!sameLife) {
    store.run(
      query
        .updateTable("change_row")
        .set({ via: null })
        .where("via", "=", link.peer_id)
        .where("id", ">", receipt.position),
    );
  }
  updateLink(store, link.peer_id, {
    acked_position: receipt.position,
    acked_number: receipt.number,
    acked_at: localDateTime(context.now().getTime()),
  });
}
