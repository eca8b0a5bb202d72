/** The passphrase (口令) that protects a copy of the office's keys. */

const SHORTEST = 12;
const FEWEST_DIFFERENT = 6;

/** The rules as a clerk reads them. */
export const passphraseRule = `至少 ${SHORTEST} 个字符，不能全是数字，不能总是重复几个字符。可以用一句自己记得住的话的拼音；不要用姓名、电话、生日和单位名称。`;

/**
 * The passphrase as it is used: full-width letters, digits and signs (typed with an input method switched on) become
 * ordinary ones (NFKC), and spaces around it are dropped. A stock age program must be given this form.
 */
export function cleanPassphrase(typed: string): string {
  return typed.normalize("NFKC").trim();
}

/** What is wrong with a new passphrase, in words; null when it is good enough. */
export function passphraseProblem(typed: string): string | null {
  const characters = [...cleanPassphrase(typed)];
  if (characters.length < SHORTEST) return `只有 ${characters.length} 个字符，至少要 ${SHORTEST} 个`;
  if (characters.every((character) => /\p{N}/u.test(character))) return "不能全是数字";
  if (new Set(characters).size < FEWEST_DIFFERENT) return "重复的字符太多";
  return null;
}
