/**
 * The one registry of replicated entities. Validation, journal, sync, spreadsheet heads, form labels and
 * table columns come from here. To add a field: append one line to its entity in entities/ (never insert or reorder:
 * the journal packs a field's position into each row) and add one migration with the column.
 */

import { issueEntities } from "./entities/issue.ts";
import { ledgerEntities } from "./entities/ledger.ts";
import { officeEntities } from "./entities/office.ts";
import { planEntities } from "./entities/plan.ts";
import { statementEntities } from "./entities/statement.ts";
import type { Entity } from "./entity.ts";
import type { Field } from "./fields.ts";

export const registry = {
  ...officeEntities,
  ...ledgerEntities,
  ...planEntities,
  ...issueEntities,
  ...statementEntities,
} as const satisfies Record<string, Entity>;

export type EntityName = keyof typeof registry;
export const entityNames = Object.keys(registry) as EntityName[];

export type FieldName<E extends EntityName> = keyof (typeof registry)[E]["fields"] & string;

/** Entities whose records belong to an office themselves; what belongs to a project comes and goes with it. */
export type SubjectEntity = "project" | "person" | "month_statement";

export function isSubject(entity: string): entity is SubjectEntity {
  const by = entityOf(entity)?.scope.by;
  return by === "office" || by === "ownOffice";
}

export const subjectEntities = entityNames.filter(isSubject);

type ValueOf<F> = F extends { kind: "enum"; labels: infer L }
  ? keyof L & string
  : F extends { kind: "money" | "integer" }
    ? number
    : F extends { kind: "boolean" }
      ? 0 | 1
      : string;
type Nullable<F> = F extends { required: true } ? never : null;

/** A row of an entity as stored and as carried by the contract: its id and every registered field. */
export type Row<E extends EntityName> = { id: string } & {
  [K in FieldName<E>]: ValueOf<(typeof registry)[E]["fields"][K]> | Nullable<(typeof registry)[E]["fields"][K]>;
};

/** Field values of a write: some of an entity's fields. */
export type Values<E extends EntityName> = Partial<Omit<Row<E>, "id">>;

/** The entity of this name; undefined for one that a newer program has added (law 10). */
export function entityOf(name: string): Entity | undefined {
  return Object.hasOwn(registry, name) ? (registry as Record<string, Entity>)[name] : undefined;
}

/** The fields of an entity in registry order, widened for generic code. */
export function fieldsOf(entity: EntityName): [string, Field][] {
  return Object.entries(registry[entity].fields as Record<string, Field>);
}

/** Names of the fields a clerk may enter, in registry order: all but those that follow from acts of their own. */
export function enteredFields<E extends EntityName>(entity: E): FieldName<E>[] {
  return fieldsOf(entity)
    .filter(([, field]) => !field.byAct)
    .map(([name]) => name as FieldName<E>);
}

/** The field of this name; undefined for one that a newer program has added (law 10). */
export function fieldOf(entity: EntityName, name: string): Field | undefined {
  const fields = registry[entity].fields as Record<string, Field>;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
