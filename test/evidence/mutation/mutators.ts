/** Ways to spoil bytes and texts. Each is a function of seeded randomness and of what it spoils. */
import type { Random } from "../random.ts";

type BytesMutator = (random: Random, bytes: Buffer, other: Buffer) => Buffer;

/** Where to cut, never beyond the end. */
const place = (random: Random, bytes: Buffer) => random.between(0, bytes.length + 1);

function without(random: Random, bytes: Buffer): Buffer {
  const start = place(random, bytes);
  const end = Math.min(bytes.length, start + random.between(1, 64));
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function overwritten(random: Random, bytes: Buffer): Buffer {
  const spoiled = Buffer.from(bytes);
  const start = random.between(0, Math.max(1, bytes.length));
  const fill = random.pick([0, 0xff, 0x20, 0x22, 0x7f]);
  return spoiled.fill(fill, start, Math.min(bytes.length, start + random.between(1, 40)));
}

const bytesMutators: Record<string, BytesMutator> = {
  "flipped bits": (random, bytes) => {
    const spoiled = Buffer.from(bytes);
    for (let left = random.between(1, 9); left > 0 && spoiled.length > 0; left--) {
      const at = random.between(0, spoiled.length);
      spoiled.writeUInt8(spoiled.readUInt8(at) ^ (1 << random.between(0, 8)), at);
    }
    return spoiled;
  },
  "cut off": (random, bytes) => bytes.subarray(0, random.between(0, Math.max(1, bytes.length))),
  "begun late": (random, bytes) => bytes.subarray(random.between(1, Math.max(2, bytes.length))),
  lengthened: (random, bytes) => Buffer.concat([bytes, Buffer.alloc(random.between(1, 200), random.between(0, 256))]),
  "spliced with another": (random, bytes, other) =>
    Buffer.concat([bytes.subarray(0, place(random, bytes)), other.subarray(place(random, other))]),
  "other's end at the same place": (random, bytes, other) => {
    const at = place(random, bytes);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
  },
  "some bytes left out": without,
  "some bytes overwritten": overwritten,
  "a piece repeated": (random, bytes) => {
    const from = place(random, bytes);
    const piece = bytes.subarray(from, from + random.between(1, 100));
    const at = place(random, bytes);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
};

export function spoilBytes(random: Random, bytes: Buffer, other: Buffer): { how: string; bytes: Buffer } {
  const how = random.pick(Object.keys(bytesMutators));
  return { how, bytes: bytesMutators[how]?.(random, bytes, other) ?? bytes };
}

/** Texts that have broken programs before. */
const hostileTexts = [
  "../../../../etc/passwd",
  "..\\..\\windows\\system32",
  "a".repeat(200_000),
  "\u0000\u0001\u001b[2J",
  "'; drop table project; --",
  "__proto__",
  "constructor",
  "toString",
  "\ud800",
  "\u202e反向",
  "",
  "🧨".repeat(500),
];
const hostileNumbers = [-1, 0, 1e308, 2 ** 53, -(2 ** 53), 1.5, 4_294_967_296, 255];

function hostileValue(random: Random): unknown {
  if (random.chance(0.4)) return random.pick(hostileTexts);
  if (random.chance(0.4)) return random.pick(hostileNumbers);
  return random.pick([null, true, [], {}, [[[[[]]]]], { v: { v: {} } }, JSON.parse('{"__proto__":{"x":1}}')]);
}

/** Changes one value anywhere inside a JSON value: another value, none, or one more. */
export function spoilJson(random: Random, value: unknown): unknown {
  const copy = structuredClone(value);
  const holders: Record<string, unknown>[] = [];
  const collect = (item: unknown) => {
    if (typeof item !== "object" || item === null) return;
    holders.push(item as Record<string, unknown>);
    for (const inner of Object.values(item)) collect(inner);
  };
  collect(copy);
  const holder = holders.length > 0 ? random.pick(holders) : null;
  if (!holder) return hostileValue(random);
  const keys = Object.keys(holder);
  const key = keys.length > 0 ? random.pick(keys) : "x";
  const way = random.weighted({ drop: 2, add: 2, replace: 6 });
  if (way === "drop") delete holder[key];
  else holder[way === "add" ? random.pick(["extra", "length", "toString", "w", "v"]) : key] = hostileValue(random);
  return copy;
}

/** A nest too deep for a parser that calls itself. */
export function deepNest(random: Random): string {
  const depth = random.pick([1000, 100_000, 1_000_000]);
  return random.chance(0.5) ? "[".repeat(depth) : '{"v":'.repeat(depth);
}

/** Changes a text that is partly JSON: lines or a whole document, numbers, quotes, names. */
export function spoilText(random: Random, bytes: Buffer, other: Buffer): { how: string; bytes: Buffer } {
  const text = bytes.toString("latin1");
  const how = random.weighted({ json: 4, number: 2, text: 2, nest: 0.2, bytes: 6 });
  if (how === "bytes") return spoilBytes(random, bytes, other);
  if (how === "nest") return { how, bytes: Buffer.from(deepNest(random)) };
  const pattern = { json: /\{[^\n\t]*\}/g, number: /\d+/g, text: /"[^"\n]*"/g }[how];
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return spoilBytes(random, bytes, other);
  const { 0: matched, index } = random.pick(found);
  const replaced = replacement(random, how, matched);
  const spoiled = text.slice(0, index) + replaced.toString("latin1") + text.slice(index + matched.length);
  return { how, bytes: Buffer.from(spoiled, "latin1") };
}

function replacement(random: Random, how: "json" | "number" | "text", matched: string): Buffer {
  if (how === "number") return Buffer.from(String(random.pick(hostileNumbers)));
  if (how === "text") return Buffer.from(JSON.stringify(random.pick(hostileTexts)));
  try {
    return Buffer.from(JSON.stringify(spoilJson(random, JSON.parse(Buffer.from(matched, "latin1").toString("utf8")))));
  } catch {
    return Buffer.from(JSON.stringify(hostileValue(random)));
  }
}
