import { z } from "zod";
import { isIsoDate, isIsoMonth } from "./calendar.ts";
import { keysOf, type OfficeLevel } from "./values.ts";

/**
 * The kinds of field an entity may have. The kind decides the SQLite column, the zod check of a stored
 * value, the spreadsheet parser and the form control; nothing else in the program lists these again.
 */
export type FieldKind =
  | { kind: "text"; max: number; multiline?: boolean }
  /** Integer hundredths of 万元 (100 = 1 万元). */
  | { kind: "money" }
  | { kind: "integer"; min: number; max: number }
  | { kind: "date" }
  | { kind: "month" }
  | { kind: "boolean" }
  | { kind: "enum"; labels: Readonly<Record<string, string>> }
  /** Several enum keys, stored as one text joined by "," in display order. */
  | { kind: "enumSet"; labels: Readonly<Record<string, string>> }
  | { kind: "reference"; entity: string }
  | { kind: "json"; max: number };

export type StoredValue = string | number | null;

export type Field = FieldKind & {
  /** Chinese label used by forms, sheets, spreadsheet heads and messages. */
  label: string;
  /** Other spreadsheet heads that mean this field. */
  aliases?: readonly string[];
  required?: boolean;
  /** Lowest office level that may write it; absent: every office in scope. */
  writers?: OfficeLevel;
  /** Follows from an act of its own (archiving, review): no form or spreadsheet sets it. */
  byAct?: true;
};

type Options = Pick<Field, "aliases" | "required" | "writers" | "byAct">;

/** One factory per kind; `O` keeps the literal `required: true`, from which row types are made. */
export const text = <const O extends Options & { max?: number }>(label: string, options: O = {} as O) => ({
  kind: "text" as const,
  label,
  ...options,
  max: options.max ?? 200,
});
export const longText = <const O extends Options>(label: string, options: O = {} as O) => ({
  kind: "text" as const,
  max: 4000,
  multiline: true,
  label,
  ...options,
});
export const money = <const O extends Options>(label: string, options: O = {} as O) => ({
  kind: "money" as const,
  label,
  ...options,
});
export const integer = <const O extends Options>(label: string, min: number, max: number, options: O = {} as O) => ({
  kind: "integer" as const,
  min,
  max,
  label,
  ...options,
});
export const date = <const O extends Options>(label: string, options: O = {} as O) => ({
  kind: "date" as const,
  label,
  ...options,
});
export const month = <const O extends Options>(label: string, options: O = {} as O) => ({
  kind: "month" as const,
  label,
  ...options,
});
export const boolean = <const O extends Options>(label: string, options: O = {} as O) => ({
  kind: "boolean" as const,
  label,
  ...options,
});
export const oneOf = <L extends Readonly<Record<string, string>>, const O extends Options>(
  label: string,
  labels: L,
  options: O = {} as O,
) => ({ kind: "enum" as const, labels, label, ...options });
export const setOf = <L extends Readonly<Record<string, string>>, const O extends Options>(
  label: string,
  labels: L,
  options: O = {} as O,
) => ({ kind: "enumSet" as const, labels, label, ...options });
export const reference = <const O extends Options>(label: string, entity: string, options: O = {} as O) => ({
  kind: "reference" as const,
  entity,
  label,
  ...options,
});
export const json = <const O extends Options>(label: string, options: O = {} as O) => ({
  kind: "json" as const,
  max: 20_000,
  label,
  ...options,
});

/** Largest storable amount: 10 万亿元 in hundredths of 万元, far below 2^53. */
export const MAX_MONEY = 10_000_000_000_000;

/** zod check of a stored value; Chinese messages, without the field's name (the caller says where). */
export function storedValueSchema(field: Field): z.ZodType<StoredValue> {
  const value = nonNullSchema(field);
  return field.required ? value : value.nullable();
}

function nonNullSchema(field: Field): z.ZodType<StoredValue> {
  switch (field.kind) {
    case "text":
      return z
        .string({ error: "应为文字" })
        .min(field.required ? 1 : 0, { error: "不能为空" })
        .max(field.max, { error: `不能超过 ${field.max} 个字` });
    case "money":
      return z
        .int({ error: "应为金额" })
        .min(0, { error: "金额不能为负" })
        .max(MAX_MONEY, { error: "金额过大，请检查单位" });
    case "integer":
      return z
        .int({ error: "应为整数" })
        .min(field.min, { error: `不能小于 ${field.min}` })
        .max(field.max, { error: `不能大于 ${field.max}` });
    case "date":
      return z.string({ error: "应为日期" }).refine(isIsoDate, { error: "应为日期，如 2026-11-22" });
    case "month":
      return z.string({ error: "应为月份" }).refine(isIsoMonth, { error: "应为月份，如 2026-11" });
    case "boolean":
      return z.literal([0, 1], { error: "应为是或否" });
    case "enum":
      return z.enum(keysOf(field.labels), { error: `应为：${Object.values(field.labels).join("、")}` });
    case "enumSet":
      return z
        .string()
        .refine((value) => value === "" || value.split(",").every((key) => Object.hasOwn(field.labels, key)), {
          error: `应为：${Object.values(field.labels).join("、")}`,
        });
    case "reference":
      return z.string({ error: "应为编号" }).min(1, { error: "不能为空" }).max(80, { error: "编号过长" });
    case "json":
      return z.string().max(field.max, { error: "内容过长" });
  }
}
