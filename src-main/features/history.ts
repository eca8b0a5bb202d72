/** History of records for people: who changed what, from what to what, in words instead of codes. */
import type { FieldChange, History, HistoryEntry } from "#contract/base.ts";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { displayValue as displayText } from "#domain/display.ts";
import type { Field, StoredValue } from "#domain/fields.ts";
import { type EntityName, entityOf, fieldOf, registry } from "#domain/registry.ts";
import { type RecordChange, replacedIn } from "#journal/change-set.ts";
import type { LoggedChange, LoggedFacts } from "#journal/log.ts";
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

/** So many entries are worked out and shown at most. */
const SHOWN = 2000;

type Entry = { entity: EntityName; id: string; change: LoggedChange };

/** History of a project and of every record that belongs to it, newest first. */
export function historyOfProject(office: Office, projectId: string): History {
  const { log } = office.journal;
  const entries = recordsOfSubjects(office.store, [projectId]).flatMap(({ entity, id, touched_by }) =>
    isKnown(entity)
      ? log.changesOf(entity, id, numbersIn(touched_by)).map((change): Entry => ({ entity, id, change }))
      : [],
  );
  const time = ({ change }: Entry) => stampMs(change.stamp);
  entries.sort((left, right) => time(right) - time(left) || right.change.number - left.change.number);
  return { entries: described(office, entries.slice(0, SHOWN)), total: entries.length };
}

/** History of a stretch of the log: what one import brought. */
export function historyOfRange(office: Office, first: number, last: number): History {
  const { log } = office.journal;
  const shown: Entry[] = [];
  let total = 0;
  for (const block of log.blocks(first - 1, last)) {
    total += block.records;
    if (shown.length >= SHOWN) continue;
    const sets = block.contents.kind === "set" ? [block.contents.set] : openPacked(block.contents.packed).toSets();
    for (const [place, { records }] of sets.entries()) {
      const facts = log.factsAt(block.first + place);
      for (const { entity, id, values, replaced } of records) {
        if (isKnown(entity)) shown.push({ entity, id, change: { ...facts, values, replaced } });
      }
    }
  }
  return { entries: described(office, shown.slice(0, SHOWN)), total };
}

function isKnown(entity: string): entity is EntityName {
  return entityOf(entity) !== undefined;
}

/** Each record's changes are read once, however many of its entries are shown. */
function described(office: Office, entries: readonly Entry[]): HistoryEntry[] {
  const read = new Map<string, LoggedChange[]>();
  return entries.map((entry) => {
    const { entity, id } = entry;
    const key = `${entity} ${id}`;
    const ofRecord = read.get(key) ?? changesOfRecord(office, entity, id);
    read.set(key, ofRecord);
    return describe(office, entry, ofRecord);
  });
}

function describe(office: Office, { entity, id, change }: Entry, ofRecord: readonly LoggedChange[]): HistoryEntry {
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
    changes: fieldChanges(office, entity, change, ofRecord),
  };
}

/** Every change of one record, oldest first. */
export function changesOfRecord(office: Office, entity: EntityName, id: string): LoggedChange[] {
  const touched = office.store.prepare(`select touched_by from ${entity} where id = ?`).pluck().get(id);
  return office.journal.log.changesOf(entity, id, numbersIn(String(touched ?? "")));
}

/** Who wrote the record's change sets, where and when, by their stamps: read without their values. */
export function factsOfRecord(office: Office, entity: EntityName, id: string): Map<string, LoggedFacts> {
  const touched = office.store.prepare(`select touched_by from ${entity} where id = ?`).pluck().get(id);
  const facts = numbersIn(String(touched ?? "")).map((number) => office.journal.log.factsAt(number));
  return new Map(facts.map((each) => [each.stamp, each]));
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
