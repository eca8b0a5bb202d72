/**
 * The zip container of .xlsx, read with suspicion: sizes are taken from the central directory before
 * anything is unpacked, every part must have the length and checksum stated there.
 */
import { crc32, inflateRawSync } from "node:zlib";
import { Failure } from "#domain/failure.ts";

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const ENCRYPTED_FLAG = 1;
const UTF8_FLAG = 0x0800;
const STORED = 0;
const DEFLATED = 8;

/** Largest unpacked size of all parts together, and of one part. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;
const MAX_PARTS = 20_000;

type Entry = { name: string; flags: number; method: number; crc: number; packed: number; unpacked: number; at: number };

/**
 * Unpacks the parts whose name `wanted` accepts; the others are only listed (with null).
 * Throws file_damaged when the container is cut off or altered, file_too_big when it would unpack to more
 * than MAX_UNPACKED_BYTES.
 */
export function readZip(
  bytes: Uint8Array,
  fileName: string,
  wanted: (name: string) => boolean,
): Map<string, Uint8Array | null> {
  const damaged = (detail: string) => new Failure("file_damaged", { file: fileName, detail });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = listEntries(view, bytes, damaged);
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (total > MAX_UNPACKED_BYTES) {
    throw new Failure("file_too_big", {
      file: fileName,
      size: `解压后 ${Math.ceil(total / 1024 / 1024)} MB`,
      limit: `${MAX_UNPACKED_BYTES / 1024 / 1024} MB`,
    });
  }
  const parts = new Map<string, Uint8Array | null>();
  for (const entry of entries) {
    parts.set(entry.name, wanted(entry.name) ? unpack(view, bytes, entry, damaged) : null);
  }
  return parts;
}

/** True when a part of the container is encrypted (a password-protected zip). */
export function hasEncryptedPart(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length > LOCAL_LENGTH && (view.getUint16(6, true) & ENCRYPTED_FLAG) !== 0;
}

function listEntries(view: DataView, bytes: Uint8Array, damaged: (detail: string) => Failure): Entry[] {
  const end = findEnd(view);
  if (end === null) throw damaged("文件尾部缺失");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MAX_PARTS) throw damaged("目录不正确");
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_LENGTH > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw damaged("目录不正确");
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder(flags & UTF8_FLAG ? "utf-8" : "latin1").decode(
      bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength),
    );
    entries.push({
      name: name.replace(/^\//, ""),
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - END_LENGTH - 0xffff);
  for (let at = view.byteLength - END_LENGTH; at >= lowest; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

function unpack(view: DataView, bytes: Uint8Array, entry: Entry, damaged: (detail: string) => Failure): Uint8Array {
  if (entry.at + LOCAL_LENGTH > bytes.length || view.getUint32(entry.at, true) !== LOCAL_SIGNATURE) {
    throw damaged(`${entry.name} 的位置不正确`);
  }
  const start = entry.at + LOCAL_LENGTH + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed || entry.flags & ENCRYPTED_FLAG) throw damaged(`${entry.name} 不完整`);
  const part = inflate(packed, entry);
  if (part === null || part.length !== entry.unpacked || crc32(part) !== entry.crc) {
    throw damaged(`${entry.name} 校验不符`);
  }
  return part;
}

function inflate(packed: Uint8Array, entry: Entry): Uint8Array | null {
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) });
  } catch {
    return null;
  }
}

/** A zip container of the given parts without compression, for handing checked parts to another reader. */
export function storedZip(parts: ReadonlyMap<string, Uint8Array>): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, part] of parts) {
    const encodedName = Buffer.from(name, "utf8");
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(UTF8_FLAG, 2);
    shared.writeUInt32LE(crc32(part), 10);
    shared.writeUInt32LE(part.length, 14);
    shared.writeUInt32LE(part.length, 18);
    shared.writeUInt16LE(encodedName.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const head = Buffer.concat([uint32(LOCAL_SIGNATURE), shared, encodedName]);
    local.push(head, Buffer.from(part.buffer, part.byteOffset, part.length));
    directory.push(uint32(ENTRY_SIGNATURE), Buffer.from([20, 0]), shared, tail, encodedName);
    offset += head.length + part.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(END_LENGTH);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directoryBytes, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
