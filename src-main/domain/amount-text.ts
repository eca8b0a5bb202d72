/** Amounts as clerks write them in cells ("1.2亿元", "￥1,200", "１２００万"), to integer hundredths of 万元. */
import { MAX_MONEY } from "./fields.ts";
import { type MoneyUnit, parseMoney } from "./money.ts";

type Parsed = { value: number } | { reason: string };

const AMOUNT = /^(?:人民币|￥|¥)?(-?[\d,]*\.?\d+)(亿元?|千万元?|百万元?|万元?|元)?$/;
/** Longer than any amount: what is not looked at more closely. */
const MAX_LENGTH = 60;
const UNITS: Readonly<Record<string, MoneyUnit>> = { 亿: "亿元", 千万: "千万元", 百万: "百万元", 万: "万元" };

/** A unit in the text ("1.2亿元") wins over the column's. */
export function parseAmountText(written: string, columnUnit: MoneyUnit): Parsed {
  const text = written.normalize("NFKC").replaceAll(/[\s，]/g, "");
  const match = text.length > MAX_LENGTH ? null : AMOUNT.exec(text);
  if (!match?.[1]) return { reason: "不是一个准确的金额" };
  if (match[1].startsWith("-")) return { reason: "金额不能为负" };
  const named = match[2] ?? "";
  const unit = named === "" ? columnUnit : (UNITS[named.replace(/元$/, "")] ?? "元");
  const value = parseMoney(match[1].startsWith(".") ? `0${match[1]}` : match[1], unit);
  if (value === null) return { reason: "比100元（0.01万元）更细，请先四舍五入" };
  return value > MAX_MONEY ? { reason: "金额过大，请检查单位" } : { value };
}
