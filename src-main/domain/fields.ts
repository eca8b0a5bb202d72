import { isIsoDate, isIsoMonth } from "./calendar.ts";
import type { OfficeLevel } from "./values.ts";

/**
 * The kinds of field an entity may have. The kind decides the SQLite column, the check of a stored
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
  /** Made by the program for itself (a hash): means nothing to a clerk, and no history shows it. */
  hidden?: true;
};

type Options = Pick<Field, "aliases" | "required" | "writers" | "byAct" | "hidden">;

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

/**
 * Why a value may not be stored in a field, in Chinese and without the field's name (the caller says where); null
 * when it may. Plain code instead of a zod schema: an import asks this millions of times.
 */
export function valueProblem(field: Field, value: unknown): string | null {
  if (value === null) return field.required ? "不能为空" : null;
  switch (field.kind) {
    case "money":
      return numberProblem(value, "应为金额", 0, "金额不能为负", MAX_MONEY, "金额过大，请检查单位");
    case "integer":
      return numberProblem(value, "应为整数", field.min, `不能小于 ${field.min}`, field.max, `不能大于 ${field.max}`);
    case "boolean":
      return value === 0 || value === 1 ? null : "应为是或否";
    default:
      return typeof value === "string" ? textProblem(field, value) : wrongType[field.kind];
  }
}

type TextKind = Exclude<FieldKind["kind"], "money" | "integer" | "boolean">;
const wrongType: Record<TextKind, string> = {
  text: "应为文字",
  date: "应为日期",
  month: "应为月份",
  enum: "应为选项",
  enumSet: "应为选项",
  reference: "应为编号",
  json: "应为文字",
};

function textProblem(field: Extract<Field, { kind: TextKind }>, value: string): string | null {
  switch (field.kind) {
    case "text":
      if (field.required && value === "") return "不能为空";
      return value.length > field.max ? `不能超过 ${field.max} 个字` : null;
    case "date":
      return isIsoDate(value) ? null : "应为日期，如 2026-11-22";
    case "month":
      return isIsoMonth(value) ? null : "应为月份，如 2026-11";
    case "enum":
      return Object.hasOwn(field.labels, value) ? null : oneOfLabels(field.labels);
    case "enumSet": {
      const known = value === "" || value.split(",").every((key) => Object.hasOwn(field.labels, key));
      return known ? null : oneOfLabels(field.labels);
    }
    case "reference":
      if (value === "") return "不能为空";
      return value.length > 80 ? "编号过长" : null;
    case "json":
      return value.length > field.max ? "内容过长" : null;
  }
}

function numberProblem(
  value: unknown,
  wrong: string,
  min: number,
  tooSmall: string,
  max: number,
  tooBig: string,
): string | null {
  if (!Number.isSafeInteger(value)) return wrong;
  if ((value as number) < min) return tooSmall;
  return (value as number) > max ? tooBig : null;
}

function oneOfLabels(labels: Readonly<Record<string, string>>): string {
  return `应为：${Object.values(labels).join("、")}`;
}
