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
import type { Office } from "./office.ts";
import { type WrittenPart, writtenValues } from "./written-values.ts";

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

/** A conflict and what settles it: the value of one side (`stamp`), or a new one (null). */
export type Choice = { conflict: Place; chosen: { stamp: string | null; value: StoredValue } };

/** The writes that settle, in the order of the choices. */
export function settlingWrites(office: Office, choices: readonly Choice[]): Write[] {
  const sides = choices.filter(isProgress).flatMap(({ conflict, chosen: { stamp } }): WrittenPart[] => {
    // The side shown is mostly the one that gave the day shown: nothing to read in the log.
    if (stamp === null || projectDay(office, conflict.recordId).stamp === stamp) return [];
    return [{ entity: "project", id: conflict.recordId, stamp }];
  });
  const valuesOf = writtenValues(office, sides);
  return choices.map((choice) => {
    const { entity, recordId, field } = choice.conflict;
    const values = { [field]: choice.chosen.value, ...(isProgress(choice) && progressDay(office, choice, valuesOf)) };
    return { entity, id: recordId, values, settles: true } as Write;
  });
}

function isProgress({ conflict, chosen }: Choice): boolean {
  return conflict.entity === "project" && conflict.field === "image_progress" && chosen.value !== null;
}

/**
 * 资料截至 goes with 形象进度, beside which it is printed: the day that the side gave or else wrote it on; a new value
 * is of today.
 */
function progressDay(
  office: Office,
  { conflict: { recordId }, chosen: { stamp } }: Choice,
  valuesOf: ReturnType<typeof writtenValues>,
): { as_of?: string } {
  const present = projectDay(office, recordId);
  const given = stamp === null ? null : valuesOf({ entity: "project", id: recordId, stamp })?.as_of;
  const dayOfSide = typeof given === "string" ? given : localDate(new Date(stampMs(stamp ?? "")));
  const day = stamp === null ? office.today : stamp === present.stamp ? present.day : dayOfSide;
  const isSettled = !present.contested || !isContested(office, recordId, "as_of");
  return !day || (present.day === day && isSettled) ? {} : { as_of: day };
}

/** 资料截至 as it stands, and the change set that wrote it. */
function projectDay({ store }: Office, projectId: string) {
  const project = store.first(query.selectFrom("project").select(["as_of", "versions"]).where("id", "=", projectId));
  const { byField, contested } = parseVersions("project", project?.versions ?? "");
  return { day: project?.as_of ?? null, stamp: byField.get("as_of"), contested };
}

function isContested({ store }: Office, projectId: string, field: string): boolean {
  const head = query.selectFrom("field_heads").select("field").where("entity", "=", "project");
  return store.first(head.where("row_id", "=", projectId).where("field", "=", field)) !== undefined;
}
