/**
 * An office whose PC is lost, broken or replaced: its key is retired here, and it is invited again with a new one.
 * Until then nothing of it is taken in (key_revoked).
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "#domain/failure.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { readLink, updateLink } from "./links.ts";

/**
 * Retires the key of a direct child. What the child itself had written counts as ours from now on, and what was
 * sent counts as never received: its new database starts empty. Throws Failure link_not_ready.
 */
export function retireKey({ store, dataFolder }: SyncContext, peerId: string): void {
  const link = readLink(store, peerId);
  if (link?.role !== "child" || link.state !== "active") {
    throw new Failure("link_not_ready", { to: link?.peer_name ?? peerId });
  }
  const parked = store.all(query.selectFrom("parked").select("id").where("peer_id", "=", peerId));
  store.transaction(() => {
    updateLink(store, peerId, {
      state: "revoked",
      peer_replica: null,
      acked_number: 0,
      acked_at: null,
      acked_position: 0,
      received_number: 0,
      received_position: 0,
    });
    store.run(query.updateTable("change_log").set({ via: null }).where("via", "=", peerId));
    store.run(query.deleteFrom("link_subject").where("peer_id", "=", peerId));
    store.run(query.deleteFrom("parked").where("peer_id", "=", peerId));
  });
  for (const { id } of parked) rmSync(join(dataFolder, "parked", id), { force: true });
}
