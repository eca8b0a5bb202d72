/**
 * The keys of an office: Ed25519 to sign (node:crypto), X25519 as an age identity to decrypt. They live in
 * keys.json beside the database; a backup of the folder holds both.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { z } from "zod";
import { writeFileSafely } from "./safe-write.ts";

const KEY_FILE = "keys.json";

export type PublicKeys = {
  /** Ed25519 public key, SPKI DER in base64. */
  signingKey: string;
  /** age recipient, "age1…". */
  ageRecipient: string;
};
export type OfficeKeys = PublicKeys & { signingPrivateKey: string; ageIdentity: string };

export const publicKeysSchema = z.object({
  signingKey: z.base64().max(200),
  ageRecipient: z.string().regex(/^age1[0-9a-z]{58}$/),
});
const officeKeysSchema = publicKeysSchema.extend({
  signingPrivateKey: z.base64().max(400),
  ageIdentity: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/),
});

/** Makes new keys and writes keys.json into the folder. */
export async function createKeys(dataFolder: string): Promise<OfficeKeys> {
  const pair = generateKeyPairSync("ed25519");
  const ageIdentity = await generateIdentity();
  const keys: OfficeKeys = {
    signingKey: pair.publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    signingPrivateKey: pair.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    ageIdentity,
    ageRecipient: await identityToRecipient(ageIdentity),
  };
  writeFileSafely(join(dataFolder, KEY_FILE), Buffer.from(JSON.stringify(keys, null, 2)), 0o600);
  return keys;
}

/** The office's keys. Throws when the file is missing or damaged: without it nothing can be exchanged. */
export function readKeys(dataFolder: string): OfficeKeys {
  return officeKeysSchema.parse(JSON.parse(readFileSync(join(dataFolder, KEY_FILE), "utf8")));
}

export function signBytes(keys: OfficeKeys, bytes: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.from(keys.signingPrivateKey, "base64"), type: "pkcs8", format: "der" });
  return sign(null, bytes, key);
}

/** False for a wrong signature and for a key that is none. */
export function verifyBytes(signingKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(signingKey, "base64"), type: "spki", format: "der" });
    return key.asymmetricKeyType === "ed25519" && verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}

/** Twenty digits in groups of four, to be read aloud on the phone: 66 bits of SHA-256 over both keys. */
export function fingerprintOf({ signingKey, ageRecipient }: PublicKeys): string {
  const digest = createHash("sha256").update(`${signingKey}\n${ageRecipient}`).digest();
  const digits = (BigInt(`0x${digest.subarray(0, 16).toString("hex")}`) % 10n ** 20n).toString().padStart(20, "0");
  return (digits.match(/.{4}/g) ?? []).join(" ");
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
