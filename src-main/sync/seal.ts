/**
 * A parent seals every section that it sends to a child. When the parent's database is lost and restored from an
 * older backup, the child gives those sections back, and the seal proves that they are the parent's own: sync law 9
 * would have it refuse decisions of its own that a child hands in.
 */
import { type OfficeKeys, sha256, signBytes, verifyBytes } from "./keys.ts";

const CONTEXT = "lianxinqiao-section-1";

/** Ed25519 over context, recipient and SHA-256 of the packed section; 64 bytes. */
export function sealSection(keys: OfficeKeys, childId: string, packed: Uint8Array): Buffer {
  return signBytes(keys, sealedBytes(childId, packed));
}

/** Whether this office sealed the section for that child, with its present or a former key. */
export function isOwnSeal(keys: OfficeKeys, childId: string, packed: Uint8Array, seal: Uint8Array): boolean {
  const bytes = sealedBytes(childId, packed);
  return [keys, ...keys.retired].some(({ signingKey }) => verifyBytes(signingKey, bytes, seal));
}

function sealedBytes(childId: string, packed: Uint8Array): Buffer {
  return Buffer.from([CONTEXT, childId, sha256(packed)].join("\n"));
}
