/** central and special funds must all turn into spending; the source gives no month to warn from. */
import { expect, test } from "vitest";
import { isPaymentLate, paymentPercent, unpaid } from "#domain/funds.ts";

const fund = { year: 2026, source: "central_budget" as const, arranged: 1000, paid: 400 };

test("支付率 is paid ÷ arranged, and nothing without an arranged amount", () => {
  expect(paymentPercent(fund)).toBe(40);
  expect(paymentPercent({ arranged: 1000, paid: null })).toBe(0);
  expect(paymentPercent({ arranged: 0, paid: 0 })).toBeNull();
  expect(paymentPercent({ arranged: null, paid: 5 })).toBeNull();
  expect(unpaid({ arranged: 100, paid: 120 })).toBe(0);
});

test.each([
  ["not set: nothing is warned of", fund, "2026-12-31", null, false],
  ["the day before the month", fund, "2026-09-30", 10, false],
  ["the first day of the month", fund, "2026-10-01", 10, true],
  ["the year after", fund, "2027-01-01", 10, true],
  ["the year before", { ...fund, year: 2027 }, "2026-12-31", 10, false],
  ["wholly paid", { ...fund, paid: 1000 }, "2026-12-31", 10, false],
  ["nothing paid yet", { ...fund, paid: null }, "2026-12-31", 10, true],
  ["nothing arranged", { ...fund, arranged: null, paid: null }, "2026-12-31", 10, false],
  ["a bank loan is not of the central funds", { ...fund, source: "bank" as const }, "2026-12-31", 10, false],
  ["special bonds are", { ...fund, source: "special_bond" as const }, "2026-12-31", 10, true],
] as const)("%s", (_, given, date, fromMonth, expected) => {
  expect(isPaymentLate(given, date, fromMonth)).toBe(expected);
});
