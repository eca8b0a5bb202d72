/** Amounts are integers in hundredths of 万元: exact, and the cent of what the forms print. */

/** Hundredths of 万元 in one unit of what a sheet's head may name. */
export const moneyUnits = { 亿元: 1_000_000, 千万元: 100_000, 百万元: 10_000, 万元: 100, 元: 0.01 } as const;
export type MoneyUnit = keyof typeof moneyUnits;

/**
 * Parses a decimal text of the given unit into hundredths of 万元.
 * Returns null when the text is not a plain number or is finer than a hundredth of 万元 (100 元).
 */
export function parseMoney(input: string, unit: MoneyUnit): number | null {
  const match = /^(\d{1,13})(?:\.(\d{1,12}))?$/.exec(input.replaceAll(/[,，\s]/g, ""));
  if (!match) return null;
  const digits = BigInt(match[1] + (match[2] ?? ""));
  const decimals = 10n ** BigInt((match[2] ?? "").length);
  const [times, per] = unit === "元" ? [1n, 100n] : [BigInt(moneyUnits[unit]), 1n];
  const numerator = digits * times;
  const denominator = decimals * per;
  if (numerator % denominator !== 0n) return null;
  const result = numerator / denominator;
  return result <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(result) : null;
}

/** Decimal text of an amount in the given unit, without grouping or trailing zeros: 1234500 → "1.2345" 亿元. */
export function moneyText(hundredths: number, unit: "万元" | "亿元"): string {
  const scale = unit === "亿元" ? 6 : 2;
  const digits = String(Math.abs(hundredths)).padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  const sign = hundredths < 0 ? "-" : "";
  return `${sign}${digits.slice(0, -scale)}${fraction ? `.${fraction}` : ""}`;
}

/** As moneyText, with thousands separators for the screen and the sheets: "12,345.6". */
export function groupedMoney(hundredths: number, unit: "万元" | "亿元"): string {
  const [whole, fraction] = moneyText(hundredths, unit).split(".") as [string, string?];
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (fraction ? `.${fraction}` : "");
}
