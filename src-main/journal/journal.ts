/**
 * The one door for writes (sync law 1): validate, stamp, append to the log, apply to the tables, move the
 * clock, in one transaction.
 */
import { v5 as uuidv5, v7 as uuidv7 } from "uuid";
import type { Entity } from "#domain/entity.ts";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import { type EntityName, registry, type Values } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { applyChanges } from "./apply.ts";
import { applySections } from "./apply-sections.ts";
import { bulkTables, touchedBy, touchedBySections } from "./bulk.ts";
import { type Actor, type ChangedRecord, type ChangeSet, replacedIn, shortReplaced } from "./change-set.ts";
import { RecordHeads } from "./field-heads.ts";
import { type IncomingSection, Log } from "./log.ts";
import type { NumberedSection } from "./merge-sections.ts";
import { readRow, readRows, type StoredFields } from "./rows.ts";
import { openPacked, packSets } from "./section/pack.ts";
import { type ClockState, formatStamp, isSuspect, observe, stepAside, tick } from "./stamp.ts";
import { numbersIn } from "./touched.ts";
import { scopeOf } from "./unknown-records.ts";
import { checkedValues } from "./validate.ts";
import { parseVersions, type Versions } from "./versions.ts";

export type Write = {
  [E in EntityName]: {
    entity: E;
    id: string;
    values: Values<E>;
    /** Settling a conflict: this write replaces all heads of its fields, not only the value shown. */
    settles?: boolean;
  };
}[EntityName];

/** Records added, changed and unchanged; record changes that were new and that had been seen; sets by a wrong clock. */
export type IngestCounts = {
  added: number;
  changed: number;
  unchanged: number;
  fresh: number;
  known: number;
  clockSuspect: number;
};

/** Name space of the ids of rows that are identified by their content. */
const IDENTITY_NAMESPACE = "6f1c7d0e-2f0b-5c39-9a3e-6b0d6c5f4a11";

/** A new id: by content where the registry says so (two offices then meet on one row), else time-ordered. */
export function newId(entity: EntityName, values: Readonly<Record<string, unknown>> = {}): string {
  const { identity }: Entity = registry[entity];
  if (!identity) return uuidv7();
  return uuidv5(JSON.stringify([entity, ...identity.map((field) => values[field])]), IDENTITY_NAMESPACE);
}

/** From so many writes on their rows are read together. */
const READ_TOGETHER = 20;

type Prepared = { record: ChangedRecord; row: StoredFields | undefined };

/** A change set that was recorded: its stamp, and its number in this office's log. */
export type Recorded = { stamp: string; number: number };

/** A section that was written into the log: its number, its record changes, and its sets whose clock cannot be right. */
type LoggedSection = { first: number; changes: number; suspects: number[] };

/** `onTakenIn` is told how many record changes of others were just taken in; `random` gives [0, 1). */
export type JournalOptions = { onTakenIn?: (changes: number) => void; random?: () => number };

export class Journal {
  readonly log: Log;
  /** The last reading of the clock that this journal itself gave. */
  private given: ClockState = { ms: 0, counter: 0 };

  constructor(
    private readonly store: Store,
    readonly replica: string,
    private readonly nowMs: () => number,
    private readonly options: JournalOptions = {},
  ) {
    this.log = new Log(store);
  }

  /**
   * Records one user action: all writes in one change set. Values equal to what is stored are left out.
   * Returns null when nothing would change. Throws Failure invalid_value, archived, frozen; then nothing is written.
   */
  write(actor: Actor, action: string, writes: readonly Write[]): Recorded | null {
    const { store, log } = this;
    return store.transaction(() => {
      const prepared = this.prepareAll(writes);
      if (prepared.length === 0) return null;
      const now = this.nowMs();
      const { next: number, clock: last } = log.tail();
      const clock = this.nextReading(last, now);
      const stamp = formatStamp(clock, this.replica);
      const { officeId, officeName, personId, personName } = actor;
      const records = prepared.map(({ record }) => record);
      const set = { stamp, officeId, officeName, personId, personName, action, records };
      log.append(set, { number, via: null, atMs: now, clock });
      this.given = clock;
      store.withoutIndexes(bulkTables(store, touchedBy(records), records.length), () => {
        for (const { record, row } of prepared) {
          const { entity, id, values, replaced } = record;
          applyChanges(store, log, entity as EntityName, id, [{ values, replaced, stamp, number }], row);
        }
      });
      return { stamp, number };
    });
  }

  /**
   * Takes in sections of change sets of other replicas, already verified. What was seen before is skipped (law 4).
   * Call inside the import's transaction. `records`: how many record changes there are in all.
   */
  ingest(sections: readonly IncomingSection[], records: number, via: string): IngestCounts {
    const { store } = this;
    const tables = bulkTables(store, touchedBySections(sections), records);
    return store.withoutIndexes(tables, () => this.takeIn(sections, via));
  }

  /** Takes in change sets that did not come as sections. */
  ingestSets(sets: readonly ChangeSet[], via: string): IngestCounts {
    const sections = sets.length === 0 ? [] : [{ packed: packSets(sets, scopeOf(this.store)).packed, seal: null }];
    return this.ingest(sections, 0, via);
  }

  private takeIn(sections: readonly IncomingSection[], via: string): IngestCounts {
    const { log, store, options } = this;
    const before = log.end();
    const unknown: IncomingSection[] = [];
    let known = 0;
    for (const sealed of sections) {
      const records = log.recordsOfKnown(sealed.packed);
      if (records === undefined) {
        unknown.push(sealed);
        continue;
      }
      delete sealed.opened;
      known += records;
    }
    const logged: LoggedSection[] = [];
    const numbered = this.logEach(unknown, via, logged);
    const { isFresh, ...counts } = applySections(store, log, numbered, options.onTakenIn ?? (() => {}));
    // What brought nothing new at the end leaves the log again; no number of it stands in a row.
    log.takeBack(logged.findLast(({ first }) => isFresh.get(first)?.includes(1))?.first ?? before);
    known += logged.reduce((total, { changes }) => total + changes, 0) - counts.fresh;
    const clockSuspect = logged.flatMap(({ first, suspects }) =>
      suspects.filter((set) => isFresh.get(first)?.[set] === 1),
    ).length;
    return { ...counts, known, clockSuspect };
  }

  /** Writes sections into the log as they came, one when it is asked for, and notes them in `logged`. */
  private *logEach(
    sections: readonly IncomingSection[],
    via: string,
    logged: LoggedSection[],
  ): Generator<NumberedSection> {
    const atMs = this.nowMs();
    let { next: first, clock } = this.log.tail();
    for (const sealed of sections) {
      const { opened: section = openPacked(sealed.packed) } = sealed;
      delete sealed.opened;
      const suspects: number[] = [];
      for (let set = 0; set < section.sets; set++) {
        const ms = section.msOf(set);
        clock = observe(clock, ms, atMs);
        if (isSuspect(ms, atMs)) suspects.push(set);
      }
      this.log.appendSection(sealed, section.sets, section.changes, { number: first, via, atMs, clock });
      logged.push({ first, changes: section.changes, suspects });
      yield { section, first };
      first += section.sets;
    }
  }

  /**
   * Undoes a change set by writing back what it replaced, as a change set of its own. A record it created is
   * archived. Throws Failure nothing_to_undo when a later write touched the same field.
   */
  undo(actor: Actor, number: number, today: string): Recorded {
    return this.store.transaction(() => {
      const set = this.log.setAt(number);
      const records = set?.officeId === actor.officeId ? set.records : [];
      const writes = records.map((record) => this.inverse(record, set?.stamp ?? "", today));
      const undone = writes.length > 0 ? this.write(actor, "undo", writes) : null;
      if (undone === null) throw new Failure("nothing_to_undo");
      return undone;
    });
  }

  /** Counts on only from a reading of its own: a copy of this database may count on from any other (law 5). */
  private nextReading(last: ClockState, now: number): ClockState {
    const isOwn = last.ms === this.given.ms && last.counter === this.given.counter;
    if (now > last.ms || isOwn) return tick(last, now);
    return stepAside(last, this.options.random ?? Math.random);
  }

  private inverse({ id, ...change }: ChangedRecord, stamp: string, today: string): Write {
    const entity = change.entity as EntityName;
    const row = readRow(this.store, entity, id);
    const versions = row ? parseVersions(entity, row.versions) : undefined;
    const fields = Object.keys(change.values);
    if (!row || !versions || fields.some((field) => versions.byField.get(field) !== stamp)) {
      throw new Failure("nothing_to_undo");
    }
    const created = [...versions.byField.values()].every((version) => version === stamp) && change.replaced === null;
    if (created) return { entity, id, values: { archived_on: today } } as Write;
    const before = this.log.changesOf(entity, id, numbersIn(row.touched_by));
    const values: Record<string, StoredValue> = {};
    for (const field of fields) {
      const replaced = replacedIn(change, field);
      const written = before.filter(({ stamp, values }) => replaced.includes(stamp) && Object.hasOwn(values, field));
      // Of several that a settling replaced, the latest was the one shown.
      const shown = written.sort((left, right) => (left.stamp < right.stamp ? 1 : -1))[0];
      values[field] = shown?.values[field] ?? null;
    }
    return { entity, id, values } as Write;
  }

  private prepareAll(writes: readonly Write[]): Prepared[] {
    const merged = new Map<string, Write>();
    for (const write of writes) {
      const key = `${write.entity} ${write.id}`;
      const earlier = merged.get(key);
      merged.set(key, earlier ? ({ ...write, values: { ...earlier.values, ...write.values } } as Write) : write);
    }
    const rowOf = this.rowsOf([...merged.values()]);
    return [...merged.values()].flatMap((write) => {
      const prepared = this.prepare(write, rowOf(write));
      return prepared ? [prepared] : [];
    });
  }

  /** The rows that writes meet: those of many are read together. */
  private rowsOf(writes: readonly Write[]): (write: Write) => StoredFields | undefined {
    const { store } = this;
    if (writes.length < READ_TOGETHER) return ({ entity, id }) => readRow(store, entity, id);
    const byEntity = Map.groupBy(writes, ({ entity }) => entity);
    const rows = new Map(
      [...byEntity].map(([entity, list]) => [
        entity,
        readRows(
          store,
          entity,
          list.map(({ id }) => id),
        ),
      ]),
    );
    return ({ entity, id }) => rows.get(entity)?.get(id);
  }

  /** The part of a write that changes something, with what it replaces; null when nothing does. */
  private prepare(write: Write, row: StoredFields | undefined): Prepared | null {
    const { entity, id } = write;
    const given = checkedValues(entity, write.values, row === undefined);
    if (!row) {
      const values: Record<string, StoredValue> = {};
      for (const field in given) if (given[field] !== null) values[field] = given[field] as StoredValue;
      return { record: { entity, id, values, replaced: null }, row };
    }
    const { isFrozen, label }: Entity = registry[entity];
    if (isFrozen) throw new Failure("frozen", { what: label });
    if (row.archived_on !== null && !("archived_on" in given)) {
      throw new Failure("archived", { what: label });
    }
    const versions = parseVersions(entity, row.versions);
    const values: Record<string, StoredValue> = {};
    const replaced: Record<string, string[]> = {};
    for (const [field, value] of Object.entries(given)) {
      if (value === row[field] && !write.settles) continue;
      values[field] = value;
      replaced[field] = this.replacedBy(write, field, versions);
    }
    const fields = Object.keys(values);
    return fields.length === 0
      ? null
      : { record: { entity, id, values, replaced: shortReplaced(fields, replaced) }, row };
  }

  /** Stamps that a local write of `field` knows of and replaces. */
  private replacedBy(write: Write, field: string, versions: Versions): string[] {
    const { entity, id } = write;
    // Archiving names every version of the record it knows (law 12).
    const archives = field === "archived_on" && (write.values as Record<string, StoredValue>).archived_on !== null;
    const known = archives ? [...versions.byField.values()] : [];
    const shown = versions.byField.get(field);
    if (shown) known.push(shown);
    const standing = versions.contested ? new RecordHeads(this.store, entity, id).read(field) : undefined;
    if (standing) {
      const { heads } = standing;
      const replaced = write.settles ? heads : heads.filter((head) => head.value === heads[0]?.value);
      known.push(...replaced.map((head) => head.stamp));
    }
    return [...new Set(known)];
  }
}
