/** What may be attached: photos and documents, told by the ending of the name and proved by the first bytes. */

type Signature = { at: number; bytes: readonly number[] };
type Kind = { endings: readonly string[]; mediaType: string; isPhoto: boolean; signatures: readonly Signature[] };

const ascii = (text: string, at = 0): Signature => ({ at, bytes: [...text].map((char) => char.charCodeAt(0)) });
const ZIP = [ascii("PK\u0003\u0004")];
/** The compound file of Office before 2007 and of WPS. */
const COMPOUND = [{ at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] }];
const office = (kind: string) => `application/vnd.openxmlformats-officedocument.${kind}`;
const photo = (mediaType: string, endings: string[], signatures: Signature[]): Kind => ({
  endings,
  mediaType,
  isPhoto: true,
  signatures,
});
const document = (mediaType: string, endings: string[], signatures: Signature[]): Kind => ({
  endings,
  mediaType,
  isPhoto: false,
  signatures,
});

const kinds: readonly Kind[] = [
  photo("image/jpeg", ["jpg", "jpeg", "jfif"], [{ at: 0, bytes: [0xff, 0xd8, 0xff] }]),
  photo("image/png", ["png"], [{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] }]),
  photo("image/webp", ["webp"], [ascii("WEBP", 8)]),
  photo("image/gif", ["gif"], [ascii("GIF8")]),
  photo("image/bmp", ["bmp"], [ascii("BM")]),
  photo("image/heic", ["heic", "heif"], [ascii("ftyp", 4)]),
  photo("image/tiff", ["tif", "tiff"], [ascii("II*\u0000"), ascii("MM\u0000*")]),
  document("application/pdf", ["pdf"], [ascii("%PDF-")]),
  document("application/ofd", ["ofd"], ZIP),
  document(office("wordprocessingml.document"), ["docx"], ZIP),
  document(office("spreadsheetml.sheet"), ["xlsx"], ZIP),
  document(office("presentationml.presentation"), ["pptx"], ZIP),
  document("application/msword", ["doc", "wps"], COMPOUND),
  document("application/vnd.ms-excel", ["xls", "et"], COMPOUND),
  document("application/vnd.ms-powerpoint", ["ppt", "dps"], COMPOUND),
];

/** Endings of files that can run or carry programs. */
const dangerous = new Set(
  "exe com scr bat cmd ps1 vbs vbe js jse wsf hta msi msp reg lnk url dll sys jar apk sh app htm html mht svg docm dotm xlsm xltm xlam pptm ppam iso img".split(
    " ",
  ),
);

export type AttachmentKind = Pick<Kind, "mediaType" | "isPhoto">;

/** Endings for a file dialog, ".jpg,.jpeg,…". */
export const attachmentEndings = kinds.flatMap(({ endings }) => endings.map((ending) => `.${ending}`)).join(",");

/** How many of a file's first bytes tell its kind. */
export const KIND_BYTES = 16;

/** The kind of a file, or why it may not be attached. */
export function kindOfFile(name: string, head: Uint8Array): AttachmentKind | { refused: string } {
  const ending = endingOf(name);
  if (dangerous.has(ending)) return { refused: `“.${ending}”是程序或可带程序的文件，可能带有病毒` };
  const kind = kinds.find(({ endings }) => endings.includes(ending));
  if (!kind) return { refused: ending ? `不支持“.${ending}”文件` : "文件名没有扩展名，看不出是什么文件" };
  if (!kind.signatures.some((signature) => startsWith(head, signature))) {
    return { refused: `内容不是“.${ending}”文件，可能被改过名或已损坏` };
  }
  return { mediaType: kind.mediaType, isPhoto: kind.isPhoto };
}

/** True for a media type that a page may show as a picture; what a record says is never trusted further than this. */
export function isPhotoType(mediaType: string): boolean {
  return kinds.some((kind) => kind.isPhoto && kind.mediaType === mediaType);
}

/** A name to save the content under: with the ending of its kind, should the clerk have taken that away. */
export function fileNameOf(name: string, mediaType: string): string {
  const clean = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, "_");
  const kind = kinds.find((each) => each.mediaType === mediaType);
  if (!kind || kind.endings.includes(endingOf(clean))) return clean;
  return `${clean}.${kind.endings[0]}`;
}

/** The name of a photo after it was saved as JPEG. */
export function asJpegName(name: string): string {
  const ending = endingOf(name);
  return `${ending ? name.slice(0, -ending.length - 1) : name}.jpg`;
}

/** Lower case, without the dot; empty for none. */
function endingOf(name: string): string {
  return /\.([^.\\/]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

function startsWith(head: Uint8Array, { at, bytes }: Signature): boolean {
  return bytes.every((byte, index) => head[at + index] === byte);
}

/** "860 KB", "4.8 MB", "1.2 GB". */
export function sizeText(bytes: number): string {
  if (bytes < 1024 ** 2) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
