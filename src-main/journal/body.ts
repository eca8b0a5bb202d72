/**
 * The stored form of one record's part in a change set: `{"v": values, "w": what each write replaced}`.
 * `w` is absent when nothing was replaced, one stamp when every field replaced the same one, else lists by field.
 */
import type { StoredValue } from "#domain/fields.ts";
import { isStamp } from "./stamp.ts";

export type RecordChange = { values: Record<string, StoredValue>; replaced: Record<string, string[]> };
type Body = { v: Record<string, StoredValue>; w?: string | Record<string, string[]> };

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
  return expand(JSON.parse(encoded) as Body);
}

/**
 * Checks and reads a body that came from outside; null when it does not have the shape of one. Plain code instead
 * of a zod schema: an import asks this for every record.
 */
export function parseBody(encoded: string): RecordChange | null {
  try {
    const parsed: unknown = JSON.parse(encoded);
    return isBody(parsed) ? expand(parsed) : null;
  } catch {
    return null;
  }
}

const MAX_FIELD_NAME = 60;
const MAX_TEXT = 100_000;
const MAX_REPLACED = 200;

function isBody(parsed: unknown): parsed is Body {
  if (!isPlainObject(parsed) || !Object.keys(parsed).every((key) => key === "v" || key === "w")) return false;
  const { v: values, w: replaced } = parsed;
  return isPlainObject(values) && areValues(values) && (replaced === undefined || isReplaced(replaced));
}

function areValues(values: Record<string, unknown>): boolean {
  for (const name in values) {
    const value = values[name];
    const fits = typeof value === "string" ? value.length <= MAX_TEXT : value === null || typeof value === "number";
    if (!fits || name === "" || name.length > MAX_FIELD_NAME) return false;
  }
  return true;
}

function isReplaced(replaced: unknown): boolean {
  if (typeof replaced === "string") return isStamp(replaced);
  return isPlainObject(replaced) && Object.values(replaced).every(isStampList);
}

function isStampList(list: unknown): boolean {
  return (
    Array.isArray(list) &&
    list.length <= MAX_REPLACED &&
    list.every((item) => typeof item === "string" && isStamp(item))
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function expand({ v: values, w: replaced }: Body): RecordChange {
  if (replaced === undefined) return { values, replaced: {} };
  if (typeof replaced !== "string") return { values, replaced };
  return { values, replaced: Object.fromEntries(Object.keys(values).map((field) => [field, [replaced]])) };
}
