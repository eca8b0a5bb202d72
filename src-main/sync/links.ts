/** The links of this office: its parent and its enrolled children. */
import type { Selectable } from "kysely";
import { Failure } from "#domain/failure.ts";
import { query, type Store } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";

export type Link = Selectable<Tables["link"]>;

export function readLink(store: Store, peerId: string): Link | undefined {
  // Read several times for every bundle: spares building the query.
  return store.prepare("select * from link where peer_id = ?").get(peerId) as Link | undefined;
}

export function readLinks(store: Store): Link[] {
  return store.all(query.selectFrom("link").selectAll().orderBy("role", "desc").orderBy("peer_id"));
}

/** An enrolled link with both keys of the peer. */
export type ReadyLink = Link & { signing_key: string; age_recipient: string; fingerprint: string };

/** The link to a peer once it can exchange. Throws Failure link_not_ready. */
export function readyLink(store: Store, peerId: string): ReadyLink {
  const link = readLink(store, peerId);
  if (link?.state !== "active" || !link.signing_key || !link.age_recipient || !link.fingerprint) {
    throw new Failure("link_not_ready", { to: link?.peer_name ?? peerId });
  }
  return link as ReadyLink;
}

export function updateLink(store: Store, peerId: string, values: Partial<Omit<Link, "peer_id">>): void {
  store.run(query.updateTable("link").set(values).where("peer_id", "=", peerId));
}
