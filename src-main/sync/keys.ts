/**
 * The keys of an office: Ed25519 to sign (node:crypto), X25519 as an age identity to decrypt. They live in
 * keys.json beside the database; keys that were replaced stay in it, so that bundles on their way still open.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { z } from "zod";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { writeFileSafely } from "#store/safe-write.ts";

const KEY_FILE = "keys.json";

export type PublicKeys = {
  /** Ed25519 public key, SPKI DER in base64. */
  signingKey: string;
  /** age recipient, "age1…". */
  ageRecipient: string;
};

export const publicKeysSchema = z.object({
  signingKey: z.base64().max(200),
  ageRecipient: z.string().regex(/^age1[0-9a-z]{58}$/),
});

/** A signed statement that keys were replaced (key-change.ts): the signed text, and a signature by each key. */
export const keyChangeSchema = z.object({
  body: z.string().max(1000),
  oldSignature: z.base64().max(100),
  newSignature: z.base64().max(100),
});
export type KeyChange = z.infer<typeof keyChangeSchema>;

const secretsSchema = z.object({
  /** PKCS #8 DER in base64. */
  signingPrivateKey: z.base64().max(400),
  ageIdentity: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/),
  madeOn: z.string().max(10).nullable().default(null),
  /** Replaced keys, oldest first. `change` leads to the next ones; null where they were lost or revoked. */
  retired: z
    .array(
      publicKeysSchema.extend({
        ageIdentity: z.string().max(100),
        retiredOn: z.string().max(10),
        change: keyChangeSchema.nullable(),
      }),
    )
    .max(1000)
    .default([]),
});
const officeKeysSchema = secretsSchema.extend(publicKeysSchema.shape);
export const keySecretsSchema = secretsSchema;

export type KeySecrets = z.infer<typeof secretsSchema>;
export type OfficeKeys = z.infer<typeof officeKeysSchema>;
export type RetiredKeys = OfficeKeys["retired"][number];

/** Makes the first keys of an office. A keys.json that lies in the folder already is set aside, not lost. */
export async function createKeys(dataFolder: string, madeOn = localDate(new Date())): Promise<OfficeKeys> {
  const keys = await newKeys(madeOn, []);
  setAside(dataFolder);
  writeKeys(dataFolder, keys);
  return keys;
}

/** New keys that no file holds yet. */
export async function newKeys(madeOn: string, retired: RetiredKeys[]): Promise<OfficeKeys> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const signingPrivateKey = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
  return withPublicKeys({ signingPrivateKey, ageIdentity: await generateIdentity(), madeOn, retired });
}

/** Completes secrets with the public keys that follow from them. Throws when they are no keys. */
export async function withPublicKeys(secrets: KeySecrets): Promise<OfficeKeys> {
  return {
    signingKey: publicOf(secrets.signingPrivateKey),
    ageRecipient: await identityToRecipient(secrets.ageIdentity),
    ...secrets,
  };
}

/** The office's keys. Throws Failure keys_missing or keys_damaged: without them nothing can be exchanged. */
export function readKeys(dataFolder: string): OfficeKeys {
  try {
    const { sha256: hash, ...stored } = JSON.parse(readFileSync(join(dataFolder, KEY_FILE), "utf8"));
    const keys = officeKeysSchema.parse(stored);
    if (hash !== undefined && hash !== hashOf(stored)) throw new Failure("keys_damaged");
    if (publicOf(keys.signingPrivateKey) !== keys.signingKey) throw new Failure("keys_damaged");
    return keys;
  } catch (error) {
    throw new Failure((error as NodeJS.ErrnoException).code === "ENOENT" ? "keys_missing" : "keys_damaged");
  }
}

/** Replaces keys.json as a whole: after a crash there is the old file or the new one. Readable by its owner only. */
export function writeKeys(dataFolder: string, keys: OfficeKeys): void {
  const text = JSON.stringify({ ...keys, sha256: hashOf(keys) }, null, 2);
  writeFileSafely(join(dataFolder, KEY_FILE), Buffer.from(text), 0o600);
}

/** Keeps a copy of keys.json, readable or not, before other keys take its place. */
export function setAside(dataFolder: string): void {
  const path = join(dataFolder, KEY_FILE);
  if (!existsSync(path)) return;
  for (let copy = 1; ; copy++) {
    const kept = join(dataFolder, `keys-${localDate(new Date())}-${copy}.json`);
    if (existsSync(kept)) continue;
    copyFileSync(path, kept);
    return;
  }
}

export function signBytes(keys: Pick<OfficeKeys, "signingPrivateKey">, bytes: Uint8Array): Buffer {
  return sign(null, bytes, privateKeyOf(keys.signingPrivateKey));
}

/** False for a wrong signature and for a key that is none. */
export function verifyBytes(signingKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = parsed(signingKey, (der) => createPublicKey({ key: der, type: "spki", format: "der" }));
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

function privateKeyOf(signingPrivateKey: string): KeyObject {
  return parsed(signingPrivateKey, (der) => createPrivateKey({ key: der, type: "pkcs8", format: "der" }));
}

const PARSED_KEPT = 100;
const parsedKeys = new Map<string, KeyObject>();

/** To parse a key takes longer than to sign with it, and a hub signs and verifies hundreds of times with the same. */
function parsed(text: string, parse: (der: Buffer) => KeyObject): KeyObject {
  const known = parsedKeys.get(text);
  if (known) return known;
  const key = parse(Buffer.from(text, "base64"));
  if (parsedKeys.size >= PARSED_KEPT) parsedKeys.clear();
  parsedKeys.set(text, key);
  return key;
}

function publicOf(signingPrivateKey: string): string {
  const key = createPublicKey(privateKeyOf(signingPrivateKey));
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

/** Finds a file that was spoilt on the disk: the values, whatever the order they are listed in. */
function hashOf(stored: Record<string, unknown>): string {
  const entries = Object.entries(stored).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256(Buffer.from(JSON.stringify(entries)));
}
