/**
 * The one door for writes (sync law 1): validate, stamp, append to the log, apply to the tables, move the
 * clock, in one transaction.
 */
import { v5 as uuidv5, v7 as uuidv7 } from "uuid";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import { type Entity, type EntityName, entityNames, registry, type Values } from "#domain/registry.ts";
import { query, type Store } from "#store/store.ts";
import { appliedTables, applyChange, readHeads, readRow } from "./apply.ts";
import { decodeBody, encodeBody, type RecordChange } from "./body.ts";
import type { Head } from "./heads.ts";
import { type ClockState, formatStamp, isSuspect, observe, stampMs, tick } from "./stamp.ts";
import { checkedValues } from "./validate.ts";
import { parseVersions, type Versions } from "./versions.ts";

/** Who acts, where: carried by every change set. */
export type Actor = { officeId: string; officeName: string; personId: string; personName: string };

export type Write = {
  [E in EntityName]: {
    entity: E;
    id: string;
    values: Values<E>;
    /** Settling a conflict: this write replaces all heads of its fields, not only the value shown. */
    settles?: boolean;
  };
}[EntityName];

/** A change set as it arrives from another replica. */
export type IncomingSet = Actor & {
  stamp: string;
  action: string;
  /** An array, or something that reads the records again each time it is asked. */
  rows: Iterable<IncomingRow> & { readonly length: number };
};
/** Entity, record id and body of one record's part in a change set. */
export type IncomingRow = [entity: string, rowId: string, body: string];

export type IngestCounts = { added: number; changed: number; unchanged: number; known: number; clockSuspect: number };

/** From here on it is worth asking whether an import writes most of the ledger: the first one of an office does. */
const BULK_RECORDS = 10_000;

/** Name space of the ids of rows that are identified by their content. */
const IDENTITY_NAMESPACE = "6f1c7d0e-2f0b-5c39-9a3e-6b0d6c5f4a11";

/** A new id: by content where the registry says so (two offices then meet on one row), else time-ordered. */
export function newId(entity: EntityName, values: Readonly<Record<string, unknown>> = {}): string {
  const { identity }: Entity = registry[entity];
  if (!identity) return uuidv7();
  return uuidv5(JSON.stringify([entity, ...identity.map((field) => values[field])]), IDENTITY_NAMESPACE);
}

export class Journal {
  constructor(
    private readonly store: Store,
    readonly replica: string,
    private readonly nowMs: () => number,
  ) {}

  /**
   * Records one user action: all writes in one change set. Values equal to what is stored are left out.
   * Returns the change set's stamp, or null when nothing would change.
   * Throws Failure invalid_value, archived; then nothing is written.
   */
  write(actor: Actor, action: string, writes: readonly Write[]): string | null {
    return this.store.transaction(() => {
      const changes = writes.flatMap((write) => {
        const change = this.prepare(write);
        return change ? [{ write, change }] : [];
      });
      if (changes.length === 0) return null;
      const clock = tick(this.readClock(), this.nowMs());
      const stamp = formatStamp(clock, this.replica);
      const setId = this.appendSet(stamp, actor, action, false);
      for (const { write, change } of changes) {
        this.appendRow(setId, write.entity, write.id, encodeBody(change), null);
        applyChange(this.store, stamp, write.entity, write.id, change);
      }
      this.writeClock(clock);
      return stamp;
    });
  }

  /**
   * Takes in change sets of another replica, already verified. Rows seen before are skipped (law 4).
   * Call inside the import's transaction.
   */
  ingest(sets: readonly IncomingSet[], via: string): IngestCounts {
    const records = sets.reduce((sum, set) => sum + set.rows.length, 0);
    const isBulk = records >= BULK_RECORDS && records > storedRecords(this.store);
    return isBulk ? this.store.withoutIndexes(appliedTables, () => this.takeIn(sets, via)) : this.takeIn(sets, via);
  }

  private takeIn(sets: readonly IncomingSet[], via: string): IngestCounts {
    const counts = { added: 0, changed: 0, unchanged: 0, known: 0, clockSuspect: 0 };
    const findSet = this.store.prepare("select id from change_set where stamp = ?").pluck();
    const now = this.nowMs();
    let clock = this.readClock();
    for (const set of sets) {
      const suspect = isSuspect(stampMs(set.stamp), now);
      const knownId = findSet.get(set.stamp) as number | undefined;
      const setId = knownId ?? this.appendSet(set.stamp, set, set.action, suspect);
      if (suspect && knownId === undefined) counts.clockSuspect++;
      for (const [entity, rowId, body] of set.rows) {
        if (!this.appendRow(setId, entity, rowId, body, via)) {
          counts.known++;
          continue;
        }
        const applied = applyChange(this.store, set.stamp, entity, rowId, decodeBody(body));
        counts[applied === "unknown" ? "unchanged" : applied]++;
      }
      clock = observe(clock, stampMs(set.stamp), now);
    }
    this.writeClock(clock);
    return counts;
  }

  /**
   * Undoes a change set by writing back what it replaced, as a change set of its own. A record it created is
   * archived. Throws Failure nothing_to_undo when a later write touched the same field.
   */
  undo(actor: Actor, stamp: string, today: string): string {
    return this.store.transaction(() => {
      const rows = this.store.all(
        query
          .selectFrom("change_row")
          .innerJoin("change_set", "change_set.id", "change_row.set_id")
          .select(["change_row.entity", "change_row.row_id", "change_row.body"])
          .where("change_set.stamp", "=", stamp)
          .where("change_set.office_id", "=", actor.officeId),
      );
      const writes = rows.map(({ entity, row_id, body }) =>
        this.inverse(entity as EntityName, row_id, decodeBody(body), stamp, today),
      );
      const undone = writes.length > 0 ? this.write(actor, "undo", writes) : null;
      if (undone === null) throw new Failure("nothing_to_undo");
      return undone;
    });
  }

  private inverse(entity: EntityName, id: string, change: RecordChange, stamp: string, today: string): Write {
    const row = readRow(this.store, entity, id);
    const versions = row ? parseVersions(entity, row.versions) : undefined;
    const fields = Object.keys(change.values);
    if (!versions || fields.some((field) => versions.byField.get(field) !== stamp)) {
      throw new Failure("nothing_to_undo");
    }
    const created = [...versions.byField.values()].every((version) => version === stamp) && isEmpty(change.replaced);
    if (created) return { entity, id, values: { archived_on: today } } as Write;
    const before = this.store.all(
      query
        .selectFrom("change_row")
        .innerJoin("change_set", "change_set.id", "change_row.set_id")
        .select(["change_set.stamp", "change_row.body"])
        .where("change_row.row_id", "=", id),
    );
    const values: Record<string, StoredValue> = {};
    for (const field of fields) {
      const previous = before.find((entry) => change.replaced[field]?.includes(entry.stamp));
      values[field] = previous ? (decodeBody(previous.body).values[field] ?? null) : null;
    }
    return { entity, id, values } as Write;
  }

  /** The part of a write that changes something, with what it replaces; null when nothing does. */
  private prepare(write: Write): RecordChange | null {
    const { entity, id } = write;
    const row = readRow(this.store, entity, id);
    const given = checkedValues(entity, write.values, row === undefined);
    if (!row) {
      const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
      return { values, replaced: {} };
    }
    if (row.archived_on !== null && !("archived_on" in given)) {
      throw new Failure("archived", { what: registry[entity].label });
    }
    const versions = parseVersions(entity, row.versions);
    const change: RecordChange = { values: {}, replaced: {} };
    for (const [field, value] of Object.entries(given)) {
      if (value === row[field] && !write.settles) continue;
      change.values[field] = value;
      change.replaced[field] = this.replacedBy(write, field, versions);
    }
    return Object.keys(change.values).length > 0 ? change : null;
  }

  /** Stamps that a local write of `field` knows of and replaces. */
  private replacedBy(write: Write, field: string, versions: Versions): string[] {
    const { entity, id } = write;
    // Archiving names every version of the record it knows (law 12).
    const archives = field === "archived_on" && (write.values as Record<string, StoredValue>).archived_on !== null;
    const known = archives ? [...versions.byField.values()] : [];
    const shown = versions.byField.get(field);
    if (shown) known.push(shown);
    const contested = versions.contested ? readHeads(this.store, entity, id, field) : undefined;
    if (contested && contested.kind === "edit") {
      const heads = JSON.parse(contested.heads) as Head[];
      const replaced = write.settles ? heads : heads.filter((head) => head.value === heads[0]?.value);
      known.push(...replaced.map((head) => head.stamp));
    }
    return [...new Set(known)];
  }

  private appendSet(stamp: string, actor: Actor, action: string, suspect: boolean): number {
    const { lastInsertRowid } = this.store
      .prepare(
        `insert into change_set (stamp, office_id, office_name, person_id, person_name, action, at_ms, clock_suspect)
         values (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        stamp,
        actor.officeId,
        actor.officeName,
        actor.personId,
        actor.personName,
        action,
        stampMs(stamp),
        suspect ? 1 : 0,
      );
    return Number(lastInsertRowid);
  }

  /** False when this record's part of the set is already in the log. */
  private appendRow(setId: number, entity: string, rowId: string, body: string, via: string | null): boolean {
    return (
      this.store
        .prepare("insert or ignore into change_row (set_id, entity, row_id, body, via) values (?, ?, ?, ?, ?)")
        .run(setId, entity, rowId, body, via).changes > 0
    );
  }

  private readClock(): ClockState {
    const [ms = 0, counter = 0] = (this.store.readMeta("clock") ?? "0.0").split(".").map(Number);
    return { ms, counter };
  }

  private writeClock(clock: ClockState): void {
    this.store.writeMeta("clock", `${clock.ms}.${clock.counter}`);
  }
}

function storedRecords(store: Store): number {
  const counts = entityNames.map((entity) => store.prepare(`select count(*) from ${entity}`).pluck().get() as number);
  return counts.reduce((sum, count) => sum + count, 0);
}

function isEmpty(replaced: Record<string, string[]>): boolean {
  return Object.values(replaced).every((stamps) => stamps.length === 0);
}
