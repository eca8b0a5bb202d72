/**
 * Who may write which field (sync law 9): city-wide records only the city, review decisions from the district
 * upward, steps of the ladder of issues by whoever may take them. Checked before a local write and again on import, so
 * an office never makes what others would refuse.
 */
import type { Field, StoredValue } from "./fields.ts";
import { lowestActor, lowestRaiser } from "./issue.ts";
import { isAtLeast } from "./office-tree.ts";
import { type EntityName, fieldOf, registry } from "./registry.ts";
import { mayWriteAuditState } from "./review.ts";
import {
  type AuditState,
  auditStates,
  issueEntryKinds,
  issueLevels,
  type OfficeLevel,
  officeLevels,
} from "./values.ts";

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
    const needed = lowestWriter(field, value, values);
    if (!isAtLeast(level, needed)) return { what: `${label}“${field.label}”`, who: whoeverIs(needed) };
  }
  return null;
}

/** Whether it hangs on the value who may write a field; of all others the name decides, and an import asks it once. */
export function hangsOnValue(field: Field | undefined): boolean {
  return field?.kind === "enum" && weighed.has(field.labels);
}

const weighed = new Set<object>([auditStates, issueLevels, issueEntryKinds]);

/** The lowest level that may write this value beside the others of its record. */
function lowestWriter(field: Field, value: StoredValue, { kind }: Readonly<Record<string, unknown>>): OfficeLevel {
  if (field.writers || field.kind !== "enum") return field.writers ?? "street";
  switch (field.labels) {
    case auditStates:
      return mayWriteAuditState(value as AuditState | null, "street") ? "street" : "district";
    case issueEntryKinds:
      return lowestActor(value);
    case issueLevels:
      return kind === undefined || kind === "raise" ? lowestRaiser(value) : "street";
    default:
      return "street";
  }
}

function whoeverIs(level: OfficeLevel): string {
  return level === "city" ? officeLevels.city : `${officeLevels.district}或${officeLevels.city}`;
}
