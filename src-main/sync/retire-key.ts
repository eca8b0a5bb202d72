/**
 * An office whose PC or keys are lost, stolen or replaced: its keys are revoked here (挂失), and it is invited again.
 * Until then nothing of it is taken in (key_revoked); what it had handed over stays.
 */
import { Failure } from "#domain/failure.ts";
import { query, type Store } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { revokeKeys } from "./key-revocation.ts";
import { readLink, updateLink } from "./links.ts";
import { dropParkedOf } from "./parking.ts";

/**
 * Revokes the present keys of a direct child, and former ones that could still be used. Throws Failure
 * link_not_ready when it has none.
 */
export function retireKey(context: SyncContext, peerId: string, reason = ""): void {
  const { store } = context;
  const link = readLink(store, peerId);
  if (link?.role !== "child" || link.state !== "active" || !link.fingerprint) {
    throw new Failure("link_not_ready", { to: link?.peer_name ?? peerId });
  }
  const former = store.all(query.selectFrom("peer_key").select("fingerprint").where("peer_id", "=", peerId));
  const fingerprints = [link.fingerprint, ...former.map(({ fingerprint }) => fingerprint)];
  store.transaction(() => {
    revokeKeys(context, peerId, fingerprints, reason);
    updateLink(store, peerId, { state: "revoked", nonce: null });
  });
  dropParkedOf(context, peerId);
}

/**
 * A child that was admitted with a database we have not heard of: what it had written itself counts as ours from now
 * on, and what was sent counts as never received.
 */
export function forgetDatabase(store: Store, peerId: string): void {
  updateLink(store, peerId, {
    peer_replica: null,
    acked_number: 0,
    acked_at: null,
    acked_position: 0,
    received_number: 0,
    received_position: 0,
  });
  store.run(query.updateTable("change_log").set({ via: null }).where("via", "=", peerId));
  store.run(query.deleteFrom("link_subject").where("peer_id", "=", peerId));
  store.run(query.deleteFrom("attachment_at_peer").where("peer_id", "=", peerId));
}
