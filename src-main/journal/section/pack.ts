/** Sections as the log keeps and bundles carry them: zstd frames. */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { ChangeSet, EntityScope, SetFacts } from "#journal/change-set.ts";
import { SectionError } from "./bytes.ts";
import { encodeSection } from "./encode.ts";
import { Section } from "./section.ts";

const LEVEL = 6;
/** Far above any section that this program writes: what unpacks to more is refused unread. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Large pieces: the default of 16 KB makes thousands of buffers of a large section. */
const CHUNK = 1024 * 1024;

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

function unpack(packed: Uint8Array): Buffer {
  try {
    return zstdDecompressSync(packed, {
      maxOutputLength: MAX_BYTES,
      chunkSize: Math.min(CHUNK, 16 * packed.length + 1024),
    });
  } catch {
    throw new SectionError("cannot be unpacked");
  }
}
