/** Sections as the log keeps and bundles carry them: zstd frames. */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { ChangeSet, EntityScope, SetFacts } from "#journal/change-set.ts";
import { SectionError } from "./bytes.ts";
import { encodeSection } from "./encode.ts";
import { Section } from "./section.ts";

const LEVEL = 3;
/** Far above any section that this program writes: what unpacks to more is refused unread. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Room that is made at a time where a frame does not tell how much is in it, or tells what is hard to believe. */
const PIECE = 1024 * 1024;
const BELIEVABLE_RATIO = 100;

/** Packs change sets into a section; `changes`: how many record changes are in it. */
export function packSets(
  sets: readonly ChangeSet[],
  scopeOf: (entity: string) => EntityScope,
): { packed: Buffer; changes: number } {
  const { bytes, changes } = encodeSection(sets, scopeOf);
  const packed = zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
    pledgedSrcSize: bytes.length,
  });
  return { packed, changes };
}

/** Throws SectionError. */
export function openPacked(packed: Uint8Array): Section {
  return Section.open(unpack(packed));
}

/** Who, where, when and why of the change sets of a section that was opened before. */
export function factsInPacked(packed: Uint8Array): (set: number) => SetFacts {
  return Section.factsIn(unpack(packed));
}

/** In one piece: putting many together again takes a while, and twice the memory. */
function unpack(packed: Uint8Array): Buffer {
  const size = contentSize(packed) ?? 16 * packed.length;
  const room = Math.min(size, Math.max(PIECE, BELIEVABLE_RATIO * packed.length));
  try {
    // One more byte than is needed, or the decoder asks for another piece to see whether more comes.
    const chunkSize = Math.max(room + 1, constants.Z_MIN_CHUNK);
    return zstdDecompressSync(packed, { maxOutputLength: MAX_BYTES, chunkSize });
  } catch {
    throw new SectionError("cannot be unpacked");
  }
}

/** What a zstd frame says of the size of its content (RFC 8878, 3.1.1.1); null where it says nothing, or is too short to. */
function contentSize(packed: Uint8Array): number | null {
  const frame = Buffer.from(packed.buffer, packed.byteOffset, Math.min(packed.length, 18));
  if (frame.length < 18) return null;
  const descriptor = frame.readUInt8(4);
  const isSingle = (descriptor >> 5) % 2 === 1;
  const dictionary = [0, 1, 2, 4][descriptor % 4] as number;
  const at = 5 + (isSingle ? 0 : 1) + dictionary;
  switch (descriptor >> 6) {
    case 0:
      return isSingle ? frame.readUInt8(at) : null;
    case 1:
      return frame.readUInt16LE(at) + 256;
    case 2:
      return frame.readUInt32LE(at);
    default:
      return Number(frame.readBigUInt64LE(at));
  }
}
