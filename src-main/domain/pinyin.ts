/** Search and sort keys for Chinese names: full text, pinyin and pinyin initials. */
import { pinyin } from "pinyin-pro";

/** Between the texts of a search key. */
export const SEPARATOR = "\u0001";
/** Combining macron, acute, caron and grave: the four tones. */
const TONES = /[\u0304\u0301\u030c\u0300]/g;

/** Sort key: lower-case toneless pinyin, syllables joined; other characters stay as they are. */
export function pinyinKey(value: string): string {
  return syllablesOf(value).join(" ");
}

/** Text that a search needle may occur in: the value itself, its pinyin and its initials ("dlhg" finds 大连化工). */
export function searchKey(value: string): string {
  return searchKeyOf(value, syllablesOf(value));
}

/** Both keys for the price of one: the dictionary is the expensive part. */
export function nameKeys(value: string): { search: string; sort: string } {
  const syllables = syllablesOf(value);
  return { search: searchKeyOf(value, syllables), sort: syllables.join(" ") };
}

function searchKeyOf(value: string, syllables: readonly string[]): string {
  const initials = syllables.map((syllable) => (/^[a-z]+$/.test(syllable) ? syllable[0] : syllable)).join("");
  return [value.toLowerCase(), syllables.join(""), initials].join(SEPARATOR);
}

/** Lower-case syllables without tones, ü as v; a run of other characters counts as one. */
function syllablesOf(value: string): string[] {
  return pinyin(value, { toneType: "symbol", type: "array", nonZh: "consecutive" }).map(toneless);
}

/** The library takes tones off with a dozen passes over each syllable; there are few enough to remember them. */
const remembered = new Map<string, string>();
const REMEMBERED_AT_MOST = 4000;

function toneless(syllable: string): string {
  if (/^[a-z0-9]+$/i.test(syllable)) return syllable.toLowerCase();
  const known = remembered.get(syllable);
  if (known !== undefined) return known;
  const plain = syllable.normalize("NFD").replace(TONES, "").normalize("NFC").replaceAll("ü", "v").toLowerCase();
  if (remembered.size < REMEMBERED_AT_MOST) remembered.set(syllable, plain);
  return plain;
}

/** A needle as it is compared with search keys. */
export function searchNeedle(value: string): string {
  return value.trim().toLowerCase();
}
