/**
 * Revoked keys (挂失). Each office lists the keys it has declared invalid: of its children, and lost ones of its own.
 * The whole list goes down in every bundle, with what came from above, and is only ever added to, so an old bundle
 * takes nothing back. A child hands its parent's own entries up again: a parent restored from a backup relearns them.
 */
import { z } from "zod";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { ancestorsOf } from "#domain/office-tree.ts";
import { query, type Store } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { fingerprintOf, type OfficeKeys, type PublicKeys, signBytes, verifyBytes } from "./keys.ts";
import { type Link, updateLink } from "./links.ts";

const id = z.string().min(1).max(80);
const revocationSchema = z.object({
  /** The office that declared the key invalid, and the office whose key it was. */
  issuer: id,
  officeId: id,
  fingerprint: z.string().min(1).max(80),
  /** Counts the issuer's entries. */
  serial: z.int().min(1),
  revokedOn: z.string().max(10),
  reason: z.string().max(200),
  /** The issuer's signing key, and its signature over the fields above. */
  signingKey: z.base64().max(200),
  signature: z.base64().max(100),
});
export const revocationsSchema = z.array(revocationSchema).max(10_000);
export type Revocation = z.infer<typeof revocationSchema>;

type Stated = Omit<Revocation, "signingKey" | "signature">;

export function isRevoked(store: Store, officeId: string, fingerprint: string): boolean {
  const found = store.first(
    query
      .selectFrom("revocation")
      .select("serial")
      .where("office_id", "=", officeId)
      .where("fingerprint", "=", fingerprint),
  );
  return found !== undefined;
}

/** Adds keys of an office to this office's own list; keys that are on it already stay as they are. */
export function revokeKeys(
  context: SyncContext,
  officeId: string,
  fingerprints: readonly string[],
  reason: string,
): void {
  const { store } = context;
  const last = store.first(
    query
      .selectFrom("revocation")
      .select((eb) => eb.fn.max("serial").as("serial"))
      .where("issuer", "=", context.officeId),
  );
  let serial = last?.serial ?? 0;
  for (const fingerprint of fingerprints) {
    if (isRevoked(store, officeId, fingerprint)) continue;
    serial += 1;
    const entry = { office_id: officeId, serial, revoked_on: localDate(context.now()), reason };
    store.run(query.insertInto("revocation").values({ issuer: context.officeId, fingerprint, ...entry }));
  }
}

/**
 * The entries that a bundle (or an invitation) to `link` carries: downward all of them, ours signed anew with the
 * present key; upward those that the parent itself had issued. Undefined when there are none.
 */
export function revocationsFor(
  context: SyncContext,
  keys: OfficeKeys,
  link: Pick<Link, "peer_id" | "role">,
): Revocation[] | undefined {
  const rows = context.store.all(query.selectFrom("revocation").selectAll().orderBy("issuer").orderBy("serial"));
  const entries = rows.flatMap((row): Revocation[] => {
    const { issuer, fingerprint, serial, reason } = row;
    const stated = { issuer, officeId: row.office_id, fingerprint, serial, revokedOn: row.revoked_on, reason };
    if (link.role === "parent" && issuer !== link.peer_id) return [];
    if (issuer === context.officeId) {
      const signature = signBytes(keys, signedPart(stated)).toString("base64");
      return [{ ...stated, signingKey: keys.signingKey, signature }];
    }
    return row.signing_key && row.signature
      ? [{ ...stated, signingKey: row.signing_key, signature: row.signature }]
      : [];
  });
  return entries.length === 0 ? undefined : entries;
}

/**
 * Adds the entries of a verified bundle; `senderKey` is the key that signed it. Call it in the import's transaction.
 * From a child only entries of our own are believed, signed with a key of ours.
 * Throws Failure content_invalid for a signature that does not hold.
 */
export function takeRevocations(
  context: SyncContext,
  keys: OfficeKeys,
  link: Pick<Link, "peer_id" | "role">,
  senderKey: string,
  entries: readonly Revocation[] = [],
  fileName = "",
): void {
  if (link.role === "parent") {
    takeFromParent(context, link.peer_id, senderKey, entries, fileName);
    return;
  }
  const own = new Set([keys.signingKey, ...keys.retired.map(({ signingKey }) => signingKey)]);
  for (const entry of entries) {
    if (entry.issuer !== context.officeId || !own.has(entry.signingKey)) continue;
    requireSigned(entry, fileName);
    takeEntry(context.store, entry, { signing_key: null, signature: null });
    stopLink(context.store, entry);
  }
}

/**
 * Adds the entries of a verified bundle or invitation of the parent. The parent's own entries must be signed with
 * the key that signed the file; what came from further up is vouched for by the parent. Call it in a transaction.
 * Throws Failure content_invalid for a signature that does not hold.
 */
export function takeFromParent(
  { store }: SyncContext,
  parentId: string,
  senderKey: string,
  entries: readonly Revocation[] = [],
  fileName = "",
): void {
  if (entries.length === 0) return;
  const offices = store.all(query.selectFrom("office").selectAll());
  const issuers = new Set([parentId, ...ancestorsOf(offices, parentId).map((office) => office.id)]);
  for (const entry of entries) {
    requireSigned(entry, fileName);
    const { issuer, signingKey, signature } = entry;
    if (!issuers.has(issuer) || (issuer === parentId && signingKey !== senderKey)) continue;
    takeEntry(store, entry, { signing_key: signingKey, signature });
  }
}

function requireSigned({ signingKey, signature, ...stated }: Revocation, file: string): void {
  if (verifyBytes(signingKey, signedPart(stated), Buffer.from(signature, "base64"))) return;
  throw new Failure("content_invalid", { file, where: "挂失名单", reason: "签名不符" });
}

/** True when a child has not been sent the whole list, or a peer not our present key: reason enough for a bundle. */
export function owesKeyNews(
  { store }: SyncContext,
  keys: OfficeKeys,
  link: Pick<Link, "role" | "our_key" | "revocations_sent">,
): boolean {
  if (link.our_key !== null && link.our_key !== fingerprintOf(keys)) return true;
  const { count } = store.first(query.selectFrom("revocation").select((eb) => eb.fn.countAll().as("count"))) ?? {};
  return link.role === "child" && Number(count ?? 0) > link.revocations_sent;
}

/** True when this office's present key is on the list of an office above. */
export function isOwnKeyRevoked(
  { store, officeId }: Pick<SyncContext, "store" | "officeId">,
  keys: PublicKeys,
): boolean {
  return isRevoked(store, officeId, fingerprintOf(keys));
}

/** Adds an entry; of one that is known only the proof is renewed. */
function takeEntry(
  store: Store,
  { issuer, officeId, fingerprint, serial, revokedOn, reason }: Stated,
  proof: { signing_key: string | null; signature: string | null },
): void {
  const values = { issuer, fingerprint, office_id: officeId, serial, revoked_on: revokedOn, reason, ...proof };
  store.run(
    query
      .insertInto("revocation")
      .values(values)
      .onConflict((conflict) => conflict.columns(["issuer", "fingerprint"]).doUpdateSet(proof)),
  );
}

/** A link that still holds a key which we had revoked: our database was restored from a backup. */
function stopLink(store: Store, { officeId, fingerprint }: Stated): void {
  const link = store.first(
    query
      .selectFrom("link")
      .select("state")
      .where("peer_id", "=", officeId)
      .where("role", "=", "child")
      .where("fingerprint", "=", fingerprint),
  );
  if (link?.state === "active") updateLink(store, officeId, { state: "revoked" });
}

function signedPart({ issuer, officeId, fingerprint, serial, revokedOn, reason }: Stated): Buffer {
  const body = JSON.stringify([issuer, officeId, fingerprint, serial, revokedOn, reason]);
  return Buffer.from(`lianxinqiao-revocation\n${body}`);
}
