/** What happens to a chosen file before it is handed to the core: its kind, a thumbnail, a smaller copy to choose. */
import { asJpegName, KIND_BYTES, kindOfFile } from "#domain/attachment.ts";
import { photoDay } from "#domain/exif.ts";

export type PreparedFile = {
  key: string;
  original: File;
  /** A smaller copy; null where there is none to offer: no photo, or small enough. */
  scaled: File | null;
  thumbnail: File | null;
  takenOn: string | null;
  isPhoto: boolean;
  /** Why it may not be attached; null when it may. */
  refused: string | null;
};

const THUMBNAIL_EDGE = 320;
const QUALITY = 0.82;
/** The Exif block lies at the start of a JPEG and is at most 64 KB. */
const EXIF_BYTES = 128 * 1024;

/** `scaleAbove` in bytes, `edge` in pixels: the city's settings. */
export async function prepareFile(given: File, scaleAbove: number, edge: number): Promise<PreparedFile> {
  const original = named(given);
  const kind = kindOfFile(original.name, await original.slice(0, KIND_BYTES).bytes());
  const prepared = { key: crypto.randomUUID(), original, scaled: null, thumbnail: null, takenOn: null };
  if ("refused" in kind) return { ...prepared, isPhoto: false, refused: kind.refused };
  const { isPhoto } = kind;
  // Documents, and photos that this browser cannot draw (HEIC, TIFF), are kept as they are.
  const picture = isPhoto ? await createImageBitmap(original).catch(() => null) : null;
  if (picture === null) return { ...prepared, isPhoto, refused: null };
  try {
    const smaller = original.size > scaleAbove ? await asJpeg(picture, edge, original.name) : null;
    return {
      ...prepared,
      scaled: smaller && smaller.size < original.size ? smaller : null,
      thumbnail: await asJpeg(picture, THUMBNAIL_EDGE, original.name),
      takenOn: photoDay(await original.slice(0, EXIF_BYTES).bytes()),
      isPhoto,
      refused: null,
    };
  } finally {
    picture.close();
  }
}

async function asJpeg(picture: ImageBitmap, edge: number, name: string): Promise<File> {
  const ratio = Math.min(1, edge / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * ratio));
  const height = Math.max(1, Math.round(picture.height * ratio));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  // JPEG has no transparency: what shows through is paper.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return new File([await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY })], asJpegName(name));
}

/** A pasted picture has no name of its own: browsers call every one "image.png". */
function named(file: File): File {
  if (file.name !== "image.png") return file;
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return new File([file], `粘贴图片-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.png`);
}
