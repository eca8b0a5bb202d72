/** Applies sections record by record, each with all its changes at once: the fast way in for imports. */
import { type EntityName, entityOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { applyChanges, isCreation } from "./apply.ts";
import type { Log } from "./log.ts";
import { mergedRecords, type NumberedSection } from "./merge-sections.ts";
import { readFieldsOf } from "./rows.ts";
import type { SectionChange, SectionRecord } from "./section/section.ts";
import { lastNumberIn } from "./touched.ts";
import { noteUnknown } from "./unknown-records.ts";

export type AppliedSections = {
  /** Records, each once. */
  added: number;
  changed: number;
  unchanged: number;
  /** Record changes that were new. */
  fresh: number;
  /** By the number of a section's first change set: whether its sets, in their order, brought any of them. */
  isFresh: Map<number, Uint8Array>;
};

/** Bytes of sections that wait to be merged; a small PC has room for them beside everything else. */
const MERGE_TOGETHER = 80 * 1024 * 1024;
/** Records whose rows are read together; with more of them, what was read outlives a collection of garbage. */
const PAGE = 512;

/**
 * Applies sections in their order, numbered so that they follow upon each other; each is taken when there is room for
 * it. Their change sets must be in the log. `onApplied` is told how many record changes were just applied.
 */
export function applySections(
  store: Store,
  log: Log,
  sections: Iterable<NumberedSection>,
  onApplied: (changes: number) => void,
): AppliedSections {
  const applied: AppliedSections = { added: 0, changed: 0, unchanged: 0, fresh: 0, isFresh: new Map() };
  const start = log.end() + 1;
  let waiting: NumberedSection[] = [];
  let bytes = 0;
  const apply = (parts: readonly NumberedSection[], entities: readonly string[]) => {
    for (const changes of applyEntities(store, log, parts, entities, start, applied)) onApplied(changes);
  };
  const applyWaiting = () => {
    apply(waiting, [...namesIn(waiting)]);
    waiting = [];
    bytes = 0;
  };
  for (const part of sections) {
    const { section, first } = part;
    applied.isFresh.set(first, new Uint8Array(section.sets));
    // Most of a large bundle are new records with long texts: they have nothing to be merged with. Nor have those of
    // entities that are not known here, which are only noted.
    const earlier = namesIn(waiting);
    const made = section.onlyMade().filter((entity) => !earlier.has(entity));
    const unknown = section.entities.map(({ name }) => name).filter((entity) => !entityOf(entity));
    const atOnce = [...new Set([...made, ...unknown])];
    apply([part], atOnce);
    section.release(atOnce);
    const { bytes: more } = section;
    if (waiting.length > 0 && bytes + more > MERGE_TOGETHER) applyWaiting();
    waiting.push(part);
    bytes += more;
  }
  applyWaiting();
  return applied;
}

function namesIn(parts: readonly NumberedSection[]): Set<string> {
  return new Set(parts.flatMap(({ section }) => section.entities.map(({ name }) => name)));
}

/**
 * Applies the records of these entities, and counts in `applied` those that no change set from number `start` on has
 * touched yet; yields how many changes of them there were.
 */
function* applyEntities(
  store: Store,
  log: Log,
  parts: readonly NumberedSection[],
  entities: readonly string[],
  start: number,
  applied: AppliedSections,
): Generator<number> {
  const count = (outcome: "added" | "changed" | "unchanged", fresh: readonly SectionChange[], touched = "") => {
    if (fresh.length > 0 && lastNumberIn(touched) < start) applied[outcome]++;
    applied.fresh += fresh.length;
    for (const { number, set } of fresh) (applied.isFresh.get(number - set) as Uint8Array)[set] = 1;
  };
  const scopes = new Map(parts.flatMap(({ section }) => section.entities.map((entity) => [entity.name, entity])));
  const writtenFields = fieldsByEntity(parts);
  const stampAt = (number: number) => log.factsAt(number).stamp;
  for (const { entity, records } of pagesOf(mergedRecords(parts, entities))) {
    const scope = scopes.get(entity);
    if (entityOf(entity)) {
      const name = entity as EntityName;
      const rows = readFieldsOf(store, name, idsToRead(name, records), writtenFields.get(entity) ?? []);
      for (const { id, changes } of records) {
        const stored = rows.get(id) ?? (isCreation(name, changes[0]) ? undefined : null);
        const { outcome, fresh, touched } = applyChanges(store, log, name, id, changes, stored);
        count(outcome, fresh, touched);
      }
    } else if (scope) {
      for (const { id, changes } of records) {
        count("unchanged", noteUnknown(store, entity, scope, id, changes, stampAt));
      }
    }
    yield records.reduce((total, { changes }) => total + changes.length, 0);
  }
}

/** Not those that are probably new: of them the insert tells whether they are. */
function idsToRead(entity: EntityName, records: readonly SectionRecord[]): string[] {
  return records.flatMap(({ id, changes }) => (isCreation(entity, changes[0]) ? [] : [id]));
}

function* pagesOf(all: Iterable<SectionRecord>): Generator<{ entity: string; records: SectionRecord[] }> {
  let records: SectionRecord[] = [];
  for (const record of all) {
    const entity = records[0]?.entity;
    if (entity !== undefined && (entity !== record.entity || records.length === PAGE)) {
      yield { entity, records };
      records = [];
    }
    records.push(record);
  }
  if (records[0]) yield { entity: records[0].entity, records };
}

function fieldsByEntity(parts: readonly NumberedSection[]): Map<string, string[]> {
  const byEntity = new Map<string, string[]>();
  for (const [entity, fields] of parts.flatMap(({ section }) => section.writtenFields())) {
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...fields]);
  }
  return byEntity;
}
