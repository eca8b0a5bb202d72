/**
 * Who knew of whom. Every field write names the stamps it replaced; a head is a write that no other write
 * replaced. One head: no question. Several heads with different values: a conflict (law 5). All of this is a
 * pure function of the set of writes, so replicas agree whatever the order of arrival (law 3).
 */
import type { StoredValue } from "#domain/fields.ts";

export type FieldWrite = { stamp: string; value: StoredValue; replaced: readonly string[] };
export type Head = { stamp: string; value: StoredValue };

/** The heads of one field, latest stamp first; the first one is the value shown. */
export function headsOf(writes: readonly FieldWrite[]): Head[] {
  const replaced = new Set(writes.flatMap((write) => write.replaced));
  return writes
    .filter((write) => !replaced.has(write.stamp))
    .map(({ stamp, value }) => ({ stamp, value }))
    .sort((left, right) => (left.stamp < right.stamp ? 1 : -1));
}

/** True when the heads do not all say the same. */
export function disagree(heads: readonly Head[]): boolean {
  return heads.some((head) => head.value !== heads[0]?.value);
}

/**
 * A row is archived while someone who did not know of it edited another field (law 12). `archiving` is the
 * write that archived; it names every version it knew. Returns the stamps of the edits it did not know.
 */
export function editsUnknownTo(archiving: FieldWrite, versions: Iterable<string>): string[] {
  const known = new Set([archiving.stamp, ...archiving.replaced]);
  return [...new Set(versions)].filter((stamp) => !known.has(stamp)).sort();
}
