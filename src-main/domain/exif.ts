/** The day a photo was taken, as the camera wrote it into the JPEG (Exif 2.3, tag DateTimeOriginal). */
import { isIsoDate } from "./calendar.ts";

const EXIF_POINTER = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;
const APP1 = 0xffe1;
const START_OF_SCAN = 0xffda;

/** "2026-11-20" from the bytes of a JPEG (its first 128 KB will do); null when it does not say, or not plausibly. */
export function photoDay(bytes: Uint8Array): string | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const tiff = exifBlock(view);
    return tiff && dayIn(tiff);
  } catch (error) {
    // A block that points outside itself is not worth more than one that is not there.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The TIFF structure of the Exif segment. */
function exifBlock(view: DataView): DataView | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint16(at) !== START_OF_SCAN; ) {
    const length = view.getUint16(at + 2);
    const isExif = view.getUint16(at) === APP1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return new DataView(view.buffer, view.byteOffset + at + 10, length - 8);
    at += 2 + Math.max(2, length);
  }
  return null;
}

function dayIn(tiff: DataView): string | null {
  const little = tiff.getUint16(0) === 0x4949;
  const entryOf = (directory: number, tag: number): number | null => {
    const count = tiff.getUint16(directory, little);
    for (let index = 0; index < count; index++) {
      const entry = directory + 2 + index * 12;
      if (tiff.getUint16(entry, little) === tag) return tiff.getUint32(entry + 8, little);
    }
    return null;
  };
  const exif = entryOf(tiff.getUint32(4, little), EXIF_POINTER);
  const text = exif === null ? null : entryOf(exif, DATE_TIME_ORIGINAL);
  if (text === null) return null;
  const day = Array.from({ length: 10 }, (_, index) => String.fromCharCode(tiff.getUint8(text + index))).join("");
  const iso = day.replaceAll(":", "-");
  return isIsoDate(iso) && iso > "1990" ? iso : null;
}
