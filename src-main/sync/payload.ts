/** What travels inside a bundle: change sets and the acknowledgement of what came the other way. */
import { z } from "zod";
import { parseBody } from "#journal/body.ts";
import type { IncomingSet } from "#journal/journal.ts";
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
  /** [entity, row id, body] of each record. */
  rows: z.array(z.tuple([z.string().max(60), id, z.string().max(500_000)])).min(1),
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

/** The sets as the journal takes them in; null at the first body that is not one. */
export function incomingSets(sets: readonly PayloadSet[]): IncomingSet[] | null {
  const incoming: IncomingSet[] = [];
  for (const { stamp, officeId, officeName, personId, personName, action, rows } of sets) {
    const parsed = [];
    for (const [entity, rowId, body] of rows) {
      const change = parseBody(body);
      if (!change) return null;
      parsed.push({ entity, rowId, body, change });
    }
    incoming.push({ stamp, actor: { officeId, officeName, personId, personName }, action, rows: parsed });
  }
  return incoming;
}
