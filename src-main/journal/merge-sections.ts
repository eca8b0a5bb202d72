/**
 * Several sections read as one: every record once, with the changes of all of them. What a bundle does to a row is so
 * worked out before the row is touched.
 */
import type { Section, SectionRecord } from "./section/section.ts";

/** A section, and the number that the first of its change sets gets in the log. */
export type NumberedSection = { section: Section; first: number };

type Source = { place: number; record: SectionRecord | undefined; rest: Generator<SectionRecord> };
type Queued = Source & { record: SectionRecord };

/** Records of these entities, by entity and id; the changes of one in the order of the sections. */
export function* mergedRecords(
  parts: readonly NumberedSection[],
  entities: readonly string[],
): Generator<SectionRecord> {
  for (const entity of entities) {
    /** The next record of every section; what comes first is last. */
    const queue: Queued[] = [];
    for (const [place, { section, first }] of parts.entries()) {
      enqueue(queue, { place, record: undefined, rest: section.records(first, entity) });
    }
    for (let source = queue.pop(); source; source = queue.pop()) {
      const { record } = source;
      enqueue(queue, source);
      while (queue.at(-1)?.record.id === record.id) {
        const same = queue.pop() as Queued;
        for (const change of same.record.changes) record.changes.push(change);
        enqueue(queue, same);
      }
      yield record;
    }
  }
}

/** Puts a source into the queue by its next record, if it has one. */
function enqueue(queue: Queued[], source: Source): void {
  const next = source.rest.next();
  if (next.done) return;
  source.record = next.value;
  const queued = source as Queued;
  let low = 0;
  for (let high = queue.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (isBefore(queued, queue[middle] as Queued)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, queued);
}

function isBefore(one: Queued, other: Queued): boolean {
  const [id, otherId] = [one.record.id, other.record.id];
  return id === otherId ? one.place < other.place : id < otherId;
}
