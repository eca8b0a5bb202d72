/**
 * Several sections read as one: every record once, with the changes of all of them. What a bundle does to a row is so
 * worked out before the row is touched, and written once.
 */
import type { Section, SectionRecord } from "./section/section.ts";

/** A section, and the number that the first of its change sets gets in the log. */
export type NumberedSection = { section: Section; first: number };

type Source = { place: number; record: SectionRecord; rest: Generator<SectionRecord> };

/** Records by entity and id; the changes of one in the order of the sections. */
export function* mergedRecords(parts: readonly NumberedSection[]): Generator<SectionRecord> {
  const entities = new Set(parts.flatMap(({ section }) => section.entities.map(({ name }) => name)));
  for (const entity of entities) {
    /** The next record of every section; what comes first is last. */
    const queue: Source[] = [];
    for (const [place, { section, first }] of parts.entries()) enqueue(queue, place, section.records(first, entity));
    for (let source = queue.pop(); source; source = queue.pop()) {
      const { record } = source;
      enqueue(queue, source.place, source.rest);
      while (queue.at(-1)?.record.id === record.id) {
        const same = queue.pop() as Source;
        for (const change of same.record.changes) record.changes.push(change);
        enqueue(queue, same.place, same.rest);
      }
      yield record;
    }
  }
}

function enqueue(queue: Source[], place: number, rest: Generator<SectionRecord>): void {
  const next = rest.next();
  if (next.done) return;
  const source = { place, record: next.value, rest };
  let low = 0;
  for (let high = queue.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (isBefore(source, queue[middle] as Source)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, source);
}

function isBefore(one: Source, other: Source): boolean {
  const [id, otherId] = [one.record.id, other.record.id];
  return id === otherId ? one.place < other.place : id < otherId;
}
