/**
 * Who may write which field (sync law 9): city-wide records only the city, review decisions from the district
 * upward. Checked before a local write and again on import, so an office never makes what others would refuse.
 */
import type { Field, StoredValue } from "./fields.ts";
import { isAtLeast } from "./office-tree.ts";
import { type EntityName, fieldOf, registry } from "./registry.ts";
import { mayWriteAuditState } from "./review.ts";
import { type AuditState, auditStates, type OfficeLevel, officeLevels } from "./values.ts";

export type Breach = { what: string; who: string };

/** What an office of this level may not write among the values, and who may; null when all is allowed. */
export function authorityBreach(
  entity: EntityName,
  values: Readonly<Record<string, StoredValue | undefined>>,
  level: OfficeLevel,
): Breach | null {
  const { label, scope } = registry[entity];
  if (scope.by === "city" && level !== "city") return { what: label, who: officeLevels.city };
  for (const name in values) {
    const field = fieldOf(entity, name);
    const value = values[name];
    if (!field || value === undefined) continue;
    const decides = hangsOnValue(field) && !mayWriteAuditState(value as AuditState | null, level);
    if (decides || (field.writers && !isAtLeast(level, field.writers))) {
      return { what: `${label}“${field.label}”`, who: `${officeLevels.district}或${officeLevels.city}` };
    }
  }
  return null;
}

/** Whether it hangs on the value who may write a field; of all others the name decides, and an import asks it once. */
export function hangsOnValue(field: Field | undefined): boolean {
  return field?.kind === "enum" && field.labels === auditStates;
}
