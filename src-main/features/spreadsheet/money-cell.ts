/** Amounts in cells of a file: texts as clerks type them, or numbers. */
import { parseAmountText } from "#domain/amount-text.ts";
import type { MoneyUnit } from "#domain/money.ts";
import { cellText } from "./table.ts";

/** A unit in the cell ("1.2亿元") wins over the column's. */
export function parseMoneyCell(cell: string | number, columnUnit: MoneyUnit): { value: number } | { reason: string } {
  const parsed = parseAmountText(cellText(cell), columnUnit);
  if ("value" in parsed || typeof cell !== "number") return parsed;
  // A computed number may carry the residue of binary sums beyond its twelfth digit.
  return parseAmountText(cellText(Number(cell.toPrecision(12))), columnUnit);
}
