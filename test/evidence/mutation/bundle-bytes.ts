/**
 * Taking a bundle file apart and putting it together again, by the table in src-main/sync/README.md and nothing else:
 * magic (4) · format (1) · header length (4) · header (JSON) · signature (64) · age ciphertext.
 */
import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { type OfficeKeys, signBytes } from "#sync/keys.ts";

const BEFORE_HEADER = 9;
const SIGNATURE = 64;
const ZSTD_MAGIC = 0x28b52ffd;
const MAX_PART = 64 * 1024 * 1024;

export type Parts = { header: Record<string, unknown>; ciphertext: Buffer };

export function takeApart(file: Buffer): Parts {
  const end = BEFORE_HEADER + file.readUInt32BE(5);
  const header = JSON.parse(file.toString("utf8", BEFORE_HEADER, end)) as Record<string, unknown>;
  return { header, ciphertext: file.subarray(end + SIGNATURE) };
}

/** A well-formed file, signed with `keys`; length and hash follow the ciphertext unless the header keeps its own. */
export function putTogether({ header, ciphertext }: Parts, keys: OfficeKeys, keepsHash = false): Buffer {
  const sha256 = createHash("sha256").update(ciphertext).digest("hex");
  const facts = keepsHash ? header : { ...header, length: ciphertext.length, sha256 };
  return signedFile(Buffer.from(JSON.stringify(facts)), ciphertext, keys);
}

export function signedFile(header: Buffer, ciphertext: Buffer, keys: OfficeKeys): Buffer {
  const prefix = Buffer.from("LXQB\u0001\0\0\0\0", "latin1");
  prefix.writeUInt32BE(header.length, 5);
  const signed = Buffer.concat([prefix, header]);
  return Buffer.concat([signed, signBytes(keys, signed), ciphertext]);
}

export async function decrypt(ciphertext: Buffer, ageIdentity: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(ageIdentity);
  return Buffer.from(await decrypter.decrypt(ciphertext));
}

export async function encrypt(plaintext: Buffer, recipient: string): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(plaintext));
}

/**
 * What is packed inside the plaintext, and how to pack it again: one zstd frame, or parts of one byte for the kind,
 * four for the length (big-endian) and a zstd frame each. Adapt this when the payload changes.
 */
export function unpack(plaintext: Buffer): { parts: Buffer[]; pack: (parts: readonly Buffer[]) => Buffer } {
  if (isFrame(plaintext)) {
    return { parts: [inflate(plaintext)], pack: (parts) => zstdCompressSync(Buffer.concat(parts)) };
  }
  const kinds: number[] = [];
  const parts: Buffer[] = [];
  for (let start = 0; start + 5 <= plaintext.length; ) {
    const end = start + 5 + plaintext.readUInt32BE(start + 1);
    kinds.push(plaintext.readUInt8(start));
    parts.push(inflate(plaintext.subarray(start + 5, end)));
    start = end;
  }
  return {
    parts,
    pack: (changed) =>
      Buffer.concat(
        changed.flatMap((part, index) => {
          const frame = zstdCompressSync(part);
          const prefix = Buffer.alloc(5);
          prefix.writeUInt8(kinds[index] ?? 2);
          prefix.writeUInt32BE(frame.length, 1);
          return [prefix, frame];
        }),
      ),
  };
}

function isFrame(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32BE(0) === ZSTD_MAGIC;
}

function inflate(bytes: Buffer): Buffer {
  return isFrame(bytes) ? zstdDecompressSync(bytes, { maxOutputLength: MAX_PART }) : bytes;
}
