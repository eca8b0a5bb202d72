/**
 * Applies changes of one record to the tables: the only code that writes them. Local acts, imports and the rebuild
 * from the log all come through here. Several changes of a record are folded together and written once.
 */
import type { StoredValue } from "#domain/fields.ts";
import { type EntityName, entityNames, fieldOf, registry } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { type RecordChange, replacedIn } from "./change-set.ts";
import { RecordHeads } from "./field-heads.ts";
import { editsUnknownTo, type Standing, withWrite } from "./heads.ts";
import type { Log } from "./log.ts";
import { indexedFields, indexProject } from "./project-search.ts";
import {
  insertNew,
  insertRow,
  positionsToFollow,
  readFields,
  type StoredFields,
  sharedFields,
  updateRow,
} from "./rows.ts";
import { appendNumbers, numbersIn } from "./touched.ts";
import { packVersions, parseVersions, type Versions, versionsAfter } from "./versions.ts";

/** Tables that applying writes. */
export const appliedTables: readonly string[] = [...entityNames, "project_search"];

/** A record's part in a change set that has a number in this log. */
export type NumberedChange = RecordChange & { stamp: string; number: number; fields?: readonly string[] };

export type Applied<C extends NumberedChange> = {
  outcome: "added" | "changed" | "unchanged";
  /** Those that had not been seen before (law 4). */
  fresh: readonly C[];
  /** Change sets that the row remembered before; "" for a new one. */
  touched: string;
};

/**
 * Applies changes of one record in their order. `stored`: the record's row, or at least the fields that they write,
 * where the caller has just read it; null where it has seen that there is none.
 */
export function applyChanges<C extends NumberedChange>(
  store: Store,
  log: Log,
  entity: EntityName,
  id: string,
  changes: readonly C[],
  stored?: StoredFields | null,
): Applied<C> {
  if (!stored && isCreation(entity, changes[0])) {
    const only = changes.length === 1 ? changes[0] : undefined;
    if (only && !only.values.archived_on) {
      const { stamp, number, values, fields = sharedFields(values) } = only;
      if (insertNew(store, entity, id, values, fields, stamp, appendNumbers("", [{ number }]))) {
        if (entity === "project") indexProject(store, id, values);
        return { outcome: "added", fresh: changes, touched: "" };
      }
    }
    const created = only ? null : foldNew(entity, changes);
    if (created && insertRow(store, entity, id, created.values, created.versions, appendNumbers("", changes))) {
      if (entity === "project") indexProject(store, id, created.values);
      return { outcome: "added", fresh: changes, touched: "" };
    }
  }
  const row = stored === undefined ? readFields(store, entity, id, changes) : (stored ?? undefined);
  const touched = row?.touched_by ?? "";
  const followed = row && follow(store, entity, id, changes, row);
  if (followed) return { outcome: followed, fresh: changes, touched };
  const record = new OpenRecord(store, log, entity, id, row);
  const fresh = changes.filter((change) => record.take(change));
  if (fresh.length === 0) return { outcome: "unchanged", fresh, touched };
  return { outcome: record.save(appendNumbers(touched, fresh)), fresh, touched };
}

/** Whether a change may make the record: it then has the title, which every record must have, and replaces nothing. */
export function isCreation(entity: EntityName, change: NumberedChange | undefined): boolean {
  return change?.replaced === null && Object.hasOwn(change.values, registry[entity].title);
}

/** Values and versions of a record that these changes make and only follow upon each other; else null. */
function foldNew(entity: EntityName, changes: readonly NumberedChange[]) {
  const values: Record<string, StoredValue> = {};
  const byField = new Map<string, string>();
  for (const change of changes) {
    let isWritten = false;
    for (const field in change.values) {
      if (!fieldOf(entity, field)) continue;
      isWritten = true;
      const current = byField.get(field);
      const replaced = replacedIn(change, field);
      if (replaced.length > 1 || replaced[0] !== current) return null;
      byField.set(field, change.stamp);
      values[field] = change.values[field] ?? null;
    }
    // Of fields that are not known here nothing tells whether the change is there twice.
    if (!isWritten) return null;
  }
  if (values.archived_on) return null;
  return { values, versions: packVersions(entity, { byField, contested: false }) };
}

/** Writes changes that only follow upon what is there and upon each other, which nearly all do; else null. */
function follow(
  store: Store,
  entity: EntityName,
  id: string,
  changes: readonly NumberedChange[],
  row: StoredFields,
): "changed" | "unchanged" | null {
  if (row.archived_on !== null) return null;
  let versions = row.versions;
  for (const { values, fields = sharedFields(values), stamp, replaced } of changes) {
    const positions = positionsToFollow(entity, fields);
    const after = positions === null ? null : versionsAfter(versions, positions, stamp, replaced);
    if (after === null) return null;
    versions = after;
  }
  const next =
    changes.length === 1 && changes[0] ? changes[0].values : Object.assign({}, ...changes.map(({ values }) => values));
  return writeRow(store, entity, id, row, next, versions, appendNumbers(row.touched_by, changes));
}

/** Writes those fields of `next` that differ from the row, and its versions. */
function writeRow(
  store: Store,
  entity: EntityName,
  id: string,
  row: StoredFields,
  next: Readonly<Record<string, StoredValue>>,
  versions: string,
  touched: string,
): "changed" | "unchanged" {
  const changed: string[] = [];
  for (const field in next) if (next[field] !== (row[field] ?? null)) changed.push(field);
  updateRow(store, entity, id, changed, next, versions, touched);
  if (entity === "project" && changed.some((field) => indexedFields.includes(field))) indexProject(store, id);
  return changed.length > 0 ? "changed" : "unchanged";
}

/** One record while changes are folded into it. */
class OpenRecord {
  private readonly versions: Versions;
  private readonly heads: RecordHeads;
  private readonly next: Record<string, StoredValue> = {};
  private readonly taken: NumberedChange[] = [];
  private known: Set<string> | undefined;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    private readonly entity: EntityName,
    private readonly id: string,
    private readonly row: StoredFields | undefined,
  ) {
    this.versions = parseVersions(entity, row?.versions ?? "");
    this.heads = new RecordHeads(store, entity, id, this.versions.contested);
  }

  /** Folds one change in; false when it had been seen before. */
  take(change: NumberedChange): boolean {
    if (this.isNextInLine(change)) {
      for (const field in change.values) {
        if (!fieldOf(this.entity, field)) continue;
        this.next[field] = change.values[field] ?? null;
        this.versions.byField.set(field, change.stamp);
      }
    } else {
      if (this.isSeen(change.stamp)) return false;
      this.takeAside(change);
    }
    this.taken.push(change);
    this.known?.add(change.stamp);
    return true;
  }

  /** True when the change knew of all it meets here; it is then new as well, or it would have been replaced. */
  private isNextInLine(change: NumberedChange): boolean {
    const { byField, contested } = this.versions;
    if (contested) return false;
    let isWritten = false;
    for (const field in change.values) {
      if (!fieldOf(this.entity, field)) continue;
      isWritten = true;
      const current = byField.get(field);
      const replaced = replacedIn(change, field);
      if (current === undefined ? replaced.length > 0 : !replaced.includes(current)) return false;
      if (replaced.length > 1 && !this.areVersions(replaced)) return false;
    }
    return isWritten;
  }

  private areVersions(stamps: readonly string[]): boolean {
    const current = new Set(this.versions.byField.values());
    return stamps.every((stamp) => current.has(stamp));
  }

  /** Whether the record's part in the change set of this stamp has been applied. */
  private isSeen(stamp: string): boolean {
    this.known ??= new Set([...this.storedStamps(), ...this.taken.map((change) => change.stamp)]);
    return this.known.has(stamp);
  }

  /** Stamps of the change sets that touched the stored row. As many as its versions name, when none was written over. */
  private storedStamps(): Iterable<string> {
    const numbers = numbersIn(this.row?.touched_by ?? "");
    const named = new Set(parseVersions(this.entity, this.row?.versions ?? "").byField.values());
    return named.size === numbers.length ? named : numbers.map((number) => this.log.factsAt(number).stamp);
  }

  /** A change that did not know of all it meets, or that came before what it replaced. */
  private takeAside(change: NumberedChange): void {
    const { entity, heads, versions } = this;
    for (const field in change.values) {
      if (!fieldOf(entity, field)) continue;
      const write = { stamp: change.stamp, value: change.values[field] ?? null };
      const before = this.standingOf(field);
      const standing = withWrite(before, write, replacedIn(change, field), (stamp) => this.isSeen(stamp));
      heads.write(field, standing);
      const winner = standing.heads[0] ?? before.heads[0];
      if (!winner) continue;
      this.next[field] = winner.value;
      versions.byField.set(field, winner.stamp);
    }
    heads.arrived(change.stamp);
    versions.contested = heads.exist;
  }

  private standingOf(field: string): Standing {
    const kept = this.heads.read(field);
    if (kept) return kept;
    const stamp = this.versions.byField.get(field);
    return { heads: stamp === undefined ? [] : [{ stamp, value: this.valueOf(field) }], awaited: [] };
  }

  private valueOf(field: string): StoredValue {
    return (Object.hasOwn(this.next, field) ? this.next[field] : this.row?.[field]) ?? null;
  }

  /** Writes the record. */
  save(touched: string): "added" | "changed" | "unchanged" {
    const { store, entity, id, row, next, versions } = this;
    if (this.valueOf("archived_on") !== null || versions.contested) this.settleArchiving();
    this.heads.save();
    if (!row) {
      insertRow(store, entity, id, next, packVersions(entity, versions), touched);
      if (entity === "project") indexProject(store, id, next);
      return "added";
    }
    return writeRow(store, entity, id, row, next, packVersions(entity, versions), touched);
  }

  /** Records or clears the conflict between archiving the record and edits that did not know of it. */
  private settleArchiving(): void {
    const { versions } = this;
    const stamp = versions.byField.get("archived_on");
    const value = this.valueOf("archived_on");
    const archiving = value !== null && stamp !== undefined ? this.changeOf(stamp) : undefined;
    const unknown = archiving
      ? editsUnknownTo(archiving.stamp, replacedIn(archiving, "archived_on"), versions.byField.values())
      : [];
    const isContested = (this.heads.read("archived_on")?.heads.length ?? 0) > 1;
    const edits = isContested ? [] : unknown.map((edit) => ({ stamp: edit, value: null }));
    const heads = stamp === undefined || edits.length === 0 ? [] : [{ stamp, value }, ...edits];
    this.heads.writeArchiving(heads);
    versions.contested = this.heads.exist;
  }

  private changeOf(stamp: string): NumberedChange | undefined {
    const isIt = (change: NumberedChange) => change.stamp === stamp;
    const numbers = numbersIn(this.row?.touched_by ?? "");
    return this.taken.find(isIt) ?? this.log.changesOf(this.entity, this.id, numbers).find(isIt);
  }
}
