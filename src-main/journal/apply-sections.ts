/** Applies sections record by record, each with all its changes at once: the fast way in for imports. */
import { type EntityName, entityOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { applyChanges, isCreation } from "./apply.ts";
import type { Log } from "./log.ts";
import { mergedRecords, type NumberedSection } from "./merge-sections.ts";
import { readFieldsOf } from "./rows.ts";
import type { SectionChange, SectionRecord } from "./section/section.ts";
import { noteUnknown } from "./unknown-records.ts";

export type AppliedSections = {
  /** Records. */
  added: number;
  changed: number;
  unchanged: number;
  /** Record changes that were new. */
  fresh: number;
  /** Whether a change set brought any of them, by its number counted from the first one's. */
  isFresh: Uint8Array;
};

/** Records whose rows are read together. */
const PAGE = 4096;

/** `parts`: with numbers that follow upon each other. `onApplied` is told how many record changes were just applied. */
export function applySections(
  store: Store,
  log: Log,
  parts: readonly NumberedSection[],
  onApplied: (changes: number) => void,
): AppliedSections {
  const start = parts[0]?.first ?? 0;
  const sets = parts.reduce((total, { section }) => total + section.sets, 0);
  const applied: AppliedSections = { added: 0, changed: 0, unchanged: 0, fresh: 0, isFresh: new Uint8Array(sets) };
  const count = (outcome: "added" | "changed" | "unchanged", fresh: readonly SectionChange[]) => {
    if (fresh.length > 0) applied[outcome]++;
    applied.fresh += fresh.length;
    for (const { number } of fresh) applied.isFresh[number - start] = 1;
  };
  const scopes = new Map(parts.flatMap(({ section }) => section.entities.map((entity) => [entity.name, entity])));
  const writtenFields = fieldsByEntity(parts);
  const stampAt = (number: number) => log.factsAt(number).stamp;
  for (const { entity, records } of pagesOf(mergedRecords(parts))) {
    const scope = scopes.get(entity);
    if (entityOf(entity)) {
      const name = entity as EntityName;
      const rows = readFieldsOf(store, name, idsToRead(name, records), writtenFields.get(entity) ?? []);
      for (const { id, changes } of records) {
        const stored = rows.get(id) ?? (isCreation(name, changes[0]) ? undefined : null);
        const { outcome, fresh } = applyChanges(store, log, name, id, changes, stored);
        count(outcome, fresh);
      }
    } else if (scope) {
      for (const { id, changes } of records) {
        count("unchanged", noteUnknown(store, entity, scope, id, changes, stampAt));
      }
    }
    onApplied(records.reduce((total, { changes }) => total + changes.length, 0));
  }
  return applied;
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
