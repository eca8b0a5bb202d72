/**
 * The stored form of one record's part in a change set: `{"v": values, "w": what each write replaced}`.
 * `w` is absent when nothing was replaced, one stamp when every field replaced the same one, else lists by field.
 */
import { z } from "zod";
import type { StoredValue } from "#domain/fields.ts";
import { isStamp } from "./stamp.ts";

export type RecordChange = { values: Record<string, StoredValue>; replaced: Record<string, string[]> };

const stamp = z.string().refine(isStamp);
const body = z.strictObject({
  v: z.record(z.string().min(1).max(60), z.union([z.string().max(100_000), z.number(), z.null()])),
  w: z.union([stamp, z.record(z.string(), z.array(stamp).max(200))]).optional(),
});

export function encodeBody(change: RecordChange): string {
  const fields = Object.keys(change.values);
  const lists = fields.map((field) => change.replaced[field] ?? []);
  const first = lists[0]?.[0];
  if (lists.every((list) => list.length === 0)) return JSON.stringify({ v: change.values });
  if (lists.every((list) => list.length === 1 && list[0] === first)) {
    return JSON.stringify({ v: change.values, w: first });
  }
  const entries = fields.filter((field) => (change.replaced[field] ?? []).length > 0);
  return JSON.stringify({
    v: change.values,
    w: Object.fromEntries(entries.map((field) => [field, change.replaced[field]])),
  });
}

/** Reads a body of our own log. */
export function decodeBody(encoded: string): RecordChange {
  return expand(JSON.parse(encoded) as z.output<typeof body>);
}

/** Checks and reads a body that came from outside; null when it does not have the shape of one. */
export function parseBody(encoded: string): RecordChange | null {
  try {
    const parsed = body.safeParse(JSON.parse(encoded));
    return parsed.success ? expand(parsed.data) : null;
  } catch {
    return null;
  }
}

function expand(parsed: z.output<typeof body>): RecordChange {
  const { v: values, w: replaced } = parsed;
  if (replaced === undefined) return { values, replaced: {} };
  if (typeof replaced !== "string") return { values, replaced };
  return { values, replaced: Object.fromEntries(Object.keys(values).map((field) => [field, [replaced]])) };
}
