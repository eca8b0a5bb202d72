/** Applies a section record by record, each with all its changes at once: the fast way in for imports. */
import { type EntityName, entityOf } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { applyChanges } from "./apply.ts";
import type { Log } from "./log.ts";
import type { Section } from "./section/section.ts";
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

/** `first`: the number that the first change set of the section gets in the log. */
export function applySection(store: Store, log: Log, section: Section, first: number): AppliedSection {
  const applied: AppliedSection = {
    added: 0,
    changed: 0,
    unchanged: 0,
    fresh: 0,
    freshSets: new Set(),
  };
  const scopes = new Map(section.entities.map((entity) => [entity.name, entity]));
  const stampAt = (number: number) => log.factsAt(number).stamp;
  for (const { entity, id, changes } of section.records(first)) {
    const scope = scopes.get(entity);
    const { outcome, fresh } =
      entityOf(entity) || !scope
        ? applyChanges(store, log, entity as EntityName, id, changes)
        : { outcome: "unchanged" as const, fresh: noteUnknown(store, entity, scope, id, changes, stampAt) };
    if (fresh.length > 0) applied[outcome]++;
    applied.fresh += fresh.length;
    for (const { set } of fresh) applied.freshSets.add(set);
  }
  return applied;
}
