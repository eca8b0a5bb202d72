/** What travels inside a bundle: change sets and the acknowledgement of what came the other way. */
import { z } from "zod";
import type { IncomingRow } from "#journal/journal.ts";
import { isStamp } from "#journal/stamp.ts";

const id = z.string().min(1).max(80);
const position = z.int().min(0);
const replica = z.string().regex(/^[0-9a-z]{8}$/);

const setSchema = z.object({
  stamp: z.string().refine(isStamp),
  officeId: id,
  officeName: z.string().max(200),
  personId: id,
  personName: z.string().max(200),
  action: z.string().max(60),
  rows: z.custom<IncomingRow[]>((rows) => Array.isArray(rows) && rows.length > 0 && rows.every(isRow)),
});

export const payloadSchema = z.object({
  from: id,
  to: id,
  replica,
  /** The receiver's replica as the sender knows it; null before it has heard from the receiver. */
  receiver: replica.nullable(),
  number: z.int().min(1),
  /** The bundle covers the sender's log after `base` up to and including `position`. */
  base: position,
  position,
  /** What the sender has taken in from the receiver; null before the first. */
  acknowledges: z.object({ replica, number: z.int().min(0), position }).nullable(),
  sets: z.array(setSchema),
});

export type Payload = z.infer<typeof payloadSchema>;
export type PayloadSet = z.infer<typeof setSchema>;

/** A bundle may hold hundreds of thousands of these, so they are checked by hand and not copied. */
function isRow(row: unknown): row is IncomingRow {
  if (!Array.isArray(row) || row.length !== 3) return false;
  const [entity, rowId, body] = row as unknown[];
  return isText(entity, 0, 60) && isText(rowId, 1, 80) && isText(body, 0, 500_000);
}

function isText(value: unknown, min: number, max: number): boolean {
  return typeof value === "string" && value.length >= min && value.length <= max;
}
