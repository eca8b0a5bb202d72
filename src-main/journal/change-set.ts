/** The change set: all field writes of one user action, and its stored form when it stands alone. */
import { z } from "zod";
import type { StoredValue } from "#domain/fields.ts";
import { isStamp } from "./stamp.ts";

/** Who acts, where: carried by every change set. */
export type Actor = { officeId: string; officeName: string; personId: string; personName: string };

/** Who, where, when and why. */
export type SetFacts = Actor & { stamp: string; action: string };

/** What a write replaced: nothing, one change set's values in every field, or stamps by field. */
export type Replaced = null | string | Readonly<Record<string, string[]>>;

/** One record's part in a change set: its new values and what they replaced. */
export type RecordChange = { values: Readonly<Record<string, StoredValue>>; replaced: Replaced };

/** How the records of an entity find their owner; travels along so that older programs can route newer entities. */
export type EntityScope = { by: "city" | "office" | "ownOffice" | "project"; column: string };

export type ChangedRecord = RecordChange & { entity: string; id: string };

export type ChangeSet = SetFacts & { records: ChangedRecord[] };

/** The stamps that a change replaced in one field. */
export function replacedIn(change: RecordChange, field: string): readonly string[] {
  const { replaced } = change;
  if (replaced === null) return NOTHING;
  if (typeof replaced === "string") return [replaced];
  return Object.hasOwn(replaced, field) ? (replaced[field] ?? NOTHING) : NOTHING;
}

const NOTHING: readonly string[] = [];

/** The shortest form of what was replaced, given by field. */
export function shortReplaced(fields: readonly string[], byField: Readonly<Record<string, string[]>>): Replaced {
  const lists = fields.map((field) => byField[field] ?? NOTHING);
  if (lists.every((list) => list.length === 0)) return null;
  const [first] = lists[0] ?? NOTHING;
  if (first !== undefined && lists.every((list) => list.length === 1 && list[0] === first)) return first;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const list = byField[field] ?? [];
      return list.length > 0 ? [[field, list]] : [];
    }),
  );
}

export const MAX_TEXT = 100_000;
const MAX_REPLACED = 200;

const id = z.string().min(1).max(80);
/** Entities and fields, of newer programs too. */
export const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);
const stamp = z.string().refine(isStamp);
export const replacedByField = z.record(identifier, z.array(stamp).max(MAX_REPLACED));
export const actorNames = {
  officeId: id,
  officeName: z.string().max(200),
  personId: id,
  personName: z.string().max(200),
};
export const actionName = z.string().max(60);

/** A change set as JSON: in the log a local act, in the invitation the city-wide records. */
export const changeSetSchema = z.object({
  stamp,
  ...actorNames,
  action: actionName,
  records: z
    .array(
      z.object({
        entity: identifier,
        id,
        values: z.record(identifier, z.union([z.string().max(MAX_TEXT), z.number(), z.null()])),
        replaced: z.union([z.null(), stamp, replacedByField]),
      }),
    )
    .min(1),
});
