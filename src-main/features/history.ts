/** History of records for people: who changed what, from what to what, in words instead of codes. */
import type { FieldChange, History, HistoryEntry } from "#contract/base.ts";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { displayValue as displayText } from "#domain/display.ts";
import type { Field, StoredValue } from "#domain/fields.ts";
import { type EntityName, entityOf, fieldOf, fieldsOf, registry } from "#domain/registry.ts";
import { type RecordChange, replacedIn } from "#journal/change-set.ts";
import type { LoggedChange, LoggedFacts } from "#journal/log.ts";
import { readRow } from "#journal/rows.ts";
import { openPacked } from "#journal/section/pack.ts";
import { stampMs } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
import { projectOf, recordsOfSubjects } from "#sync/scope.ts";
import type { Office } from "./office.ts";

/** The text a clerk reads for a stored value; empty for none. */
export function displayValue(office: Office, field: Field | undefined, value: StoredValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (field?.kind === "reference" && value !== "")
    return recordTitle(office, field.entity as EntityName, String(value));
  return field ? displayText(field, value) : String(value);
}

/** What names a record in lists: its title field, resolved once when that is a reference. */
export function recordTitle(office: Office, entity: EntityName, id: string): string {
  const { title } = registry[entity];
  const row = office.store.prepare(`select ${title} as title from ${entity} where id = ?`).get(id) as
    | { title: StoredValue }
    | undefined;
  if (!row) return "（未收到）";
  return displayValue(office, fieldOf(entity, title), row.title);
}

type Entry = { entity: EntityName; id: string; change: LoggedChange };

/**
 * One change set's part in one record: who, where, when and why, without what it wrote. `isOnly`: no other touched the
 * record, so that its row says what this one wrote.
 */
type Touch = { entity: EntityName; id: string; facts: LoggedFacts; isOnly: boolean };

/** What happened to a project and every record that belongs to it, newest first. */
function touchesOfProject(office: Office, projectId: string): Touch[] {
  const touches = recordsOfSubjects(office.store, [projectId]).flatMap(({ entity, id, touched_by }) =>
    isKnown(entity) ? touchesOf(office, entity, id, touched_by) : [],
  );
  const time = ({ facts }: Touch) => stampMs(facts.stamp);
  return touches.sort((left, right) => time(right) - time(left) || right.facts.number - left.facts.number);
}

function touchesOf({ journal }: Office, entity: EntityName, id: string, touchedBy: string): Touch[] {
  const numbers = numbersIn(touchedBy);
  const isOnly = numbers.length === 1;
  return numbers.map((number) => ({ entity, id, facts: journal.log.factsAt(number), isOnly }));
}

/** The newest `limit` entries of a project and of every record that belongs to it. */
export function historyOfProject(office: Office, projectId: string, limit: number): History {
  const touches = touchesOfProject(office, projectId);
  const shown = touches.slice(0, limit);
  const changes = changesAt(office, shown);
  const entries = shown.flatMap(({ entity, id, facts }): Entry[] => {
    const change = changes.get(keyOf(entity, id, facts.number));
    return change ? [{ entity, id, change }] : [];
  });
  return { entries: described(office, entries, touches), total: touches.length };
}

/** History of a stretch of the log: what one import brought. */
export function historyOfRange(office: Office, first: number, last: number, limit: number): History {
  const { log } = office.journal;
  const shown: Entry[] = [];
  let total = 0;
  for (const block of log.blocks(first - 1, last)) {
    total += block.records;
    if (shown.length >= limit) continue;
    const sets = block.contents.kind === "set" ? [block.contents.set] : openPacked(block.contents.packed).toSets();
    for (const [place, { records }] of sets.entries()) {
      if (shown.length >= limit) break;
      const facts = log.factsAt(block.first + place);
      for (const { entity, id, values, replaced } of records) {
        if (isKnown(entity)) shown.push({ entity, id, change: { ...facts, values, replaced } });
      }
    }
  }
  const entries = shown.slice(0, limit);
  return {
    entries: described(
      office,
      entries,
      entries.flatMap((entry) => touchesOfRecord(office, entry)),
    ),
    total,
  };
}

function isKnown(entity: string): entity is EntityName {
  return entityOf(entity) !== undefined;
}

const keyOf = (entity: string, id: string, at: number | string) => `${entity} ${id} ${at}`;

/** What those change sets wrote to those records; read in the order of the log, so that each section is opened once. */
function changesAt(office: Office, touches: readonly Touch[]): Map<string, LoggedChange> {
  const inOrder = [...touches].sort((left, right) => left.facts.number - right.facts.number);
  return new Map(
    inOrder.flatMap((touch) =>
      changesOf(office, touch).map((change) => [keyOf(touch.entity, touch.id, change.number), change] as const),
    ),
  );
}

function changesOf({ store, journal }: Office, { entity, id, facts, isOnly }: Touch): LoggedChange[] {
  const row = isOnly ? readRow(store, entity, id) : undefined;
  if (!row) return journal.log.changesOf(entity, id, [facts.number]);
  const written = fieldsOf(entity).flatMap(([name]) => {
    const value = row[name] ?? null;
    return value === null ? [] : [[name, value] as const];
  });
  return [{ ...facts, values: Object.fromEntries(written), replaced: null }];
}

/** Entries in words; `touches`: those of their records, among which those are that they replaced. */
function described(office: Office, entries: readonly Entry[], touches: readonly Touch[]): HistoryEntry[] {
  const replaced = new Set(
    entries.flatMap(({ entity, id, change }) =>
      Object.keys(change.values).flatMap((field) => replacedIn(change, field).map((stamp) => keyOf(entity, id, stamp))),
    ),
  );
  const before = changesAt(
    office,
    touches.filter(({ entity, id, facts }) => replaced.has(keyOf(entity, id, facts.stamp))),
  );
  const byRecord = Map.groupBy(before, ([key]) => key.slice(0, key.lastIndexOf(" ")));
  return entries.map((entry) => {
    const ofRecord = byRecord.get(`${entry.entity} ${entry.id}`)?.map(([, change]) => change) ?? [];
    return describe(office, entry, ofRecord);
  });
}

function describe(office: Office, { entity, id, change }: Entry, before: readonly LoggedChange[]): HistoryEntry {
  // A record begins with its title (always required); a first value of another field replaces nothing either.
  const created = change.replaced === null && Object.hasOwn(change.values, registry[entity].title);
  return {
    changeSet: change.number,
    entity,
    recordId: id,
    projectId: projectOf(office.store, entity, id),
    entityLabel: registry[entity].label,
    title: recordTitle(office, entity, id),
    action: actionLabel(change.action),
    at: localDateTime(stampMs(change.stamp)),
    office: change.officeName,
    person: change.personName,
    created,
    clockSuspect: change.clockSuspect,
    changes: fieldChanges(office, entity, change, before),
  };
}

function touchesOfRecord(office: Office, { entity, id }: Pick<Touch, "entity" | "id">): Touch[] {
  return touchesOf(office, entity, id, touchedBy(office, entity, id));
}

/** Every change of one record, oldest first. */
export function changesOfRecord(office: Office, entity: EntityName, id: string): LoggedChange[] {
  return office.journal.log.changesOf(entity, id, numbersIn(touchedBy(office, entity, id)));
}

/** Who wrote the record's change sets, where and when, by their stamps: read without their values. */
export function factsOfRecord(office: Office, entity: EntityName, id: string): Map<string, LoggedFacts> {
  const facts = numbersIn(touchedBy(office, entity, id)).map((number) => office.journal.log.factsAt(number));
  return new Map(facts.map((each) => [each.stamp, each]));
}

function touchedBy({ store }: Office, entity: EntityName, id: string): string {
  return String(store.prepare(`select touched_by from ${entity} where id = ?`).pluck().get(id) ?? "");
}

/** What a change wrote, in words, and what it replaced. `ofRecord`: every change of the record. */
export function fieldChanges(
  office: Office,
  entity: EntityName,
  change: RecordChange,
  ofRecord: readonly LoggedChange[],
): FieldChange[] {
  return Object.entries(change.values).flatMap(([name, value]) => {
    const field = fieldOf(entity, name);
    if (field?.hidden) return [];
    const replaced = replacedIn(change, name);
    const before = ofRecord.find(({ stamp, values }) => replaced.includes(stamp) && Object.hasOwn(values, name));
    return {
      field: name,
      label: field?.label ?? `${name}（新版程序的字段）`,
      before: displayValue(office, field, before?.values[name]),
      after: displayValue(office, field, value),
    };
  });
}
