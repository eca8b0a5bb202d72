/** Checks field values against the registry before they may enter the log. */
import { Failure } from "#domain/failure.ts";
import { type Field, type StoredValue, storedValueSchema } from "#domain/fields.ts";
import { type EntityName, entityNames, fieldsOf, registry } from "#domain/registry.ts";

const schemas = new Map(
  entityNames.map((entity) => [
    entity,
    new Map(
      fieldsOf(entity).map(
        ([name, field]): [string, { field: Field; schema: ReturnType<typeof storedValueSchema> }] => [
          name,
          { field, schema: storedValueSchema(field) },
        ],
      ),
    ),
  ]),
);

/** The reason why a value may not be stored in a field, in Chinese; null when it may, or the field is unknown. */
export function valueProblem(entity: EntityName, field: string, value: StoredValue): string | null {
  const parsed = schemas.get(entity)?.get(field)?.schema.safeParse(value);
  return parsed === undefined || parsed.success ? null : (parsed.error.issues[0]?.message ?? "不正确");
}

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
  const known = schemas.get(entity);
  for (const [name, value] of Object.entries(given)) {
    const entry = known?.get(name);
    if (!entry) throw new Failure("invalid_value", { where, field: name, reason: "没有这个字段" });
    if (value === undefined) continue;
    const stored = typeof value === "string" ? value.trim() || null : value;
    const reason = stored === null && entry.field.required ? "不能为空" : valueProblem(entity, name, stored);
    if (reason) throw new Failure("invalid_value", { where, field: entry.field.label, reason });
    values[name] = stored;
  }
  if (isNew) {
    for (const [name, { field }] of known ?? []) {
      if (field.required && values[name] === undefined) {
        throw new Failure("invalid_value", { where, field: field.label, reason: "不能为空" });
      }
    }
  }
  return values;
}
