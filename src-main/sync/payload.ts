/**
 * What travels inside a bundle: the acknowledgement of what came the other way, and change sets. As text, a line
 * each: the head as JSON, then for every set its facts as JSON, followed by its records as
 * `entity TAB record id TAB body`. A body is JSON without raw line ends or tabs, so the lines need no escaping, and
 * the first import of a whole city can be read record by record without holding all of them as objects.
 */
import { z } from "zod";
import { Failure } from "#domain/failure.ts";
import type { IncomingRow, IncomingSet } from "#journal/journal.ts";
import { isStamp } from "#journal/stamp.ts";
import { revocationsSchema } from "./key-revocation.ts";

const id = z.string().min(1).max(80);
const position = z.int().min(0);
const replica = z.string().regex(/^[0-9a-z]{8}$/);

const setFacts = z.object({
  stamp: z.string().refine(isStamp),
  officeId: id,
  officeName: z.string().max(200),
  personId: id,
  personName: z.string().max(200),
  action: z.string().max(60),
});
const setLine = setFacts.extend({ rows: z.int().min(1) });

/** Sets inside another JSON document (the invitation). */
export const setsSchema = z.array(
  setFacts.extend({
    rows: z.array(z.tuple([z.string().max(60), id, z.string().max(500_000)])).min(1),
  }),
);
export type PayloadSet = z.infer<typeof setsSchema>[number];

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
  /** What the sender has taken in from the receiver; null before the first. */
  acknowledges: z.object({ replica, number: z.int().min(0), position }).nullable(),
  /** The list of revoked keys; absent when it is empty. */
  revocations: revocationsSchema.optional(),
});

export type Payload = z.infer<typeof headSchema> & { sets: IncomingSet[] };

const LINE_END = 0x0a;

export function encodePayload({ sets, ...head }: Payload): Buffer {
  const lines = [JSON.stringify(head)];
  for (const { rows, ...facts } of sets) {
    lines.push(JSON.stringify({ ...facts, rows: rows.length }));
    for (const row of rows) lines.push(row.join("\t"));
  }
  return Buffer.from(lines.join("\n"));
}

/**
 * Reads head and facts at once, the records when they are asked for: checkSets asks for all of them before anything
 * is written. Both throw Failure content_invalid.
 */
export function decodePayload(bytes: Buffer, fileName: string): Payload {
  const invalid = (where: string) => new Failure("content_invalid", { file: fileName, where, reason: "不可读" });
  const head = headSchema.safeParse(parseJson(lineAt(bytes, 0)));
  if (!head.success) throw invalid(head.error.issues[0]?.path.join(".") || "内容");
  const sets: IncomingSet[] = [];
  for (let start = endOfLine(bytes, 0) + 1; start < bytes.length; ) {
    const line = setLine.safeParse(parseJson(lineAt(bytes, start)));
    if (!line.success) throw invalid("变动集");
    const first = endOfLine(bytes, start) + 1;
    start = first;
    for (let row = 0; row < line.data.rows; row++) {
      if (start >= bytes.length) throw invalid("变动内容");
      start = endOfLine(bytes, start) + 1;
    }
    sets.push({ ...line.data, rows: recordLines(bytes, first, line.data.rows, () => invalid("变动内容")) });
  }
  return { ...head.data, sets };
}

function recordLines(bytes: Buffer, first: number, length: number, invalid: () => Failure): IncomingSet["rows"] {
  return {
    length,
    *[Symbol.iterator]() {
      let start = first;
      for (let index = 0; index < length; index++) {
        const end = endOfLine(bytes, start);
        const row = parseRow(bytes.toString("utf8", start, end));
        if (!row) throw invalid();
        yield row;
        start = end + 1;
      }
    },
  };
}

function parseRow(line: string): IncomingRow | null {
  const entityEnd = line.indexOf("\t");
  const idEnd = line.indexOf("\t", entityEnd + 1);
  const idLength = idEnd - entityEnd - 1;
  if (entityEnd < 1 || entityEnd > 60 || idLength < 1 || idLength > 80 || line.length > 500_000) return null;
  return [line.slice(0, entityEnd), line.slice(entityEnd + 1, idEnd), line.slice(idEnd + 1)];
}

/** Where the line that starts at `start` ends; beyond the end of the bytes nothing starts. */
function endOfLine(bytes: Buffer, start: number): number {
  if (start >= bytes.length) return start + 1;
  const end = bytes.indexOf(LINE_END, start);
  return end < 0 ? bytes.length : end;
}

function lineAt(bytes: Buffer, start: number): string {
  return bytes.toString("utf8", start, endOfLine(bytes, start));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
