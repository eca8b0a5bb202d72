/** the plan of a year, and how it is split to the months. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { gapWords, goalOfYear, inYear, monthsOf, planGap, planOfYear, spreadEvenly } from "#domain/annual-plan.ts";

const ledger = { annual_plan_investment: 500, as_of: "2025-06-30", annual_goal: "主体封顶" };

test.each([
  ["the annual plan counts before the ledger", ledger, 800, 2025, { amount: 800, source: "plan" }],
  ["a plan of nothing is a plan", ledger, 0, 2025, { amount: 0, source: "plan" }],
  [
    "without an amount in the plan the ledger's figure of that year counts",
    ledger,
    null,
    2025,
    { amount: 500, source: "ledger" },
  ],
  ["the ledger's figure is of the year of its 资料截至 only", ledger, null, 2026, null],
  ["neither is it of the year before", ledger, null, 2024, null],
  ["without 资料截至 it is of any year", { ...ledger, as_of: null }, null, 2026, { amount: 500, source: "ledger" }],
  ["no figure anywhere", { ...ledger, annual_plan_investment: null }, null, 2025, null],
] as const)("%s", (_, project, planned, year, expected) => {
  const plan = { planned_investment: planned, goal: null };
  expect(planOfYear(project, plan, year)).toEqual(expected);
  expect(planOfYear(project, planned === null ? undefined : plan, year)).toEqual(expected);
  expect(inYear(project, plan, year).annual_plan_investment).toBe(expected?.amount ?? null);
});

test("the goal follows the same rule", () => {
  expect(goalOfYear(ledger, { planned_investment: null, goal: "竣工" }, 2025)).toBe("竣工");
  expect(goalOfYear(ledger, { planned_investment: 1, goal: null }, 2025)).toBe("主体封顶");
  expect(goalOfYear(ledger, undefined, 2026)).toBeNull();
});

test("the months' sum is compared with the annual plan and the difference said", () => {
  expect(planGap(null, [100])).toBeNull();
  expect(planGap(12_000, [6000, null, 6000])).toBe(0);
  expect(gapWords(planGap(12_000, [6000, null]))).toBe("，比年度计划少，差 60 万元");
  expect(gapWords(planGap(12_000, [18_000]))).toBe("，比年度计划多，差 60 万元");
  expect(gapWords(0)).toBe("，与年度计划一致");
  expect(gapWords(null)).toBe("");
});

const year = monthsOf(2026);

test("平均分到各月 gives whole 万元 and the rest to the last month", () => {
  const open = year.map((month) => ({ month, planned: null, isLocked: false }));
  const shares = spreadEvenly(100_050, open);
  expect([...(shares?.values() ?? [])]).toEqual([...Array(11).fill(8300), 8750]);
  expect(year).toHaveLength(12);
  expect([year[0], year[11]]).toEqual(["2026-01", "2026-12"]);
});

test("what was sent up keeps its amount; nothing is spread when it exceeds the plan or no month is open", () => {
  const locked = (planned: number) => [
    { month: "2026-01", planned, isLocked: true },
    { month: "2026-02", planned: 99, isLocked: false },
  ];
  expect(spreadEvenly(1000, locked(400))).toEqual(new Map([["2026-02", 600]]));
  expect(spreadEvenly(1000, locked(1000))).toEqual(new Map([["2026-02", 0]]));
  expect(spreadEvenly(1000, locked(1001))).toBeNull();
  expect(spreadEvenly(1000, locked(1).slice(0, 1))).toBeNull();
});

test("spreading always adds up to the plan exactly, never negative", () => {
  const months = fc.uniqueArray(
    fc.record({
      month: fc.constantFrom(...year),
      planned: fc.option(fc.nat(1_000_000)),
      isLocked: fc.boolean(),
    }),
    { selector: ({ month }) => month, minLength: 1 },
  );
  fc.assert(
    fc.property(fc.nat(1_000_000_000), months, (annual, given) => {
      const shares = spreadEvenly(annual, given);
      if (!shares) return;
      const after = given.map(({ month, planned, isLocked }) => (isLocked ? planned : (shares.get(month) ?? null)));
      expect(planGap(annual, after)).toBe(0);
      for (const share of shares.values()) expect(share).toBeGreaterThanOrEqual(0);
    }),
  );
});
