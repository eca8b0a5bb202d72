/**
 * Who may write which field (sync law 9): city-wide records only the city, review decisions from the district
 * upward, steps of the ladder of issues by whoever may take them. Checked before a local write and again on import, so
 * an office never makes what others would refuse.
 */
import type { Field, StoredValue } from "./fields.ts";
import { lowestIssueWriter } from "./issue.ts";
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
    const isOfIssue = entity === "issue" || entity === "issue_entry";
    const needed = isOfIssue
      ? highest(lowestIssueWriter(name, value, values.kind), field.writers)
      : lowestWriter(field, value);
    if (!isAtLeast(level, needed)) return { what: `${label}“${field.label}”`, who: whoeverIs(needed) };
  }
  return null;
}

/** The lowest level that may write this value. */
function lowestWriter(field: Field, value: StoredValue): OfficeLevel {
  const isAudit = field.kind === "enum" && field.labels === auditStates;
  if (isAudit && !mayWriteAuditState(value as AuditState | null, "street")) return "district";
  return field.writers ?? "street";
}

function highest(left: OfficeLevel, right: OfficeLevel = "street"): OfficeLevel {
  return isAtLeast(left, right) ? left : right;
}

function whoeverIs(level: OfficeLevel): string {
  return level === "city" ? officeLevels.city : `${officeLevels.district}或${officeLevels.city}`;
}
