/** What given change sets wrote into given records, looked up in the log for many records at once. */
import type { StoredValue } from "#domain/fields.ts";
import type { EntityName } from "#domain/registry.ts";
import type { Block } from "#journal/log.ts";
import { openPacked } from "#journal/section/pack.ts";
import { numbersIn } from "#journal/touched.ts";
import type { Office } from "./office.ts";

export type WrittenPart = { entity: EntityName; id: string; stamp: string };
type Values = Readonly<Record<string, StoredValue>>;

/** Reads every block of the log that is needed once, however many records it holds. */
export function writtenValues(
  office: Office,
  wanted: readonly WrittenPart[],
): (part: WrittenPart) => Values | undefined {
  const keys = new Set(wanted.map(keyOf));
  const found = new Map<string, Values>();
  for (const first of blocksOf(office, wanted)) {
    for (const [part, values] of partsOf(office.journal.log.blockAt(first))) {
      const key = keyOf(part);
      if (keys.has(key)) found.set(key, values);
    }
  }
  return (part) => found.get(keyOf(part));
}

function keyOf({ entity, id, stamp }: WrittenPart): string {
  return `${entity} ${id} ${stamp}`;
}

/** Numbers of the first change sets of the blocks that hold the wanted parts. */
function blocksOf({ store, journal }: Office, wanted: readonly WrittenPart[]): Set<number> {
  const blocks = new Set<number>();
  for (const { entity, id, stamp } of wanted) {
    const touched = store.prepare(`select touched_by from ${entity} where id = ?`).pluck().get(id);
    const number = numbersIn(String(touched ?? "")).find((each) => journal.log.factsAt(each).stamp === stamp);
    if (number === undefined) continue;
    blocks.add(store.prepare("select max(id) from change_log where id <= ?").pluck().get(number) as number);
  }
  return blocks;
}

function* partsOf({ contents }: Block): Generator<[WrittenPart, Values]> {
  if (contents.kind === "set") {
    const { stamp, records } = contents.set;
    for (const { entity, id, values } of records) yield [{ entity: entity as EntityName, id, stamp }, values];
    return;
  }
  const section = openPacked(contents.packed);
  for (const { entity, id, changes } of section.records()) {
    for (const { set, values } of changes) {
      yield [{ entity: entity as EntityName, id, stamp: section.stampOf(set) }, values];
    }
  }
}
