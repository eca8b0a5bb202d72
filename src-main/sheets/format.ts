/** Texts of the printed sheets: amounts, months, dates. Everything unknown is an empty cell, never a dash or zero. */
import { groupedMoney } from "#domain/money.ts";
import type { Row } from "#domain/registry.ts";

/** Hundredths of 万元 as "12,345.6" 万元; empty when not reported. */
export function amount(hundredths: number | null): string {
  return hundredths === null ? "" : groupedMoney(hundredths, "万元");
}

/**
 * How a table writes its amounts, from the exact one to the shortest: `step` is the least that is told, in hundredths
 * of 万元, and `note` says in words what was left out.
 */
export const amountScales = [
  { unit: "万元", step: 1, note: "" },
  { unit: "万元", step: 100, note: "金额取整到万元，合计按原数相加。" },
  { unit: "亿元", step: 10_000, note: "金额较大，以亿元计，保留两位小数，合计按原数相加。" },
] as const;
export type AmountScale = (typeof amountScales)[number];

/**
 * The amounts of one column, all with as many decimals as the finest of them, so that flush right also lines up
 * their points. What is too little for the scale is not made nothing of: "<0.01".
 */
export function amountColumn(hundredths: readonly (number | null)[], { unit, step }: AmountScale): string[] {
  const texts = hundredths.map((value) => {
    if (value === null) return "";
    const rounded = Math.round(value / step) * step;
    return rounded === 0 && value > 0 ? `<${groupedMoney(step, unit)}` : groupedMoney(rounded, unit);
  });
  const decimals = Math.max(0, ...texts.map((text) => text.split(".")[1]?.length ?? 0));
  return texts.map((text) => {
    if (text === "" || decimals === 0) return text;
    const [whole, fraction = ""] = text.split(".");
    return `${whole}.${fraction.padEnd(decimals, "0")}`;
  });
}

/** Exact sum of the reported amounts; null when none is reported, so that a column of blanks does not sum to 0. */
export function sum(amounts: readonly (number | null)[]): number | null {
  const reported = amounts.filter((value) => value !== null);
  return reported.length === 0 ? null : reported.reduce((total, value) => total + value, 0);
}

/** Heads of the months of one sheet: "9月", or "2025年|12月" ("|" may break) when the months span two years. */
export function monthNames(months: readonly string[]): string[] {
  const oneYear = new Set(months.map((month) => month.slice(0, 4))).size < 2;
  return months.map((month) => {
    const name = `${Number(month.slice(5, 7))}月`;
    return oneYear ? name : `${month.slice(0, 4)}年|${name}`;
  });
}

/** "2026年9—11月", "2026年11月" or "2025年11月—2026年1月" of ascending months. */
export function monthSpan(months: readonly string[]): string {
  const first = months[0] ?? "";
  const last = months.at(-1) ?? "";
  const full = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;
  if (first === last) return first === "" ? "" : full(first);
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${full(first)}—${full(last)}`;
  return `${first.slice(0, 4)}年${Number(first.slice(5, 7))}—${Number(last.slice(5, 7))}月`;
}

type Period = Pick<Row<"project">, "started_on" | "started_text" | "completed_on" | "completed_text">;

/** 开工/计划开工时间: the day where it is known, else the wording of the source. */
export function startOf(project: Period): string {
  return project.started_on ?? project.started_text ?? "";
}

/** 建设起止年限 on two lines: "2024-06" and "至2026-12"; or "2024-06起" or "至2026-12" alone; texts of the source stand in for unknown days. */
export function periodOf(project: Period): string {
  const start = project.started_on?.slice(0, 7) ?? project.started_text ?? "";
  const end = project.completed_on?.slice(0, 7) ?? project.completed_text ?? "";
  if (end === "") return start === "" ? "" : `${start}起`;
  return `${start}\n至${end}`.trim();
}
