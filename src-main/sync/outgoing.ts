/**
 * The change sets that a link is still owed (sync laws 6 and 8): upward everything of this office and of those below
 * it; downward what the child needs to know.
 */
import type { ChangedRecord, ChangeSet } from "#journal/change-set.ts";
import type { Block, Log } from "#journal/log.ts";
import { openPacked } from "#journal/section/pack.ts";
import { numbersIn } from "#journal/touched.ts";
import { scopeOf } from "#journal/unknown-records.ts";
import type { Store } from "#store/store.ts";
import type { Link } from "./links.ts";
import { type ChildScope, childScope, recordsOfSubjects } from "./scope.ts";
import { SectionWriter } from "./sections.ts";

export type Outgoing = { sections: Uint8Array[]; sets: number; records: number; newSubjects: string[] };

/** Everything after `link.acked_position`, up to and including the change set numbered `end`. */
export function outgoing(store: Store, log: Log, link: Link, end: number): Outgoing {
  const writer = new SectionWriter(scopeOf(store));
  const newSubjects = link.role === "parent" ? sendUp(log, link, end, writer) : sendDown(store, log, link, end, writer);
  writer.flush();
  const { sections, sets, records } = writer;
  return { sections, sets, records, newSubjects };
}

/** How many record changes `outgoing` would give. Upward nothing is left out, so that counting is enough. */
export function countOutgoing(store: Store, log: Log, link: Link, end: number): number {
  if (link.role === "child") return countDown(store, log, link, end);
  return store
    .prepare(`select coalesce(sum(records), 0) from change_log where id > ? and id <= ? and (via is null or via != ?)`)
    .pluck()
    .get(link.acked_position, end, link.peer_id) as number;
}

function sendUp(log: Log, link: Link, end: number, writer: SectionWriter): string[] {
  for (const block of log.blocks(link.acked_position, end)) {
    if (block.via === link.peer_id) continue;
    const { contents } = block;
    if (contents.kind === "set") writer.add(contents.set);
    // A section of which something was known already holds change sets without records.
    else writer.addPacked(contents.packed, block.sets, block.records);
  }
  return [];
}

function sendDown(store: Store, log: Log, link: Link, end: number, writer: SectionWriter): string[] {
  const scope = childScope(store, log, link);
  const newSubjects = [...scope.current].filter((subject) => !scope.given.has(subject));
  for (const set of setsDown(store, log, link, end, scope, newSubjects)) writer.add(set);
  return newSubjects;
}

function countDown(store: Store, log: Log, link: Link, end: number): number {
  const scope = childScope(store, log, link);
  const newSubjects = [...scope.current].filter((subject) => !scope.given.has(subject));
  let records = 0;
  for (const set of setsDown(store, log, link, end, scope, newSubjects)) records += set.records.length;
  return records;
}

/** New change sets, and the whole history of the records that have come into scope; each with what the child may see. */
function* setsDown(
  store: Store,
  log: Log,
  link: Link,
  end: number,
  scope: ChildScope,
  newSubjects: readonly string[],
): Generator<ChangeSet> {
  const histories = new Set<string>();
  const olderBlocks = new Set<number>();
  for (const { entity, id, touched_by } of recordsOfSubjects(store, newSubjects)) {
    histories.add(`${entity} ${id}`);
    for (const number of numbersIn(touched_by)) {
      if (number <= link.acked_position) olderBlocks.add(log.blockAt(number).first);
    }
  }
  const isOfHistory = ({ entity, id }: ChangedRecord) => histories.has(`${entity} ${id}`);
  for (const first of [...olderBlocks].sort((left, right) => left - right)) {
    yield* chosen(log.blockAt(first), link, isOfHistory);
  }
  for (const block of log.blocks(link.acked_position, end)) {
    yield* chosen(block, link, (record, number) => isOfHistory(record) || scope.admits(record, number));
  }
}

/** The block's change sets with the records that are wanted; nothing of what the peer sent itself. */
function* chosen(
  block: Block,
  link: Link,
  isWanted: (record: ChangedRecord, number: number) => boolean,
): Generator<ChangeSet> {
  if (block.via === link.peer_id) return;
  const { contents, first } = block;
  const sets = contents.kind === "set" ? [contents.set] : openPacked(contents.packed).toSets();
  for (const [place, set] of sets.entries()) {
    const records = set.records.filter((record) => isWanted(record, first + place));
    if (records.length > 0) yield { ...set, records };
  }
}
