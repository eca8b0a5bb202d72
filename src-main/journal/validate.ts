/** Checks field values against the registry before they may enter the log. */
import { Failure } from "#domain/failure.ts";
import { type StoredValue, valueProblem } from "#domain/fields.ts";
import { type EntityName, fieldOf, fieldsOf, registry } from "#domain/registry.ts";

/**
 * Checks the values of a local write. Empty texts count as no value. A new record needs every required field.
 * Throws Failure invalid_value naming record and field.
 */
export function checkedValues(
  entity: EntityName,
  given: Readonly<Record<string, StoredValue | undefined>>,
  isNew: boolean,
): Record<string, StoredValue> {
  const where = registry[entity].label;
  const values: Record<string, StoredValue> = {};
  for (const name in given) {
    const value = given[name];
    const field = fieldOf(entity, name);
    if (!field) throw new Failure("invalid_value", { where, field: name, reason: "没有这个字段" });
    if (value === undefined) continue;
    const stored = typeof value === "string" ? value.trim() || null : value;
    const reason = valueProblem(field, stored);
    if (reason) throw new Failure("invalid_value", { where, field: field.label, reason });
    values[name] = stored;
  }
  if (isNew) {
    for (const [name, field] of fieldsOf(entity)) {
      if (field.required && values[name] === undefined) {
        throw new Failure("invalid_value", { where, field: field.label, reason: "不能为空" });
      }
    }
  }
  return values;
}
