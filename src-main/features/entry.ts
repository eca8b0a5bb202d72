/** Checks that the entry forms of several features share. The journal checks each value against the registry. */
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import {
  type EntityName,
  enteredFields,
  type FieldName,
  fieldOf,
  type Row,
  registry,
  type Values,
} from "#domain/registry.ts";
import { query } from "#store/store.ts";
import type { Office } from "./office.ts";

/**
 * The values of a form, which may set only fields that a clerk enters and none of `fixed`, which the call itself
 * names. Throws Failure invalid_value.
 */
export function formValues<E extends EntityName>(
  entity: E,
  values: Readonly<Record<string, StoredValue>>,
  fixed: readonly FieldName<E>[] = [],
): Values<E> {
  const allowed = new Set<string>(enteredFields(entity).filter((name) => !fixed.includes(name)));
  const other = Object.keys(values).find((name) => !allowed.has(name));
  if (other !== undefined) {
    const field = fieldOf(entity, other)?.label ?? other;
    throw new Failure("invalid_value", { where: registry[entity].label, field, reason: "不能在这里填写" });
  }
  return values as Values<E>;
}

/** Throws Failure future_date when the day is later than today. */
export function requireNotFuture(office: Office, field: string, day: string | null | undefined): void {
  const { today } = office;
  if (day && day > today) throw new Failure("future_date", { field, today });
}

/** A person who may be chosen for new work. Throws Failure not_found or person_archived. */
export function requireActivePerson(office: Office, id: string): Row<"person"> {
  const person = office.store.first(query.selectFrom("person").selectAll().where("id", "=", id));
  if (!person) throw new Failure("not_found", { what: "人员" });
  if (person.archived_on !== null) throw new Failure("person_archived", { name: person.name });
  return person;
}
