/**
 * What travels inside a bundle, as a sequence of parts: one byte for the kind, four for the length (big-endian), the
 * bytes. First the head (JSON in a zstd frame): sender, recipient, positions, and the acknowledgement of what came the
 * other way. Then sections of change sets, as the log keeps them (src-main/journal/section).
 */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { Failure } from "#domain/failure.ts";
import { revocationsSchema } from "./key-revocation.ts";

const id = z.string().min(1).max(80);
const position = z.int().min(0);
const replica = z.string().regex(/^[0-9a-z]{8}$/);

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
  /** What the sender has taken in from the receiver; null before the first. */
  acknowledges: z.object({ replica, number: z.int().min(0), position }).nullable(),
  /** The list of revoked keys; absent when it is empty. */
  revocations: revocationsSchema.optional(),
});

export type PayloadHead = z.infer<typeof headSchema>;
export type Payload = PayloadHead & { sections: Uint8Array[] };

const HEAD = 1;
const SECTION = 2;
const PART_PREFIX = 5;
const MAX_HEAD_BYTES = 16 * 1024 * 1024;
const HEAD_LEVEL = 9;

export function encodePayload({ sections, ...head }: Payload): Buffer {
  const headBytes = zstdCompressSync(JSON.stringify(head), {
    params: { [constants.ZSTD_c_compressionLevel]: HEAD_LEVEL },
  });
  return Buffer.concat([part(HEAD, headBytes), ...sections.map((section) => part(SECTION, section))]);
}

function part(kind: number, bytes: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PART_PREFIX);
  prefix.writeUInt8(kind);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}

/** Takes the parts apart; the sections stay packed. Throws Failure content_invalid. */
export function decodePayload(bytes: Buffer, fileName: string): Payload {
  const invalid = (where: string) => new Failure("content_invalid", { file: fileName, where, reason: "不可读" });
  const sections: Uint8Array[] = [];
  let head: PayloadHead | undefined;
  for (let start = 0; start < bytes.length; ) {
    if (start + PART_PREFIX > bytes.length) throw invalid("内容");
    const kind = bytes.readUInt8(start);
    const end = start + PART_PREFIX + bytes.readUInt32BE(start + 1);
    if (end > bytes.length) throw invalid("内容");
    const content = bytes.subarray(start + PART_PREFIX, end);
    const isFirst = head === undefined;
    if (isFirst && kind === HEAD) head = readHead(content, invalid);
    else if (!isFirst && kind === SECTION) sections.push(content);
    else throw invalid("内容");
    start = end;
  }
  if (!head) throw invalid("内容");
  return { ...head, sections };
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
