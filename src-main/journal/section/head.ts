/** The readable head of a section: counts, and the short lists that its columns point into. */
import { z } from "zod";
import { actionName, actorNames, identifier, replacedByField } from "#journal/change-set.ts";
import { SectionError } from "./bytes.ts";
import { columnKinds } from "./columns.ts";

const count = z.int().min(0);
const replica = z.string().regex(/^[0-9a-z]{8}$/);

const headSchema = z.object({
  sets: count.min(1),
  changes: count,
  /** Replica, office, person and action of sets; a set names its place here. */
  origins: z.array(
    z.tuple([
      replica,
      actorNames.officeId,
      actorNames.officeName,
      actorNames.personId,
      actorNames.personName,
      actionName,
    ]),
  ),
  /** Number of replaced stamps that are not of a set in the section, and their replicas. */
  stamps: count,
  replicas: z.array(replica),
  /** What changes replaced that replaced different stamps in different fields. */
  mixed: z.array(replacedByField),
  /** Groups of records, each with how its records find their owner. */
  entities: z.array(
    z.object({
      name: identifier,
      by: z.enum(["city", "office", "ownOffice", "project"]),
      column: z.union([identifier, z.literal("")]),
      records: count,
      ids: z.enum(["uuid", "text"]),
    }),
  ),
  /** Entity and fields of changes; a change names its place here. */
  shapes: z.array(z.tuple([count, z.array(identifier).max(200)])),
  /** Entity, field, kind and number of values. */
  columns: z.array(z.tuple([count, identifier, z.enum(columnKinds), count])),
});

export type SectionHead = z.infer<typeof headSchema>;

/** Throws SectionError. */
export function readHead(bytes: Buffer): SectionHead {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new SectionError("unreadable head");
  }
  const head = headSchema.safeParse(json);
  if (!head.success) throw new SectionError(`head: ${head.error.issues[0]?.path.join(".") ?? ""}`);
  return head.data;
}
