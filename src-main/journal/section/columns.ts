/**
 * Columns of values. Every column is one of five kinds, chosen by what is in it:
 *
 *   int   codes: 0 for null, else zigzag + 1
 *   dict  number of distinct texts, these as a text list, then codes: 0 for null, else place in the list + 1
 *   text  a text list, null included
 *   uuid  distinct UUIDs as a UUID list, then codes as in dict
 *   json  a JSON array, for whatever fits nothing else
 *
 * A text list is a block of varint lengths (0 for null, else bytes + 1) and a block of UTF-8. A UUID list is
 * ascending: a block of varint differences of the first 48 bits (the time, in version 7) and a block of the other 10
 * bytes of each.
 */
import type { StoredValue } from "#domain/fields.ts";
import { MAX_TEXT } from "#journal/change-set.ts";
import { type ByteReader, ByteWriter, readPlaces, readVarints, SectionError, unzigzag, zigzag } from "./bytes.ts";

export const columnKinds = ["int", "dict", "text", "uuid", "json"] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** Gives the values of a column in their order; `pass` goes by one without reading it. */
export type Cursor = { next(): StoredValue; pass(): void };

export type Column = {
  /** What it takes in memory, about. */
  bytes: number;
  /** Starts at the first value, as often as asked. */
  open(): Cursor;
  /** Every value; of many equal ones at least one. */
  distinct(): Iterable<StoredValue>;
  /** How often each value is there. */
  tally(): Map<StoredValue, number>;
  /** Of a column of texts: which of null and "" are there, and the bytes of the longest. */
  lengths?: { blanks: StoredValue[]; longest: number };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_LENGTH = 36;
const UUID_BYTES = 16;
/** Of a UUID what comes after the first 48 bits. */
const TAIL_BYTES = 10;
const MAX_INT = 2 ** 51;
/** Below this many distinct texts a dictionary always pays. */
const SMALL_DICTIONARY = 16;

export function areUuids(ids: readonly string[]): boolean {
  return ids.every((id) => UUID.test(id));
}

/** Writes the values and tells the kind that was chosen. */
export function writeColumn(writer: ByteWriter, values: readonly StoredValue[]): ColumnKind {
  const distinct = new Set(values);
  distinct.delete(null);
  const texts = [...distinct];
  if (texts.every(isSmallInteger)) {
    writeCodes(writer, values, (value) => zigzag(value as number));
    return "int";
  }
  if (!texts.every((value) => typeof value === "string")) {
    writer.block(Buffer.from(JSON.stringify(values)));
    return "json";
  }
  if (areUuids(texts)) {
    const sorted = texts.sort();
    writeUuids(writer, sorted);
    writeCodes(writer, values, placesOf(sorted));
    return "uuid";
  }
  if (texts.length <= SMALL_DICTIONARY || texts.length * 2 <= values.length) {
    writer.varint(texts.length);
    writeTexts(writer, texts);
    writeCodes(writer, values, placesOf(texts));
    return "dict";
  }
  writeTexts(writer, values as (string | null)[]);
  return "text";
}

function isSmallInteger(value: StoredValue): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < MAX_INT && !Object.is(value, -0);
}

function placesOf(list: readonly string[]): (value: StoredValue) => number {
  const places = new Map(list.map((text, place) => [text, place]));
  return (value) => places.get(value as string) as number;
}

function writeCodes(writer: ByteWriter, values: readonly StoredValue[], codeOf: (value: StoredValue) => number): void {
  const codes = new ByteWriter();
  for (const value of values) codes.varint(value === null ? 0 : codeOf(value) + 1);
  writer.block(codes.done());
}

export function writeTexts(writer: ByteWriter, texts: readonly (string | null)[]): void {
  const lengths = new ByteWriter();
  const bytes = new ByteWriter();
  for (const text of texts) lengths.varint(text === null ? 0 : bytes.text(text) + 1);
  writer.block(lengths.done());
  writer.block(bytes.done());
}

export function writeUuids(writer: ByteWriter, sorted: readonly string[]): void {
  const times = new ByteWriter();
  const tails = Buffer.allocUnsafe(sorted.length * TAIL_BYTES);
  let last = 0;
  sorted.forEach((uuid, index) => {
    const time = Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
    times.varint(time - last);
    last = time;
    tails.write(uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24), index * TAIL_BYTES, "hex");
  });
  writer.block(times.done());
  writer.block(tails);
}

/** Reads the column's bytes at once; `open` starts at the first value, as often as asked. */
export function readColumn(reader: ByteReader, kind: ColumnKind, count: number): Column {
  switch (kind) {
    case "int":
      return codedColumn(readVarints(reader.block(), count), (code) => unzigzag(code - 1), 0);
    case "dict":
    case "uuid": {
      const list = kind === "uuid" ? readUuids(reader) : readTextList(reader, reader.varint());
      const codes = readPlaces(reader.block(), count);
      if (codes.some((code) => code > list.count)) throw new SectionError("text beyond the list");
      return codedColumn(codes, (code) => list.at(code - 1), list.bytes);
    }
    case "text":
      return textColumn(readTexts(reader, count));
    case "json": {
      const block = reader.block();
      const values = readJson(block, count);
      const { length: bytes } = block;
      return { bytes, open: () => listCursor(values), distinct: () => values, tally: () => tallyOf(values) };
    }
  }
}

function codedColumn(
  codes: Float64Array | Uint32Array,
  toValue: (code: number) => StoredValue,
  listBytes: number,
): Column {
  const valueFor = (code: number) => (code === 0 ? null : toValue(code));
  return {
    bytes: codes.byteLength + listBytes,
    open: () => codeCursor(codes, valueFor),
    distinct: () => Array.from(new Set(codes), valueFor),
    tally: () => new Map([...tallyOf(codes)].map(([code, times]) => [valueFor(code), times])),
  };
}

function textColumn(texts: Texts): Column {
  const all = () => {
    const cursor = textCursor(texts);
    return Array.from(texts.lengths, () => cursor.next());
  };
  let longest = 0;
  for (const length of texts.lengths) if (length > longest) longest = length;
  const blanks: StoredValue[] = [];
  if (texts.lengths.includes(0)) blanks.push(null);
  if (texts.lengths.includes(1)) blanks.push("");
  return {
    bytes: texts.lengths.byteLength + texts.bytes.length,
    open: () => textCursor(texts),
    distinct: all,
    tally: () => tallyOf(all()),
    lengths: { blanks, longest: longest - 1 },
  };
}

function tallyOf<V>(values: Iterable<V>): Map<V, number> {
  const tally = new Map<V, number>();
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
  return tally;
}

function codeCursor(codes: Float64Array | Uint32Array, valueFor: (code: number) => StoredValue): Cursor {
  let index = 0;
  return {
    next: () => valueFor(codes[index++] as number),
    pass: () => {
      index++;
    },
  };
}

type Texts = { lengths: Uint32Array; bytes: Buffer };

function textCursor({ lengths, bytes }: Texts): Cursor {
  let index = 0;
  let start = 0;
  return {
    next: () => {
      const length = lengths[index++] as number;
      if (length === 0) return null;
      const from = start;
      start += length - 1;
      return bytes.toString("utf8", from, start);
    },
    pass: () => {
      const length = lengths[index++] as number;
      if (length > 0) start += length - 1;
    },
  };
}

function listCursor(values: readonly StoredValue[]): Cursor {
  let index = 0;
  return {
    next: () => values[index++] as StoredValue,
    pass: () => {
      index++;
    },
  };
}

function readTexts(reader: ByteReader, count: number): Texts {
  const lengths = readPlaces(reader.block(), count);
  const bytes = reader.block();
  let total = 0;
  for (const length of lengths) {
    // A character of the limit takes at most three bytes for each UTF-16 unit.
    if (length > MAX_TEXT * 3 + 1) throw new SectionError("text too long");
    if (length > 0) total += length - 1;
  }
  if (total !== bytes.length) throw new SectionError("texts and lengths differ");
  // A copy: a view would hold on to the whole section.
  return { lengths, bytes: Buffer.from(bytes) };
}

/** Texts without null, kept as bytes; made when they are asked for. */
export type TextList = {
  count: number;
  /** What it takes in memory, about. */
  bytes: number;
  at(place: number): string;
  /** From one place up to another, all without them. */
  texts(from?: number, to?: number): string[];
};

/** A list of texts without null, as long as its block of lengths. */
export function readTextList(reader: ByteReader, count: number): TextList {
  const { lengths, bytes } = readTexts(reader, count);
  const ends = new Uint32Array(count);
  let end = 0;
  for (let place = 0; place < count; place++) {
    const length = lengths[place] as number;
    if (length === 0) throw new SectionError("null in a list");
    end += length - 1;
    ends[place] = end;
  }
  const at = (place: number) => bytes.toString("utf8", place === 0 ? 0 : ends[place - 1], ends[place]);
  const texts = (from = 0, to = count) => Array.from({ length: to - from }, (_, index) => at(from + index));
  return { count, bytes: ends.byteLength + bytes.length, at, texts };
}

/** Ascending UUIDs; as many as there are tails. */
export function readUuids(reader: ByteReader): TextList & { isAscending: boolean } {
  const times = reader.block();
  const tails = reader.block();
  if (tails.length % TAIL_BYTES !== 0) throw new SectionError("UUIDs cut off");
  const count = tails.length / TAIL_BYTES;
  const differences = readVarints(times, count);
  const bytes = Buffer.allocUnsafe(count * UUID_BYTES);
  let time = 0;
  let isAscending = true;
  for (let index = 0; index < count; index++) {
    const difference = differences[index] as number;
    time += difference;
    if (time >= 2 ** 48) throw new SectionError("UUID out of range");
    bytes.writeUIntBE(time, index * UUID_BYTES, 6);
    const tail = index * TAIL_BYTES;
    for (let byte = 0; byte < TAIL_BYTES; byte++) bytes[index * UUID_BYTES + 6 + byte] = tails[tail + byte] as number;
    if (difference === 0 && index > 0 && tails.compare(tails, tail - TAIL_BYTES, tail, tail, tail + TAIL_BYTES) <= 0) {
      isAscending = false;
    }
  }
  const texts = (from = 0, to = count) => uuidTexts(bytes.subarray(from * UUID_BYTES, to * UUID_BYTES), to - from);
  const at = (place: number) => texts(place, place + 1)[0] as string;
  return { count, isAscending, bytes: bytes.length, at, texts };
}

/** Codes of the hexadecimal digits, and which bytes of a UUID a hyphen follows. */
const DIGITS = Buffer.from("0123456789abcdef");
const HYPHEN = 0x2d;
const isBeforeHyphen = (place: number) => place === 3 || place === 5 || place === 7 || place === 9;

/** All as one text that is cut at the end: an import reads tens of thousands at a time. */
function uuidTexts(bytes: Uint8Array, count: number): string[] {
  const text = Buffer.allocUnsafe(count * UUID_LENGTH);
  let end = 0;
  for (let start = 0; start < bytes.length; start += UUID_BYTES) {
    for (let place = 0; place < UUID_BYTES; place++) {
      const byte = bytes[start + place] as number;
      text[end++] = DIGITS[byte >> 4] as number;
      text[end++] = DIGITS[byte & 15] as number;
      if (isBeforeHyphen(place)) text[end++] = HYPHEN;
    }
  }
  const joined = text.toString("latin1");
  return Array.from({ length: count }, (_, index) => joined.slice(index * UUID_LENGTH, (index + 1) * UUID_LENGTH));
}

function readJson(bytes: Buffer, count: number): StoredValue[] {
  let values: unknown;
  try {
    values = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new SectionError("unreadable values");
  }
  if (!Array.isArray(values) || values.length !== count || !values.every(isStored)) {
    throw new SectionError("unreadable values");
  }
  return values;
}

function isStored(value: unknown): value is StoredValue {
  if (typeof value === "string") return value.length <= MAX_TEXT;
  return value === null || typeof value === "number";
}
