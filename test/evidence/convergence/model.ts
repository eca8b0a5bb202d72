/**
 * The plain model that histories are held against: every write really made, with what its writer saw and replaced,
 * and who knows of it. It has no stamps of its own, no tables and no log; what must be shown follows from the laws
 * alone.
 */
import type { StoredValue } from "#domain/fields.ts";

/** What one act wrote into one record. */
export type Part = {
  stamp: string;
  entity: string;
  id: string;
  /** The project the record belongs to, if any. */
  project: string | null;
  /** Where the author saw that project when writing. */
  projectOffice: string | null;
  author: string;
  values: Readonly<Record<string, StoredValue>>;
  /** By field, the stamps that the author saw and replaced. */
  replaced: Readonly<Record<string, readonly string[]>>;
};

/** The office whose PC, or its copy, made a part. */
export function officeOf({ author }: Part): string {
  return author.split("-")[0] ?? author;
}

export type Head = { stamp: string; value: StoredValue };
/** `edit`: writes that did not know of each other; `delete`: an archiving that did not know of edits. */
export type Conflict = { kind: "edit" | "delete"; heads: Head[] };
/** All that an office shows, by "entity id". */
export type Ledger = {
  rows: Map<string, Record<string, StoredValue>>;
  conflicts: Map<string, Record<string, Conflict>>;
};
export type RecordState = { values: Record<string, StoredValue>; conflicts: Record<string, Conflict> };

/** Who knows what: `sure` by the laws, `maybe` at most (a bundle that was made for an earlier life of a database). */
export class Knowledge {
  constructor(
    readonly sure = new Set<Part>(),
    readonly maybe = new Set<Part>(),
  ) {}

  copy(): Knowledge {
    return new Knowledge(new Set(this.sure), new Set(this.maybe));
  }

  learn(part: Part): void {
    this.sure.add(part);
    this.maybe.add(part);
  }

  /** Takes in what another knew; all of it for sure, or only perhaps. */
  take(other: Knowledge, isSure: boolean): void {
    if (isSure) for (const part of other.sure) this.sure.add(part);
    for (const part of other.maybe) this.maybe.add(part);
  }
}

/** The writes of one field that no other known write replaced, the one to show first. */
function headsOf(parts: readonly Part[], field: string): Head[] {
  const writes = parts.filter((part) => Object.hasOwn(part.values, field));
  const replaced = new Set(writes.flatMap((part) => part.replaced[field] ?? []));
  return writes
    .filter((part) => !replaced.has(part.stamp))
    .map((part) => ({ stamp: part.stamp, value: part.values[field] ?? null }))
    .sort((left, right) => (left.stamp < right.stamp ? 1 : -1));
}

/** What the laws say one record must look like to somebody who knows these parts of it. */
export function stateOf(parts: readonly Part[]): RecordState {
  const state: RecordState = { values: {}, conflicts: {} };
  const shown = new Map<string, string>();
  for (const field of new Set(parts.flatMap((part) => Object.keys(part.values)))) {
    const heads = headsOf(parts, field);
    const first = heads[0];
    if (!first) continue;
    state.values[field] = first.value;
    shown.set(field, first.stamp);
    if (heads.some((head) => head.value !== first.value)) state.conflicts[field] = { kind: "edit", heads };
  }
  const archived = archivingConflict(parts, state, shown);
  if (archived) state.conflicts.archived_on = archived;
  return state;
}

/** Law 12: an archiving that did not know of edits which are still shown. */
function archivingConflict(
  parts: readonly Part[],
  { values, conflicts }: RecordState,
  shown: ReadonlyMap<string, string>,
): Conflict | null {
  const stamp = shown.get("archived_on");
  if (!stamp || values.archived_on === null || conflicts.archived_on) return null;
  if (headsOf(parts, "archived_on").length > 1) return null;
  const archiving = parts.find((part) => part.stamp === stamp && Object.hasOwn(part.values, "archived_on"));
  const known = new Set([stamp, ...(archiving?.replaced.archived_on ?? [])]);
  const unknown = [...new Set(shown.values())].filter((edit) => !known.has(edit)).sort();
  if (unknown.length === 0) return null;
  const heads = [
    { stamp, value: values.archived_on ?? null },
    ...unknown.map((edit) => ({ stamp: edit, value: null })),
  ];
  return { kind: "delete", heads };
}

/** Parts by record, "entity id". */
export function byRecord(parts: Iterable<Part>): Map<string, Part[]> {
  const records = new Map<string, Part[]>();
  for (const part of parts) {
    const key = recordKey(part.entity, part.id);
    const known = records.get(key);
    if (known) known.push(part);
    else records.set(key, [part]);
  }
  return records;
}

export function recordKey(entity: string, id: string): string {
  return `${entity} ${id}`;
}

/** In words what two views of a record do not share; null when they agree. */
export function differenceOf(found: RecordState, expected: RecordState): string | null {
  const fields = new Set([...Object.keys(found.values), ...Object.keys(expected.values)]);
  for (const field of fields) {
    if (field === "id") continue;
    const [is, must]: StoredValue[] = [found.values[field] ?? null, expected.values[field] ?? null];
    if (is !== must) return `${field} is ${is}, should be ${must}`;
  }
  const [is, must] = [inOrder(found.conflicts), inOrder(expected.conflicts)];
  return is === must ? null : `conflicts are ${is}, should be ${must}`;
}

function inOrder(conflicts: Record<string, Conflict>): string {
  return JSON.stringify(Object.entries(conflicts).sort(([left], [right]) => (left < right ? -1 : 1)));
}
