/** What settling a conflict writes, and who may. */
import type { Written } from "#contract/base.ts";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import type { EntityName } from "#domain/registry.ts";
import type { Write } from "#journal/journal.ts";
import { stampMs } from "#journal/stamp.ts";
import { parseVersions } from "#journal/versions.ts";
import { query } from "#store/store.ts";
import { projectOf } from "#sync/scope.ts";
import { changesOfRecord } from "./history.ts";
import type { Office } from "./office.ts";

/** Records a settling. Where every value stays the one shown there is nothing to take back, so no change set is named. */
export function writeSettling(office: Office, writes: readonly Write[]): Written {
  const isNew = writes.some(({ entity, id, values }) => {
    const row = office.store.prepare(`select * from ${entity} where id = ?`).get(id) as Record<string, StoredValue>;
    return Object.entries(values).some(([field, value]) => row[field] !== value);
  });
  const written = office.write("settle_conflict", writes[0]?.id ?? "", writes);
  return isNew ? written : { ...written, changeSet: null };
}

type Place = { entity: EntityName; recordId: string; field: string };

/**
 * Records of other offices are settled there: their bundles would refuse it from here (sync law 9).
 * Throws Failure out_of_scope, not_permitted.
 */
export function requireSettledHere(office: Office, { entity, recordId }: Place): void {
  const { subtree, store, self } = office;
  const projectId = projectOf(store, entity, recordId);
  if (projectId !== null) {
    const project = store.first(query.selectFrom("project").select("office_id").where("id", "=", projectId));
    if (project && !subtree.has(project.office_id)) throw new Failure("out_of_scope");
  }
  if (entity !== "person") return;
  const person = store.first(query.selectFrom("person").select("office_id").where("id", "=", recordId));
  if (person && !subtree.has(person.office_id)) {
    throw new Failure("not_permitted", { office: self.name, what: "其他单位的人员", who: "其所在单位或上级" });
  }
}

/** The write that settles: by the value of one side (`stamp`), or by a new one (null). */
export function settlingWrite(
  office: Office,
  { entity, recordId, field }: Place,
  { stamp, value }: { stamp: string | null; value: StoredValue },
): Write {
  const isProgress = entity === "project" && field === "image_progress" && value !== null;
  const values = { [field]: value, ...(isProgress && progressDay(office, recordId, stamp)) };
  return { entity, id: recordId, values, settles: true } as Write;
}

/**
 * 资料截至 goes with 形象进度, beside which it is printed: the day that the side gave or else wrote it on; a new value
 * is of today.
 */
function progressDay(office: Office, projectId: string, stamp: string | null): { as_of?: string } {
  const { store, today } = office;
  const project = store.first(query.selectFrom("project").select(["as_of", "versions"]).where("id", "=", projectId));
  const { byField, contested } = parseVersions("project", project?.versions ?? "");
  // The side shown is the one that gave the day shown: nothing to read in the log.
  const isShown = stamp !== null && byField.get("as_of") === stamp;
  const day = stamp === null ? today : isShown ? project?.as_of : dayOfSide(office, projectId, stamp);
  if (!day || (project?.as_of === day && !(contested && isContested(office, projectId, "as_of")))) return {};
  return { as_of: day };
}

function isContested({ store }: Office, projectId: string, field: string): boolean {
  const head = query.selectFrom("field_heads").select("field").where("entity", "=", "project");
  return store.first(head.where("row_id", "=", projectId).where("field", "=", field)) !== undefined;
}

function dayOfSide(office: Office, projectId: string, stamp: string): string {
  const written = changesOfRecord(office, "project", projectId).find((change) => change.stamp === stamp)?.values.as_of;
  return typeof written === "string" ? written : localDate(new Date(stampMs(stamp)));
}
