/** A second reader of bundles, written from src-main/sync/FORMAT.md alone: it shares no code with the program. */
import { createHash, createPublicKey, verify } from "node:crypto";
import { zstdDecompressSync } from "node:zlib";

type Value = string | number | null;
type Change = { entity: string; id: string; values: Record<string, Value>; replaced: unknown };
export type ReadSet = { stamp: string; office: string; person: string; action: string; changes: Change[] };

class Reader {
  at = 0;
  constructor(readonly bytes: Buffer) {}
  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new Error("cut off");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.take(1).readUInt8();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  block(): Buffer {
    return this.take(this.varint());
  }
  varints(): number[] {
    const block = new Reader(this.block());
    const values: number[] = [];
    while (block.at < block.bytes.length) values.push(block.varint());
    return values;
  }
}

const unzigzag = (value: number) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** Checks the signature with `signingKey` (SPKI, base64); returns the header and the age file. */
export function openFile(file: Buffer, signingKey: string) {
  if (file.toString("latin1", 0, 4) !== "LXQB" || file[4] !== 1) throw new Error("not a bundle of format 1");
  const end = 9 + file.readUInt32BE(5);
  const key = createPublicKey({ key: Buffer.from(signingKey, "base64"), format: "der", type: "spki" });
  if (!verify(null, file.subarray(0, end), key, file.subarray(end, end + 64))) throw new Error("wrong signature");
  const header = JSON.parse(file.toString("utf8", 9, end)) as Record<string, unknown>;
  const ciphertext = file.subarray(end + 64);
  if (header.sha256 !== createHash("sha256").update(ciphertext).digest("hex")) throw new Error("wrong hash");
  return { header, ciphertext };
}

/** The head, the change sets and the hashes of the attachments of a decrypted payload. */
export function readPayload(plain: Buffer) {
  const reader = new Reader(plain);
  let head: Record<string, unknown> = {};
  const sets: ReadSet[] = [];
  const attachments: string[] = [];
  while (reader.at < plain.length) {
    const kind = reader.take(1).readUInt8();
    const content = reader.take(reader.take(4).readUInt32BE());
    if (kind === 1) head = JSON.parse(zstdDecompressSync(content).toString("utf8"));
    if (kind === 2) sets.push(...readSection(zstdDecompressSync(content)));
    if (kind === 3) sets.push(...readSection(zstdDecompressSync(content.subarray(64))));
    if (kind === 4) {
      const hash = createHash("sha256").update(content.subarray(32)).digest("hex");
      if (hash !== content.toString("hex", 0, 32)) throw new Error("wrong content");
      attachments.push(hash);
    }
  }
  return { head, sets, attachments };
}

type Head = {
  sets: number;
  origins: string[][];
  stamps: number;
  replicas: string[];
  mixed: unknown[];
  entities: { name: string; records: number; ids: string }[];
  shapes: [number, string[]][];
  columns: [number, string, string, number][];
};

function readSection(bytes: Buffer): ReadSet[] {
  const reader = new Reader(bytes);
  const head = JSON.parse(reader.block().toString("utf8")) as Head;
  const originOf = reader.varints();
  const clocks = readClocks(reader);
  const sets = clocks.map((clock, index): ReadSet => {
    const [replica = "", , office = "", , person = "", action = ""] = head.origins[originOf[index] ?? -1] ?? [];
    return { stamp: clock + replica, office, person, action, changes: [] };
  });
  const outsideClocks = readClocks(reader);
  const outside = reader.varints().map((replica, index) => `${outsideClocks[index]}${head.replicas[replica]}`);
  const ids = head.entities.map((entity) =>
    entity.ids === "uuid" ? readUuids(reader) : (readTexts(reader) as string[]),
  );
  const [counts, setOf, shapeOf, replacedOf] = [reader.varints(), reader.varints(), reader.varints(), reader.varints()];
  const columns = head.columns.map(([, , kind]) => readColumn(reader, kind));
  if (reader.at !== bytes.length) throw new Error("bytes beyond the end");
  const candidates: unknown[] = [null, ...sets.map(({ stamp }) => stamp), ...outside, ...head.mixed];
  const records = head.entities.flatMap(({ name }, group) =>
    (ids[group] ?? []).map((id) => ({ entity: name, id, group })),
  );
  let change = 0;
  records.forEach(({ entity, id, group }, record) => {
    for (const end = change + (counts[record] ?? 0); change < end; change++) {
      const [, fields] = head.shapes[shapeOf[change] ?? -1] ?? [0, []];
      const values: Record<string, Value> = {};
      for (const field of fields) {
        const column = head.columns.findIndex((one) => one[0] === group && one[1] === field);
        values[field] = columns[column]?.shift() ?? null;
      }
      sets[setOf[change] ?? -1]?.changes.push({ entity, id, values, replaced: candidates[replacedOf[change] ?? 0] });
    }
  });
  return sets;
}

/** The first twelve characters of stamps. */
function readClocks(reader: Reader): string[] {
  const differences = reader.varints();
  const counters = reader.varints();
  let ms = 0;
  return differences.map((difference, index) => {
    ms += unzigzag(difference);
    return ms.toString(36).padStart(9, "0") + (counters[index] ?? 0).toString(36).padStart(3, "0");
  });
}

function readTexts(reader: Reader): (string | null)[] {
  const lengths = reader.varints();
  const bytes = new Reader(reader.block());
  return lengths.map((length) => (length === 0 ? null : bytes.take(length - 1).toString("utf8")));
}

function readUuids(reader: Reader): string[] {
  const differences = reader.varints();
  const tails = new Reader(reader.block());
  let time = 0;
  return differences.map((difference) => {
    time += difference;
    const hex = time.toString(16).padStart(12, "0") + tails.take(10).toString("hex");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  });
}

function readColumn(reader: Reader, kind: string): Value[] {
  if (kind === "int") return reader.varints().map((code) => (code === 0 ? null : unzigzag(code - 1)));
  if (kind === "text") return readTexts(reader);
  if (kind === "json") return JSON.parse(reader.block().toString("utf8"));
  if (kind === "dict") reader.varint();
  const list = kind === "uuid" ? readUuids(reader) : readTexts(reader);
  return reader.varints().map((code) => (code === 0 ? null : (list[code - 1] ?? null)));
}
