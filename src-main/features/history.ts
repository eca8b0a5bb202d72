/** History of records for people: who changed what, from what to what, in words instead of codes. */
import { type InferResult, sql } from "kysely";
import type { FieldChange, HistoryEntry } from "#contract/base.ts";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { displayValue as displayText } from "#domain/display.ts";
import type { Field, StoredValue } from "#domain/fields.ts";
import { type EntityName, entityOf, fieldOf, registry } from "#domain/registry.ts";
import { decodeBody, type RecordChange } from "#journal/body.ts";
import { query } from "#store/store.ts";
import { projectOf } from "#sync/scope.ts";
import type { Office } from "./office.ts";

/** The text a clerk reads for a stored value; empty for none. */
export function displayValue(office: Office, field: Field | undefined, value: StoredValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (field?.kind === "reference" && value !== "")
    return recordTitle(office, field.entity as EntityName, String(value));
  return field ? displayText(field, value) : String(value);
}

/** What names a record in lists: its title field, resolved once when that is a reference. */
export function recordTitle(office: Office, entity: EntityName, id: string): string {
  const { title } = registry[entity];
  const row = office.store.prepare(`select ${title} as title from ${entity} where id = ?`).get(id) as
    | { title: StoredValue }
    | undefined;
  if (!row) return "（未收到）";
  return displayValue(office, fieldOf(entity, title), row.title);
}

/** History of the given records, newest first. `limit` bounds the number of entries. */
export function historyOf(office: Office, recordIds: readonly string[], limit = 2000): HistoryEntry[] {
  const ids = JSON.stringify(recordIds);
  return entries(
    office,
    office.store.all(
      changes()
        .where("change_row.row_id", "in", sql<string>`(select value from json_each(${ids}))`)
        .orderBy("change_set.at_ms", "desc")
        .orderBy("change_row.id", "desc")
        .limit(limit),
    ),
  );
}

/** History of a stretch of the log: what one import brought. */
export function historyOfRange(office: Office, firstRow: number, lastRow: number, limit = 2000): HistoryEntry[] {
  return entries(
    office,
    office.store.all(
      changes()
        .where("change_row.id", ">=", firstRow)
        .where("change_row.id", "<=", lastRow)
        .orderBy("change_row.id")
        .limit(limit),
    ),
  );
}

function changes() {
  return query
    .selectFrom("change_row")
    .innerJoin("change_set", "change_set.id", "change_row.set_id")
    .select([
      "change_set.stamp",
      "change_set.office_name",
      "change_set.person_name",
      "change_set.action",
      "change_set.at_ms",
      "change_set.clock_suspect",
      "change_row.entity",
      "change_row.row_id",
      "change_row.body",
    ]);
}

type LogEntry = InferResult<ReturnType<typeof changes>>[number];

function entries(office: Office, log: LogEntry[]): HistoryEntry[] {
  const bodies = new Map<string, Map<string, RecordChange>>();
  return log
    .filter((entry) => entityOf(entry.entity))
    .map((entry) => {
      const entity = entry.entity as EntityName;
      const change = decodeBody(entry.body);
      // A record begins with its title (always required); a first value of another field replaces nothing either.
      const created =
        Object.hasOwn(change.values, registry[entity].title) &&
        Object.values(change.replaced).every((stamps) => stamps.length === 0);
      const earlier = created ? undefined : recordChanges(office, entry.row_id, bodies);
      return {
        changeSet: entry.stamp,
        entity,
        recordId: entry.row_id,
        projectId: projectOf(office.store, entity, entry.row_id),
        entityLabel: registry[entity].label,
        title: recordTitle(office, entity, entry.row_id),
        action: actionLabel(entry.action),
        at: localDateTime(entry.at_ms),
        office: entry.office_name,
        person: entry.person_name,
        created,
        clockSuspect: entry.clock_suspect === 1,
        changes: fieldChanges(office, entity, change, earlier),
      };
    });
}

/** Every change of one record by stamp, read once per call. */
function recordChanges(office: Office, id: string, cache: Map<string, Map<string, RecordChange>>) {
  const cached = cache.get(id);
  if (cached) return cached;
  const rows = office.store.all(
    query
      .selectFrom("change_row")
      .innerJoin("change_set", "change_set.id", "change_row.set_id")
      .select(["change_set.stamp", "change_row.body"])
      .where("change_row.row_id", "=", id),
  );
  const byStamp = new Map(rows.map(({ stamp, body }) => [stamp, decodeBody(body)]));
  cache.set(id, byStamp);
  return byStamp;
}

function fieldChanges(
  office: Office,
  entity: EntityName,
  change: RecordChange,
  earlier: Map<string, RecordChange> | undefined,
): FieldChange[] {
  return Object.entries(change.values).map(([name, value]) => {
    const field = fieldOf(entity, name);
    const before = (change.replaced[name] ?? [])
      .map((stamp) => earlier?.get(stamp)?.values[name])
      .find((previous) => previous !== undefined);
    return {
      field: name,
      label: field?.label ?? `${name}（新版程序的字段）`,
      before: displayValue(office, field, before),
      after: displayValue(office, field, value),
    };
  });
}
