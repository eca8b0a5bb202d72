/** Search keys of people's names: few are new from one search to the next, and the dictionary is slow. */
import { searchKey } from "#domain/pinyin.ts";

const remembered = new Map<string, string>();
const REMEMBERED_AT_MOST = 50_000;

/** searchKey of domain/pinyin.ts, worked out once a name. */
export function nameSearchKey(name: string): string {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const key = searchKey(name);
  if (remembered.size < REMEMBERED_AT_MOST) remembered.set(name, key);
  return key;
}
