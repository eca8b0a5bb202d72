/**
 * The bundle file (同步包), version 1:
 *
 *   magic "LXQB" (4) · version (1) · header length (u32 BE) · header (JSON, UTF-8) · Ed25519 signature (64)
 *   · age ciphertext to the end of the file
 *
 * The signature covers everything before it; the header names length and SHA-256 of the ciphertext. Inside the
 * ciphertext: the payload (payload.ts). A reader checks in this order and uses nothing before all of it held.
 */
import { Decrypter, Encrypter } from "age-encryption";
import { z } from "zod";
import { MAX_BUNDLE_BYTES } from "#domain/bundle.ts";
import { Failure } from "#domain/failure.ts";
import { belongsWhere } from "./file-kind.ts";
import { keyChangesSchema } from "./key-change.ts";
import { type OfficeKeys, sha256, signBytes } from "./keys.ts";
import { decodePayload, encodePayload, type Payload } from "./payload.ts";

// The suite name "gm-sm2+sm3+sm4" is reserved for the national algorithms; this version reads only its own.
const SUITE = "age-x25519+ed25519+zstd";
/** Bundles of this program need at least this schema on the other side. */
const SCHEMA = 1;
const MAX_HEADER_BYTES = 16 * 1024;
const MAGIC = Buffer.from("LXQB");
const FORMAT = 1;
const PREFIX = MAGIC.length + 1 + 4;
const SIGNATURE = 64;
/** Bytes that are decrypted at a time. */
const PIECE = 64 * 1024;

const party = z.object({ id: z.string().min(1).max(80), name: z.string().max(200) });
const headerSchema = z.object({
  suite: z.string(),
  /** Lowest schema that can read the payload, and the program version to ask for. */
  schema: z.int(),
  program: z.string().max(40),
  from: party,
  to: party,
  /** Fingerprints of the sender's keys and of the recipient's, as the sender knows them. */
  senderKey: z.string().max(80),
  recipientKey: z.string().max(80),
  /** Statements that lead from earlier keys of the sender to the one that signed; absent when it never had others. */
  keyChanges: keyChangesSchema.optional(),
  replica: z.string().max(20),
  number: z.int().min(1),
  base: z.int().min(0),
  position: z.int().min(0),
  /** SHA-256 of the sender's previous bundle on this link, or "". */
  previous: z.string().max(64),
  madeAt: z.string().max(40),
  length: z.int().min(1),
  sha256: z.string().length(64),
});
export type BundleHeader = z.infer<typeof headerSchema>;

export type SealedBundle = { header: BundleHeader; signed: Uint8Array; signature: Uint8Array; ciphertext: Uint8Array };

/** Encrypts to the recipient, and signs. */
export async function sealBundle(
  payload: Payload,
  facts: Omit<BundleHeader, "suite" | "schema" | "length" | "sha256">,
  keys: OfficeKeys,
  recipient: string,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const ciphertext = await encrypter.encrypt(encodePayload(payload));
  const header: BundleHeader = {
    suite: SUITE,
    schema: SCHEMA,
    ...facts,
    length: ciphertext.length,
    sha256: sha256(ciphertext),
  };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const signed = Buffer.concat([MAGIC, Buffer.from([FORMAT]), length, text]);
  return Buffer.concat([signed, signBytes(keys, signed), ciphertext]);
}

/**
 * Takes the file apart without trusting it: the caller verifies `signature` over `signed` next.
 * Throws Failure file_empty, file_too_big, file_wrong_kind, file_damaged, newer_format.
 */
export function openBundle(bytes: Uint8Array, fileName: string): SealedBundle {
  const damaged = (detail: string) => new Failure("file_damaged", { file: fileName, detail });
  if (bytes.length === 0) throw new Failure("file_empty", { file: fileName });
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new Failure("file_too_big", {
      file: fileName,
      size: `${Math.ceil(bytes.length / 1048576)} MB`,
      limit: `${MAX_BUNDLE_BYTES / 1048576} MB`,
    });
  }
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) {
    const hint = belongsWhere(bytes, "同步包的扩展名是 .lxq，请另选文件。");
    throw new Failure("file_wrong_kind", { file: fileName, expected: "连心桥同步包", hint });
  }
  if (file.length < PREFIX) throw damaged("文件被截断");
  const found = file.readUInt8(MAGIC.length);
  if (found !== FORMAT) throw new Failure("newer_format", { file: fileName, found, known: FORMAT });
  const headerLength = file.readUInt32BE(MAGIC.length + 1);
  const end = PREFIX + headerLength + SIGNATURE;
  if (headerLength > MAX_HEADER_BYTES || file.length < end) throw damaged("文件头不完整");
  const signed = file.subarray(0, PREFIX + headerLength);
  const header = headerSchema.safeParse(parseJson(signed.subarray(PREFIX).toString("utf8")));
  if (!header.success) throw damaged("文件头不可读");
  return {
    header: header.data,
    signed,
    signature: file.subarray(PREFIX + headerLength, end),
    ciphertext: file.subarray(end),
  };
}

/**
 * Decrypts to the end, takes the parts of the payload apart, and checks its head against the header.
 * Throws Failure file_damaged, newer_program_needed, content_invalid.
 */
export async function openPayload(bundle: SealedBundle, ageIdentity: string, fileName: string): Promise<Payload> {
  const { header, ciphertext } = bundle;
  if (header.suite !== SUITE || header.schema > SCHEMA) {
    throw new Failure("newer_program_needed", { file: fileName, version: header.program });
  }
  if (ciphertext.length !== header.length) throw new Failure("file_damaged", { file: fileName, detail: "长度不符" });
  if (sha256(ciphertext) !== header.sha256) throw new Failure("file_damaged", { file: fileName, detail: "校验值不符" });
  let plain: Buffer;
  try {
    plain = await decrypt(ciphertext, ageIdentity);
  } catch {
    throw new Failure("file_damaged", { file: fileName, detail: "不能解密" });
  }
  const payload = decodePayload(plain, fileName);
  const { from, to, replica, number, base, position } = payload;
  const same =
    from === header.from.id &&
    to === header.to.id &&
    replica === header.replica &&
    number === header.number &&
    base === header.base &&
    position === header.position;
  if (!same) throw new Failure("file_damaged", { file: fileName, detail: "内外包头不一致" });
  return payload;
}

/** Piece by piece into one buffer: decrypting all at once would hold a large bundle in memory three times. */
async function decrypt(ciphertext: Uint8Array, ageIdentity: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(ageIdentity);
  const pieces = await decrypter.decrypt(ReadableStream.from(piecesOf(ciphertext)));
  const plain = Buffer.allocUnsafeSlow(ciphertext.length);
  let length = 0;
  for await (const piece of pieces) {
    plain.set(piece, length);
    length += piece.length;
  }
  return plain.subarray(0, length);
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
