/**
 * Replacing the office's keys (更换密钥). A statement, signed by the old key and by the new one, leads from one to
 * the next; every bundle carries the latest statements in its header, so a peer that missed bundles, or was restored
 * from a backup, can still follow.
 */
import { z } from "zod";
import { Failure } from "#domain/failure.ts";
import { query, type Store } from "#store/store.ts";
import {
  fingerprintOf,
  type KeyChange,
  keyChangeSchema,
  newKeys,
  type OfficeKeys,
  type PublicKeys,
  publicKeysSchema,
  signBytes,
  verifyBytes,
  writeKeys,
} from "./keys.ts";

/** Statements in one header: some 600 bytes each, well within its cap. */
const LONGEST_CHAIN = 8;

export const keyChangesSchema = z.array(keyChangeSchema).max(LONGEST_CHAIN);

const bodySchema = publicKeysSchema.extend({
  officeId: z.string().max(80),
  serial: z.int().min(1),
  changedOn: z.string().max(10),
  /** Fingerprint of the keys that these replace. */
  replaces: z.string().max(80),
});

/**
 * Makes new keys and the statement that leads to them, and writes keys.json. The old identity stays for bundles on
 * their way; the old signing key is no longer needed and is given up. Throws Failure key_changes_pending when a peer
 * could no longer follow.
 */
export async function rotateKeys(
  store: Store,
  dataFolder: string,
  keys: OfficeKeys,
  officeId: string,
  today: string,
): Promise<OfficeKeys> {
  const behind = lastToFollow(store, keys);
  if (behind) throw new Failure("key_changes_pending", { peer: behind });
  const next = await newKeys(today, []);
  const { signingKey, ageRecipient, ageIdentity } = keys;
  const serial = keys.retired.length + 1;
  const facts = { officeId, serial, changedOn: today, replaces: fingerprintOf(keys) };
  const body = JSON.stringify({ ...facts, signingKey: next.signingKey, ageRecipient: next.ageRecipient });
  const change: KeyChange = {
    body,
    oldSignature: signBytes(keys, signedPart(body)).toString("base64"),
    newSignature: signBytes(next, signedPart(body)).toString("base64"),
  };
  next.retired = [...keys.retired, { signingKey, ageRecipient, ageIdentity, retiredOn: today, change }];
  writeKeys(dataFolder, next);
  return next;
}

/** New keys to which no statement leads: the old ones were revoked. Their identities stay. Writes keys.json. */
export async function renewKeys(dataFolder: string, keys: OfficeKeys, today: string): Promise<OfficeKeys> {
  const { signingKey, ageRecipient, ageIdentity } = keys;
  const retired = { signingKey, ageRecipient, ageIdentity, retiredOn: today, change: null };
  const next = await newKeys(today, [...keys.retired, retired]);
  writeKeys(dataFolder, next);
  return next;
}

/** The latest statements without a break, oldest first; undefined when the keys were never replaced. */
export function keyChangesOf(keys: OfficeKeys): KeyChange[] | undefined {
  const changes: KeyChange[] = [];
  for (const { change } of keys.retired.toReversed()) {
    if (change === null || changes.length === LONGEST_CHAIN) break;
    changes.unshift(change);
  }
  return changes.length === 0 ? undefined : changes;
}

/** Fingerprints of ours from which a peer can still follow to the present keys, the present ones last. */
export function followableKeys(keys: OfficeKeys): string[] {
  const { length } = keyChangesOf(keys) ?? [];
  return [...keys.retired.slice(keys.retired.length - length), keys].map(fingerprintOf);
}

/** The keys to which statements lead from `known`, each proved by its predecessor and by itself. */
export function followChanges(officeId: string, known: PublicKeys, changes: readonly KeyChange[] = []): PublicKeys[] {
  const found: PublicKeys[] = [];
  for (const { body, oldSignature, newSignature } of changes) {
    const next = bodySchema.safeParse(parseJson(body));
    const before = found.at(-1) ?? known;
    if (!next.success || next.data.officeId !== officeId || next.data.replaces !== fingerprintOf(before)) continue;
    const { signingKey, ageRecipient } = next.data;
    const signed = signedPart(body);
    const isProved =
      verifyBytes(before.signingKey, signed, Buffer.from(oldSignature, "base64")) &&
      verifyBytes(signingKey, signed, Buffer.from(newSignature, "base64"));
    if (isProved) found.push({ signingKey, ageRecipient });
  }
  return found;
}

/** A peer that knows only a key which one more change would push out of the chain. */
function lastToFollow(store: Store, keys: OfficeKeys): string | undefined {
  const followable = followableKeys(keys);
  if (followable.length <= LONGEST_CHAIN) return undefined;
  const [oldest] = followable;
  const links = store.all(query.selectFrom("link").select(["peer_name", "our_key"]).where("state", "=", "active"));
  return links.find((link) => link.our_key === oldest)?.peer_name;
}

/** What both keys sign: no other signed text of this program begins like it. */
function signedPart(body: string): Buffer {
  return Buffer.from(`lianxinqiao-key-change\n${body}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
