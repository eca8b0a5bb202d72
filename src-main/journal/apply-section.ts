/** Applies a section record by record, each with all its changes at once: the fast way in for imports. */
import { type EntityName, entityOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { applyChanges, isCreation } from "./apply.ts";
import type { Log } from "./log.ts";
import { readFieldsOf } from "./rows.ts";
import type { Section, SectionChange, SectionRecord } from "./section/section.ts";
import { noteUnknown } from "./unknown-records.ts";

export type AppliedSection = {
  /** Records. */
  added: number;
  changed: number;
  unchanged: number;
  /** Record changes that were new, and the change sets that they are of. */
  fresh: number;
  freshSets: Set<number>;
};

/** Records whose rows are read together. */
const PAGE = 4096;

/** `first`: the number that the first change set of the section gets in the log. */
export function applySection(store: Store, log: Log, section: Section, first: number): AppliedSection {
  const applied: AppliedSection = {
    added: 0,
    changed: 0,
    unchanged: 0,
    fresh: 0,
    freshSets: new Set(),
  };
  const count = (outcome: "added" | "changed" | "unchanged", fresh: readonly SectionChange[]) => {
    if (fresh.length > 0) applied[outcome]++;
    applied.fresh += fresh.length;
    for (const { set } of fresh) applied.freshSets.add(set);
  };
  const scopes = new Map(section.entities.map((entity) => [entity.name, entity]));
  const writtenFields = fieldsByEntity(section);
  const stampAt = (number: number) => log.factsAt(number).stamp;
  for (const { entity, records } of pagesOf(section, first)) {
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
  }
  return applied;
}

/** Not those that are probably new: of them the insert tells whether they are. */
function idsToRead(entity: EntityName, records: readonly SectionRecord[]): string[] {
  return records.flatMap(({ id, changes }) => (isCreation(entity, changes[0]) ? [] : [id]));
}

function* pagesOf(section: Section, first: number): Generator<{ entity: string; records: SectionRecord[] }> {
  let records: SectionRecord[] = [];
  for (const record of section.records(first)) {
    const entity = records[0]?.entity;
    if (entity !== undefined && (entity !== record.entity || records.length === PAGE)) {
      yield { entity, records };
      records = [];
    }
    records.push(record);
  }
  if (records[0]) yield { entity: records[0].entity, records };
}

function fieldsByEntity(section: Section): Map<string, string[]> {
  const byEntity = new Map<string, string[]>();
  for (const [entity, fields] of section.writtenFields()) {
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...fields]);
  }
  return byEntity;
}
