/** Search and sort keys for Chinese names: full text, pinyin and pinyin initials. */
import { pinyin } from "pinyin-pro";

const SEPARATOR = "\u0001";

/** Sort key: lower-case toneless pinyin, syllables joined; other characters stay as they are. */
export function pinyinKey(value: string): string {
  return pinyin(value, { toneType: "none", type: "array", nonZh: "consecutive", v: true }).join(" ").toLowerCase();
}

/** Text that a search needle may occur in: the value itself, its pinyin and its initials ("dlhg" finds 大连化工). */
export function searchKey(value: string): string {
  const syllables = pinyin(value, { toneType: "none", type: "array", nonZh: "consecutive", v: true });
  const initials = syllables.map((syllable) => (/^[a-z]+$/i.test(syllable) ? syllable[0] : syllable)).join("");
  return [value, syllables.join(""), initials].join(SEPARATOR).toLowerCase();
}

/** A needle as it is compared with search keys. */
export function searchNeedle(value: string): string {
  return value.trim().toLowerCase();
}
