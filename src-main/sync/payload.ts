/**
 * What travels inside a bundle, as a sequence of parts: one byte for the kind, four for the length (big-endian), the
 * bytes. First the head; then sections of change sets, as the log keeps them (src-main/journal/section), bare or
 * behind a seal of 64 bytes; then contents of attachments behind their SHA-256.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { Failure } from "#domain/failure.ts";
import type { SealedSection } from "#journal/log.ts";
import type { AttachmentPart } from "./attachments.ts";
import { revocationsSchema } from "./key-revocation.ts";

const id = z.string().min(1).max(80);
const position = z.int().min(0);
const replica = z.string().regex(/^[0-9a-z]{8}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** JSON in a zstd frame. */
const headSchema = z.object({
  from: id,
  to: id,
  replica,
  /** The receiver's replica as the sender knows it; null before it has heard from the receiver. */
  receiver: replica.nullable(),
  number: z.int().min(1),
  /** The bundle covers the sender's log after `base` up to and including `position`. */
  base: position,
  position,
  /** Change sets and record changes in the sections. */
  sets: z.int().min(0),
  records: z.int().min(0),
  /** What the sender has taken in from the receiver, and the hash of the last bundle of it; null before the first. */
  acknowledges: z.object({ replica, number: z.int().min(0), position, hash: hash.optional() }).nullable(),
  /** The list of revoked keys; absent when it is empty. */
  revocations: revocationsSchema.optional(),
  /** Contents of attachments that did not fit and follow later. */
  later: z.array(z.object({ hash, size: z.int().min(0) })).max(1000),
  /** Contents that the sender misses. */
  wants: z.array(hash).max(500),
});

export type PayloadHead = z.infer<typeof headSchema>;
export type Payload = PayloadHead & { sections: SealedSection[]; attachments: AttachmentPart[] };

const HEAD = 1;
const SECTION = 2;
const SEALED_SECTION = 3;
const ATTACHMENT = 4;
const PART_PREFIX = 5;
const SEAL_BYTES = 64;
const HASH_BYTES = 32;
const MAX_HEAD_BYTES = 16 * 1024 * 1024;
const HEAD_LEVEL = 9;

export function encodePayload({ sections, attachments, ...head }: Payload): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const headBytes = zstdCompressSync(text, {
    params: { [constants.ZSTD_c_compressionLevel]: HEAD_LEVEL },
    pledgedSrcSize: text.length,
  });
  return Buffer.concat([
    ...part(HEAD, headBytes),
    ...sections.flatMap(({ packed, seal }) => (seal ? part(SEALED_SECTION, seal, packed) : part(SECTION, packed))),
    ...attachments.flatMap(({ hash, bytes }) => part(ATTACHMENT, Buffer.from(hash, "hex"), bytes)),
  ]);
}

function part(kind: number, ...contents: Uint8Array[]): Uint8Array[] {
  const prefix = Buffer.alloc(PART_PREFIX);
  prefix.writeUInt8(kind);
  prefix.writeUInt32BE(
    contents.reduce((sum, bytes) => sum + bytes.length, 0),
    1,
  );
  return [prefix, ...contents];
}

/** Takes the parts apart; the sections stay packed. Throws Failure content_invalid. */
export function decodePayload(bytes: Buffer, fileName: string): Payload {
  const invalid = (where: string) => new Failure("content_invalid", { file: fileName, where, reason: "不可读" });
  const sections: SealedSection[] = [];
  const attachments: AttachmentPart[] = [];
  let head: PayloadHead | undefined;
  for (const { kind, content } of parts(bytes, invalid)) {
    if ((kind === HEAD) === (head !== undefined)) throw invalid("内容");
    if (kind === HEAD) head = readHead(content, invalid);
    else if (kind === SECTION) sections.push({ packed: content, seal: null });
    else if (kind === SEALED_SECTION && content.length > SEAL_BYTES) {
      sections.push({ packed: content.subarray(SEAL_BYTES), seal: content.subarray(0, SEAL_BYTES) });
    } else if (kind === ATTACHMENT && content.length > HASH_BYTES) {
      attachments.push({ hash: content.toString("hex", 0, HASH_BYTES), bytes: content.subarray(HASH_BYTES) });
    } else throw invalid("内容");
  }
  if (!head) throw invalid("内容");
  return { ...head, sections, attachments };
}

function* parts(bytes: Buffer, invalid: (where: string) => Failure): Generator<{ kind: number; content: Buffer }> {
  for (let start = 0; start < bytes.length; ) {
    if (start + PART_PREFIX > bytes.length) throw invalid("内容");
    const end = start + PART_PREFIX + bytes.readUInt32BE(start + 1);
    if (end > bytes.length) throw invalid("内容");
    yield { kind: bytes.readUInt8(start), content: bytes.subarray(start + PART_PREFIX, end) };
    start = end;
  }
}

function readHead(bytes: Buffer, invalid: (where: string) => Failure): PayloadHead {
  let json: unknown;
  try {
    json = JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: MAX_HEAD_BYTES }).toString("utf8"));
  } catch {
    throw invalid("内容");
  }
  const head = headSchema.safeParse(json);
  if (!head.success) throw invalid(head.error.issues[0]?.path.join(".") || "内容");
  return head.data;
}
