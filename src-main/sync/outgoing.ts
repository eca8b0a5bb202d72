/**
 * The change sets that a link is still owed (sync laws 6 and 8): upward everything of this office and of those below
 * it; downward what the child needs to know.
 */
import { atOnce } from "#domain/at-once.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import type { ChangedRecord, ChangeSet } from "#journal/change-set.ts";
import type { Block, SealedSection } from "#journal/log.ts";
import { openPacked } from "#journal/section/pack.ts";
import { numbersIn } from "#journal/touched.ts";
import { scopeOf } from "#journal/unknown-records.ts";
import { query, type Store } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import type { Link } from "./links.ts";
import { type ChildScope, childScope, recordsOfSubjects, SUBJECTS_AT_ONCE } from "./scope.ts";
import { SectionWriter } from "./sections.ts";

/** From so many record changes on it is worth reading first whom all records belong to. */
const MANY = 50_000;

/** `subjects`: downward, what the child was to know when this was made. */
export type Outgoing = { sections: SealedSection[]; sets: number; records: number; subjects: ChildScope | null };

/** Everything after `link.acked_position`, up to and including the change set numbered `end`. */
export function outgoing(context: SyncContext, link: Link, end: number): Outgoing {
  const { store } = context;
  const writer = new SectionWriter(scopeOf(store), [link.acked_position, ...sentPositions(store, link)]);
  const subjects = link.role === "parent" ? sendUp(context, link, end, writer) : sendDown(context, link, end, writer);
  writer.flush();
  const { sections, sets, records } = writer;
  return { sections, sets, records, subjects };
}

/** Up to where bundles were sent that are not acknowledged yet. */
function sentPositions(store: Store, link: Link): number[] {
  const sent = store.all(
    query
      .selectFrom("exchange")
      .select("position")
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "out")
      .where("position", ">", link.acked_position),
  );
  return sent.flatMap(({ position }) => (position === null ? [] : [position]));
}

function sendUp({ store, journal, officeId }: SyncContext, link: Link, end: number, writer: SectionWriter): null {
  const subtree = subtreeIds(store.all(query.selectFrom("office").selectAll()), officeId);
  for (const block of journal.log.blocks(link.acked_position, end)) {
    if (block.via === link.peer_id) continue;
    const { contents, seal } = block;
    writer.startBlock(block.first);
    if (contents.kind === "set") writer.add(contents.set);
    // The parent's own, which it has lost.
    else if (seal) writer.addSection({ packed: contents.packed, seal }, block.sets, block.records);
    else sendSectionUp(block, contents.packed, subtree, writer);
  }
  return null;
}

/** As it is; but what a child gave back after a restore may hold work of other offices, which comes to the parent by them. */
function sendSectionUp(block: Block, packed: Buffer, subtree: ReadonlySet<string>, writer: SectionWriter): void {
  const section = openPacked(packed);
  if (section.offices().every((office) => subtree.has(office))) {
    writer.addSection({ packed, seal: null }, block.sets, block.records);
    return;
  }
  for (const set of section.toSets()) if (subtree.has(set.officeId) && set.records.length > 0) writer.add(set);
}

function sendDown(context: SyncContext, link: Link, end: number, writer: SectionWriter): ChildScope {
  const { blocks, scope } = atOnce(blocksDown(context, link, end));
  for (const wanted of blocks) {
    for (const set of setsIn(wanted, link)) {
      writer.startBlock(wanted.block.first);
      writer.add(set);
    }
  }
  return scope;
}

type IdsByEntity = Map<string, Set<string>>;

/** A block of the log, and which of its records are wanted. */
export type WantedBlock = { block: Block; isWanted: (record: ChangedRecord, number: number) => boolean };

/**
 * Blocks with new change sets, and with the history of the records that have come into scope, or that the child may have been given
 * before they left it; each with what the child may see. Yields while it looks for them.
 */
export function* blocksDown(
  context: SyncContext,
  link: Link,
  end: number,
): Generator<void, { blocks: Iterable<WantedBlock>; scope: ChildScope }> {
  const { store, journal } = context;
  const { log } = journal;
  const scope = childScope(store, log, link);
  const olderBlocks = new Set<number>();
  function* historyOf(subjects: readonly string[]): Generator<void, IdsByEntity> {
    const ids: IdsByEntity = new Map();
    for (let from = 0; from < subjects.length; from += SUBJECTS_AT_ONCE) {
      for (const { entity, id, touched_by } of recordsOfSubjects(
        store,
        subjects.slice(from, from + SUBJECTS_AT_ONCE),
      )) {
        ids.set(entity, (ids.get(entity) ?? new Set()).add(id));
        for (const number of numbersIn(touched_by)) {
          if (number <= link.acked_position) olderBlocks.add(log.firstAt(number));
        }
      }
      yield;
    }
    return ids;
  }
  const come = yield* historyOf(scope.incoming);
  const gone = yield* historyOf([...scope.leaving].flatMap(([subject, { isWhole }]) => (isWhole ? [subject] : [])));
  const hasCome = ({ entity, id }: ChangedRecord) => come.get(entity)?.has(id) === true;
  const hasGone = ({ entity, id }: ChangedRecord) => gone.get(entity)?.has(id) === true;
  if (log.recordsBetween(link.acked_position, end) > MANY) yield* scope.readOwners();
  function* blocks(): Generator<WantedBlock> {
    for (const first of [...olderBlocks].sort((left, right) => left - right)) {
      const isWanted: WantedBlock["isWanted"] = (record, number) =>
        hasCome(record) || (hasGone(record) && scope.admits(record, number));
      yield { block: log.blockAt(first), isWanted };
    }
    for (const block of log.blocks(link.acked_position, end)) {
      yield { block, isWanted: (record, number) => hasCome(record) || scope.admits(record, number) };
    }
  }
  return { blocks: blocks(), scope };
}

/** For each record change of the block whether it is wanted; what the peer sent itself is not. */
export function* wantedIn({ block, isWanted }: WantedBlock, link: Link): Generator<boolean> {
  const { via, contents, first, records } = block;
  if (via === link.peer_id) {
    for (let change = 0; change < records; change++) yield false;
    return;
  }
  if (contents.kind === "set") {
    for (const record of contents.set.records) yield isWanted(record, first);
    return;
  }
  for (const { entity, id, changes } of openPacked(contents.packed).records(first)) {
    for (const { values, replaced, number } of changes) yield isWanted({ entity, id, values, replaced }, number);
  }
}

/** The block's change sets with the records that are wanted; nothing of what the peer sent itself. */
export function* setsIn({ block: { via, contents, first }, isWanted }: WantedBlock, link: Link): Generator<ChangeSet> {
  if (via === link.peer_id) return;
  const sets = contents.kind === "set" ? [contents.set] : openPacked(contents.packed).toSets();
  for (const [place, set] of sets.entries()) {
    const records = set.records.filter((record) => isWanted(record, first + place));
    if (records.length > 0) yield { ...set, records };
  }
}
