import { type EntityName, enteredFields, type FieldName } from "#domain/registry.ts";
import type { FieldGroup } from "./record-form.tsx";

/** Fields a clerk enters that are not among `named`: those that the registry has gained since a form was laid out. */
export function otherFields<E extends EntityName>(entity: E, named: readonly FieldName<E>[]): FieldName<E>[] {
  return enteredFields(entity).filter((name) => !named.includes(name));
}

/**
 * The groups of a form, and a last one with every entered field that none of them names, so that a new field of the
 * registry appears by itself. `without`: fields that the page sets itself.
 */
export function completeGroups<E extends EntityName>(
  entity: E,
  groups: readonly FieldGroup<E>[],
  without: readonly FieldName<E>[] = [],
): FieldGroup<E>[] {
  const others = otherFields(entity, [...groups.flatMap(({ fields }) => fields), ...without]);
  return others.length === 0 ? [...groups] : [...groups, { title: "其他", fields: others }];
}
