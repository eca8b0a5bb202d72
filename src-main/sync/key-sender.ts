/** With which key a bundle was signed, and whether that key may sign now; with which of ours it opens. */
import { addDays, localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { query, type Store } from "#store/store.ts";
import { lifeOf } from "./acknowledgement.ts";
import type { BundleHeader } from "./bundle-file.ts";
import type { SyncContext } from "./context.ts";
import { followChanges } from "./key-change.ts";
import { isRevoked } from "./key-revocation.ts";
import { fingerprintOf, type OfficeKeys, type PublicKeys, verifyBytes } from "./keys.ts";
import { type ReadyLink, updateLink } from "./links.ts";

/** How long bundles signed with a replaced key are still taken in. */
const OVERLAP_DAYS = 90;

export type VerifiedSender = {
  /** The key that signed the bundle. */
  signingKey: string;
  /** Keys that the peer has taken up since the one we know, oldest first; take them over with the bundle. */
  newKeys: PublicKeys[];
};

/**
 * Verifies the signature of a bundle with the key its header names: the peer's present key, one that the statements
 * in the header lead to, or a former one within the overlap.
 * Throws Failure key_revoked, signature_invalid, key_replaced, sender_key_unknown.
 */
export function verifySender(
  context: SyncContext,
  link: ReadyLink,
  header: BundleHeader,
  signed: Uint8Array,
  signature: Uint8Array,
  fileName: string,
): VerifiedSender {
  const { store } = context;
  const details = { file: fileName, from: link.peer_name };
  const revoked = (fingerprint: string) => isRevoked(store, link.peer_id, fingerprint);
  const verified = (signingKey: string, newKeys: PublicKeys[] = []): VerifiedSender => {
    if (!verifyBytes(signingKey, signed, signature)) throw new Failure("signature_invalid", details);
    return { signingKey, newKeys };
  };
  if (revoked(header.senderKey)) throw new Failure("key_revoked", details);
  if (header.senderKey === link.fingerprint) return verified(link.signing_key);

  const known: PublicKeys = { signingKey: link.signing_key, ageRecipient: link.age_recipient };
  const successors = followChanges(link.peer_id, known, header.keyChanges);
  const steps = successors.findIndex((keys) => fingerprintOf(keys) === header.senderKey) + 1;
  const signer = successors[steps - 1];
  if (signer) {
    const passed = [known, ...successors.slice(0, steps)].map(fingerprintOf);
    if (passed.some(revoked)) throw new Failure("key_revoked", details);
    return verified(signer.signingKey, successors.slice(0, steps));
  }
  const former = formerKey(store, link.peer_id, header.senderKey);
  if (former) {
    const sender = verified(former.signing_key);
    if (!isWithinOverlap(context, link, header, former)) throw new Failure("key_replaced", details);
    return sender;
  }
  if (isKeyOfAnother(store, header.senderKey)) throw new Failure("signature_invalid", details);
  throw new Failure("sender_key_unknown", details);
}

/**
 * Takes over what a verified bundle tells of keys: the peer's new ones, and which of ours it knows. Call it in the
 * transaction of the import. Returns a sentence for the report when the peer has new keys.
 */
export function takeSender(
  context: SyncContext,
  keys: OfficeKeys,
  link: ReadyLink,
  header: BundleHeader,
  { newKeys }: VerifiedSender,
): string | undefined {
  const { store } = context;
  const today = localDate(context.now());
  const isAnswered = header.recipientKey === fingerprintOf(keys);
  updateLink(store, link.peer_id, { our_key: header.recipientKey, ...(isAnswered && { nonce: null }) });
  let before: PublicKeys = { signingKey: link.signing_key, ageRecipient: link.age_recipient };
  for (const next of newKeys) {
    noteFormerKey(store, link.peer_id, before, { replacedOn: today, replica: header.replica, number: header.number });
    before = next;
  }
  if (newKeys.length === 0) return undefined;
  const fingerprint = fingerprintOf(before);
  updateLink(store, link.peer_id, {
    signing_key: before.signingKey,
    age_recipient: before.ageRecipient,
    fingerprint,
    key_since: today,
  });
  return `${link.peer_name}已更换密钥，新指纹 ${fingerprint}。`;
}

/** Remembers a key of a peer that others have taken the place of. */
export function noteFormerKey(
  store: Store,
  peerId: string,
  keys: PublicKeys,
  { replacedOn, replica, number }: { replacedOn: string; replica: string; number: number },
): void {
  const values = { signing_key: keys.signingKey, replaced_on: replacedOn, replica, before_number: number };
  store.run(
    query
      .insertInto("peer_key")
      .values({ peer_id: peerId, fingerprint: fingerprintOf(keys), ...values })
      .onConflict((conflict) => conflict.columns(["peer_id", "fingerprint"]).doUpdateSet(values)),
  );
}

export function formerKey(store: Store, peerId: string, fingerprint: string) {
  return store.first(
    query.selectFrom("peer_key").selectAll().where("peer_id", "=", peerId).where("fingerprint", "=", fingerprint),
  );
}

/** The identity of ours, present or replaced, to which a bundle was encrypted; null when it is none we have. */
export function identityFor(keys: OfficeKeys, { recipientKey }: BundleHeader): string | null {
  const owned = [keys, ...keys.retired].find((entry) => fingerprintOf(entry) === recipientKey);
  return owned?.ageIdentity ?? null;
}

/** Only what the peer made before its first bundle with the next key, for a bounded time, in a life we have heard of. */
function isWithinOverlap(
  context: SyncContext,
  link: ReadyLink,
  header: BundleHeader,
  former: { replaced_on: string; replica: string; before_number: number },
): boolean {
  if (localDate(context.now()) > addDays(former.replaced_on, OVERLAP_DAYS)) return false;
  if (header.replica === former.replica) return header.number < former.before_number;
  return lifeOf(context, link, header.replica) === "old";
}

function isKeyOfAnother(store: Store, fingerprint: string): boolean {
  return store.first(query.selectFrom("link").select("peer_id").where("fingerprint", "=", fingerprint)) !== undefined;
}
