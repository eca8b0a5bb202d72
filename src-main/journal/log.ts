/**
 * The log: one row for every user action of this office, and one for every section of change sets that came from
 * elsewhere. Every change set has a number, its place in this office's log; links count in these numbers, and rows
 * of the tables remember the numbers that touched them.
 */
import { hash as hashed } from "node:crypto";
import type { Store } from "#store/store.ts";
import type { ChangeSet, RecordChange, SetFacts } from "./change-set.ts";
import { factsInPacked, openPacked, packSets } from "./section/pack.ts";
import type { Section } from "./section/section.ts";
import { type ClockState, isSuspect, stampMs } from "./stamp.ts";
import { scopeOf } from "./unknown-records.ts";

/** A change set as this office's log knows it. */
export type LoggedFacts = SetFacts & { number: number; clockSuspect: boolean };
export type LoggedChange = RecordChange & LoggedFacts;

/**
 * Change sets that arrived together. `via`: the peer they came from; null for this office's own. `seal`: the parent's,
 * on a section that came from it.
 */
export type Block = {
  first: number;
  sets: number;
  records: number;
  via: string | null;
  seal: Buffer | null;
  contents: Contents;
};

/** A section as it travels. */
export type SealedSection = { packed: Uint8Array; seal: Uint8Array | null };

/** One that came, opened already where there was room to keep it so. */
export type IncomingSection = SealedSection & { opened?: Section };
export type Contents =
  | { kind: "set"; set: ChangeSet }
  /** `packed` is what the log stores and a bundle carries. */
  | { kind: "section"; packed: Buffer };

/** Where and when change sets came in. */
export type Arrival = { number: number; via: string | null; atMs: number; clock: ClockState };

type LogRow = {
  id: number;
  sets: number;
  records: number;
  via: string | null;
  at_ms: number;
  seal: Buffer | null;
  body: string | Buffer;
};
type Facts = (set: number) => SetFacts;
/** By which a damaged row is known: SHA-256 of a section that came, or of what this office recorded itself. */
type Proof = { hash?: string; seal?: Uint8Array | null; checksum?: string };

/** A change set of more records than this is stored as a section. */
const SET_AS_JSON = 50;
const PAGE_ROWS = 1000;
const PAGE_BYTES = 8 * 1024 * 1024;
const SECTIONS_KEPT = 4;
const FACTS_KEPT = 512;

export class Log {
  private readonly sections = new Map<number, Section>();
  private readonly facts = new Map<number, { atMs: number; at: Facts }>();
  /** The store's, when the sections and facts that are kept here were read. */
  private rolledBack = 0;

  constructor(private readonly store: Store) {}

  /** The number that the next change set gets, and this office's clock. */
  tail(): { next: number; clock: ClockState } {
    const last = this.store.prepare("select id, sets, clock from change_log order by id desc limit 1").get() as
      | { id: number; sets: number; clock: string }
      | undefined;
    if (!last) return { next: 1, clock: { ms: 0, counter: 0 } };
    const [ms = 0, counter = 0] = last.clock.split(".").map(Number);
    return { next: last.id + last.sets, clock: { ms, counter } };
  }

  /** The last number given; 0 for an empty log. */
  end(): number {
    return this.tail().next - 1;
  }

  /** How many record changes came after `after`, up to and including `upTo`. */
  recordsBetween(after: number, upTo: number): number {
    return this.store
      .prepare("select coalesce(sum(records), 0) from change_log where id > ? and id <= ?")
      .pluck()
      .get(after, upTo) as number;
  }

  /** Appends one change set. */
  append(set: ChangeSet, arrival: Arrival): void {
    const asJson = set.records.length <= SET_AS_JSON;
    const body = asJson ? JSON.stringify(set) : packSets([set], scopeOf(this.store)).packed;
    this.insert(1, set.records.length, body, arrival, { checksum: hashOf(body) });
  }

  /** Appends a section of that many change sets and record changes, as it came. */
  appendSection({ packed, seal }: SealedSection, sets: number, records: number, arrival: Arrival): void {
    this.insert(sets, records, packed, arrival, { hash: hashOf(packed), seal });
  }

  /** The number of record changes of a section that came before, byte for byte; undefined when it did not. */
  recordsOfKnown(packed: Uint8Array): number | undefined {
    const known = this.store.prepare("select records from change_log where hash = ?").pluck();
    return known.get(hashOf(packed)) as number | undefined;
  }

  private insert(
    sets: number,
    records: number,
    body: string | Uint8Array,
    arrival: Arrival,
    { hash, seal, checksum }: Proof,
  ): void {
    const { number, via, atMs, clock } = arrival;
    this.store
      .prepare(
        `insert into change_log (id, sets, records, via, at_ms, clock, hash, seal, checksum, body)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        number,
        sets,
        records,
        via,
        atMs,
        `${clock.ms}.${clock.counter}`,
        hash ?? null,
        seal ?? null,
        checksum ?? null,
        body,
      );
  }

  /** Takes the blocks that start after `after` out again: only in the transaction that appended them. */
  takeBack(after: number): void {
    this.store.prepare("delete from change_log where id > ?").run(after);
    this.forget();
  }

  private forget(): void {
    this.sections.clear();
    this.facts.clear();
    this.rolledBack = this.store.rolledBack;
  }

  /** What was read in a transaction that was taken back must not be taken for what is written since. */
  private forgetTakenBack(): void {
    if (this.rolledBack !== this.store.rolledBack) this.forget();
  }

  /** The blocks that start after `after`, up to and including `upTo`; a page at a time, as the log may be large. */
  *blocks(after: number, upTo: number): Generator<Block> {
    for (let last = after; ; ) {
      const end = this.pageEnd(last, upTo);
      if (end === undefined) return;
      for (const row of this.rows(last, end)) yield blockOf(row);
      last = end;
    }
  }

  /** Where the page ends that begins after `after`: a block at least, and no more than is read at once. */
  private pageEnd(after: number, upTo: number): number | undefined {
    const end = this.store
      .prepare(
        `select coalesce(max(id) filter (where bytes <= ?), min(id)) from
          (select id, sum(octet_length(body)) over (order by id) as bytes from
            (select id, body from change_log where id > ? and id <= ? order by id limit ?))`,
      )
      .pluck()
      .get(PAGE_BYTES, after, upTo, PAGE_ROWS) as number | null;
    return end ?? undefined;
  }

  private rows(after: number, upTo: number): LogRow[] {
    return this.store
      .prepare("select id, sets, records, via, at_ms, seal, body from change_log where id > ? and id <= ? order by id")
      .all(after, upTo) as LogRow[];
  }

  /** Where the block begins that holds the change set with this number; does not read the block. */
  firstAt(number: number): number {
    return this.store.prepare("select max(id) from change_log where id <= ?").pluck().get(number) as number;
  }

  /** The block that holds the change set with this number. */
  blockAt(number: number): Block {
    return blockOf(this.rowAt(number));
  }

  private rowAt(number: number): LogRow {
    const row = this.store
      .prepare(
        "select id, sets, records, via, at_ms, seal, body from change_log where id <= ? order by id desc limit 1",
      )
      .get(number) as LogRow | undefined;
    if (!row || number >= row.id + row.sets) throw new Error(`change set ${number} is not in the log`);
    return row;
  }

  /** The change set with this number, whole; undefined for none. */
  setAt(number: number): ChangeSet | undefined {
    if (number < 1 || number > this.end()) return undefined;
    const { first, contents } = this.blockAt(number);
    return contents.kind === "set" ? contents.set : openPacked(contents.packed).toSets()[number - first];
  }

  /** Every change of one record, oldest first, given the numbers that its row remembers. */
  changesOf(entity: string, id: string, numbers: readonly number[]): LoggedChange[] {
    const wanted = new Set(numbers);
    return numbers.flatMap((number) => (wanted.has(number) ? this.changesNear(number, entity, id, wanted) : []));
  }

  /** The changes of a record in the block that holds `number`; those that are wanted, and then no longer. */
  private changesNear(number: number, entity: string, id: string, wanted: Set<number>): LoggedChange[] {
    this.forgetTakenBack();
    const first = this.firstAt(number);
    // A block is long: one that is open is not read again.
    const open = this.sections.get(first);
    const inBlock = open ? open.changesOf(entity, id) : this.changesIn(this.rowAt(number), entity, id);
    return inBlock
      .filter(({ set }) => wanted.delete(first + set))
      .map(({ set, values, replaced }) => ({ ...this.factsAt(first + set), values, replaced }));
  }

  private changesIn(row: LogRow, entity: string, id: string): (RecordChange & { set: number })[] {
    if (typeof row.body !== "string") return this.opened(row, row.body).changesOf(entity, id);
    return (JSON.parse(row.body) as ChangeSet).records
      .filter((record) => record.entity === entity && record.id === id)
      .map(({ values, replaced }) => ({ set: 0, values, replaced }));
  }

  /** Who, where, when and why of a change set. */
  factsAt(number: number): LoggedFacts {
    this.forgetTakenBack();
    const first = this.firstAt(number);
    const { atMs, at } = this.facts.get(first) ?? this.readFacts(first);
    const facts = at(number - first);
    return { ...facts, number, clockSuspect: isSuspect(stampMs(facts.stamp), atMs) };
  }

  /** Of sections they are kept, as reading one takes as long as a thousand local acts. */
  private readFacts(first: number): { atMs: number; at: Facts } {
    const { at_ms: atMs, body } = this.rowAt(first);
    if (typeof body === "string") {
      const { records: _, ...facts } = JSON.parse(body) as ChangeSet;
      return { atMs, at: () => facts };
    }
    const facts = { atMs, at: factsInPacked(body) };
    keep(this.facts, first, facts, FACTS_KEPT);
    return facts;
  }

  private opened({ id }: LogRow, packed: Buffer): Section {
    const section = openPacked(packed);
    keep(this.sections, id, section, SECTIONS_KEPT);
    return section;
  }
}

function hashOf(body: string | Uint8Array): string {
  return hashed("sha256", body);
}

function blockOf({ id, sets, records, via, seal, body }: LogRow): Block {
  const contents: Contents =
    typeof body === "string" ? { kind: "set", set: JSON.parse(body) as ChangeSet } : { kind: "section", packed: body };
  return { first: id, sets, records, via, seal, contents };
}

/** Puts an entry into a map that forgets its oldest ones. */
function keep<V>(map: Map<number, V>, key: number, value: V, atMost: number): void {
  for (const oldest of map.keys()) {
    if (map.size < atMost) break;
    map.delete(oldest);
  }
  map.set(key, value);
}
