/**
 * Who knew of whom. Every field write names the stamps it replaced; a head is a write that no other write
 * replaced. One head: no question. Several heads with different values: a conflict (law 5). All of this is a
 * pure function of the set of writes, so replicas agree whatever the order of arrival (law 3).
 */
import type { StoredValue } from "#domain/fields.ts";

export type Head = { stamp: string; value: StoredValue };

/**
 * The standing of one field: its heads, latest stamp first, of which the first is the value shown; and the stamps
 * that were replaced by writes which came before them.
 */
export type Standing = { heads: readonly Head[]; awaited: readonly string[] };

/** The standing after one more write. `isSeen`: whether the record's write with that stamp has arrived. */
export function withWrite(
  { heads, awaited }: Standing,
  write: Head,
  replaced: readonly string[],
  isSeen: (stamp: string) => boolean,
): Standing {
  const rest = heads.filter((head) => !replaced.includes(head.stamp));
  const isReplaced = awaited.includes(write.stamp);
  const unseen = replaced.filter((stamp) => !isSeen(stamp) && !awaited.includes(stamp));
  return {
    heads: isReplaced ? rest : [...rest, write].sort((left, right) => (left.stamp < right.stamp ? 1 : -1)),
    awaited: [...awaited, ...unseen].filter((stamp) => stamp !== write.stamp).sort(),
  };
}

/** True when the heads do not all say the same. */
export function disagree(heads: readonly Head[]): boolean {
  return heads.some((head) => head.value !== heads[0]?.value);
}

/**
 * A row is archived while someone who did not know of it edited another field (law 12). `archiving` is the stamp of
 * the write that archived; `known` names every version it knew. Returns the stamps of the edits it did not know.
 */
export function editsUnknownTo(archiving: string, known: readonly string[], versions: Iterable<string>): string[] {
  return [...new Set(versions)].filter((stamp) => stamp !== archiving && !known.includes(stamp)).sort();
}
