/** Every boundary of the light rules, against the published table in test/fixtures/light_rules.csv. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { addDays } from "#domain/calendar.ts";
import { dalianProfiles, type LightDimension, lightProfiles, type ProfileText } from "#domain/light-profiles.ts";
import { fundVerdict, investmentVerdict, startVerdict, statsVerdict, wholeMonths } from "#domain/light-verdicts.ts";
import { type LightRules, nodesVerdict, projectLight } from "#domain/project-light.ts";
import type { Light } from "#domain/values.ts";

const csv = readFileSync(join(import.meta.dirname, "../fixtures/light_rules.csv"), "utf8");
const published = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;

const rowOf: Record<string, { rule_set: string; dimension?: string }> = {
  "node dalian": { rule_set: "大连" },
  "node gaoke": { rule_set: "某经济开发区作战图（青北高科园）" },
  "investment yinchuan": { rule_set: "银川-进度" },
  "investment sanya": { rule_set: "三亚-项目" },
  "investment wuhan": { rule_set: "武汉" },
  "fund yinchuan": { rule_set: "银川-资金" },
  "fund tianjin": { rule_set: "天津-专项债" },
  "stats yinchuan": { rule_set: "银川-入库" },
  "start yinchuan": { rule_set: "银川-开工" },
};
const plain = (text: string | undefined) =>
  (text ?? "")
    .replaceAll(/（(?:黄牌|红牌)）/g, "")
    .replaceAll("(", "（")
    .replaceAll(")", "）")
    .replaceAll(",", "，");
const widened = (text: string) => plain(text.replaceAll("(", "（").replaceAll(")", "）"));

test("every profile says its green, yellow and red in the words of the published table, and 未规定 where that is blank", () => {
  const texts = Object.entries(lightProfiles).flatMap(([dimension, profiles]) =>
    Object.entries<ProfileText>(profiles).map(([name, text]) => [`${dimension} ${name}`, text] as const),
  );
  expect(texts.map(([key]) => key).sort()).toEqual(Object.keys(rowOf).sort());
  for (const [key, text] of texts) {
    const row = published.find((each) => widened(each.rule_set ?? "") === rowOf[key]?.rule_set);
    expect(row, key).toBeDefined();
    for (const light of ["green", "yellow", "red"] as const) {
      const words = plain(widened(row?.[light] ?? "")).replace("(含10、30)", "（含10、30）");
      expect(plain(text[light]), `${key} ${light}`).toBe(words || "未规定");
    }
    expect(text.source).toContain((row?.source_id ?? "").replace("2018 press", "2018"));
  }
});

/** Of a plan of 12,000,000 (hundredths of 万元) after ten months, so that a percentage point is 120,000. */
const invested = (
  profile: "yinchuan" | "sanya" | "wuhan",
  completed: number | null,
  plan: number | null = 12_000_000,
) => investmentVerdict(profile, { completed, plan, months: 10 }).light;

test.each<[number, Light]>([
  [10_000_000, "green"],
  [10_000_001, "green"],
  [9_999_999, "none"],
  [8_800_001, "none"],
  [8_800_000, "yellow"],
  [6_400_000, "yellow"],
  [6_399_999, "red"],
  [0, "red"],
])("银川 投资: %i of 12,000,000 after ten months is %s", (completed, light) => {
  expect(invested("yinchuan", completed)).toBe(light);
});

test.each<[number, number, Light]>([
  [10_000_000, 12_000_000, "green"],
  [9_999_999, 12_000_000, "yellow"],
  [5_000_000, 12_000_000, "yellow"],
  [4_999_999, 12_000_000, "red"],
  [0, 100_000, "red"],
  [0, 99_999, "none"],
])("三亚 投资: %i of %i after ten months is %s", (completed, plan, light) => {
  expect(invested("sanya", completed, plan)).toBe(light);
});

test.each<[number, Light]>([
  [8_000_000, "none"],
  [7_999_999, "yellow"],
  [6_000_000, "yellow"],
  [5_999_999, "red"],
])("武汉 投资: %i of 12,000,000 after ten months is %s", (completed, light) => {
  expect(invested("wuhan", completed)).toBe(light);
});

test("without a plan, a report or a whole month there is no light", () => {
  expect(invested("yinchuan", null)).toBe("none");
  expect(invested("yinchuan", 1, null)).toBe("none");
  expect(invested("yinchuan", 1, 0)).toBe("none");
  expect(investmentVerdict("yinchuan", { completed: 0, plan: 100, months: 0 }).light).toBe("none");
});

test.each<[string, number]>([
  ["2026-01-30", 0],
  ["2026-01-31", 1],
  ["2026-02-28", 2],
  ["2028-02-28", 1],
  ["2026-11-22", 10],
  ["2026-12-31", 12],
])("up to %s %i months of the year are over", (date, months) => {
  expect(wholeMonths(date)).toBe(months);
});

test("the lag is said in percentage points or percent", () => {
  const facts = { completed: 8_500_000, plan: 12_000_000, months: 10 };
  expect(investmentVerdict("yinchuan", facts).reason).toBe("投资欠序时 12.5 个百分点");
  expect(investmentVerdict("sanya", facts).reason).toBe("投资低于序时进度 15.0%");
  expect(investmentVerdict("wuhan", { ...facts, completed: 5_500_000 }).reason).toBe("投资完成进度为序时进度的 55.0%");
});

test.each<["yinchuan" | "tianjin", number, number | null, Light]>([
  ["yinchuan", 60, 60, "green"],
  ["yinchuan", 59, 60, "red"],
  ["yinchuan", 0, null, "none"],
  ["tianjin", 60, 60, "green"],
  ["tianjin", 59, 60, "yellow"],
  ["tianjin", 42, 60, "yellow"],
  ["tianjin", 41, 60, "red"],
])("%s 资金: %i of 100 paid where %s percent are asked for is %s", (profile, paid, requiredPercent, light) => {
  expect(fundVerdict(profile, { arranged: 100, paid, requiredPercent }).light).toBe(light);
  expect(fundVerdict(profile, { arranged: 0, paid: 0, requiredPercent }).light).toBe("none");
});

test.each<[string, string, Light]>([
  ["2026-03-15", "2026-04-14", "none"],
  ["2026-03-15", "2026-04-15", "yellow"],
  ["2026-03-15", "2026-05-15", "yellow"],
  ["2026-03-15", "2026-05-16", "red"],
  ["2026-01-31", "2026-02-27", "none"],
  ["2026-01-31", "2026-02-28", "yellow"],
  ["2026-01-31", "2026-03-31", "yellow"],
  ["2026-01-31", "2026-04-01", "red"],
])("银川 入库: started %s and not entered on %s is %s", (startedOn, date, light) => {
  expect(statsVerdict("yinchuan", { state: "preparing", startedOn, enteredOn: null }, date).light).toBe(light);
});

test("银川 入库: entered is green from its day on, what need not be entered has no light", () => {
  const facts = { state: "entered", startedOn: "2026-01-01", enteredOn: "2026-06-01" } as const;
  expect(statsVerdict("yinchuan", facts, "2026-06-01").light).toBe("green");
  expect(statsVerdict("yinchuan", facts, "2026-05-31").light).toBe("red");
  expect(statsVerdict("yinchuan", { ...facts, state: "not_required" }, "2026-06-01").light).toBe("none");
});

test.each<[string, string | null, string, Light]>([
  ["2026-03-10", null, "2026-03-30", "none"],
  ["2026-03-10", null, "2026-03-31", "yellow"],
  ["2026-03-10", null, "2026-05-30", "yellow"],
  ["2026-03-10", null, "2026-05-31", "red"],
  ["2026-03-10", "2026-03-31", "2026-04-30", "green"],
  ["2026-03-10", "2026-04-01", "2026-04-30", "none"],
  ["2026-03-10", "2026-06-01", "2026-05-31", "red"],
])("银川 开工: planned %s, started %s, on %s is %s", (plannedOn, startedOn, date, light) => {
  expect(startVerdict("yinchuan", { plannedOn, startedOn }, date).light).toBe(light);
});

const rules: LightRules = {
  yellowDaysBefore: 7,
  redAfterDays: 0,
  countsFrom: "submitted",
  profiles: dalianProfiles,
  fundRequiredPercent: null,
};
const node = (name: string, planned_on: string, actual_on: string | null = null) => ({
  name,
  planned_on,
  actual_on,
  audit_state: actual_on ? ("submitted" as const) : ("draft" as const),
});

test("the reason of a red light counts what is overdue and names the earliest", () => {
  const nodes = [node("开工", "2026-11-01"), node("环评批复", "2023-05-31"), node("施工许可证", "2026-11-24")];
  expect(projectLight({ nodes }, "2026-11-22", rules)).toEqual({
    light: "red",
    reason: "2 个节点逾期，最早 2023-05-31 环评批复",
  });
  expect(nodesVerdict([node("开工", "2026-11-24")], "2026-11-22", rules).reason).toBe(
    "1 个节点临期未完成，2026-11-24 开工",
  );
});

test("作战图: done in time is green, beyond the deadline red, before it nothing", () => {
  const flags = { ...rules, profiles: { ...dalianProfiles, node: "gaoke" as const } };
  const lightOf = (given: ReturnType<typeof node>) => nodesVerdict([given], "2026-11-22", flags).light;
  expect(lightOf(node("开工", "2026-11-22"))).toBe("none");
  expect(lightOf(node("开工", "2026-11-21"))).toBe("red");
  expect(lightOf(node("开工", "2026-11-21", "2026-11-21"))).toBe("green");
  expect(lightOf(node("开工", "2026-11-20", "2026-11-21"))).toBe("red");
});

test("a project shines as the worst of its chosen dimensions, with the reasons of those that shine so", () => {
  const profiles = { ...dalianProfiles, investment: "yinchuan" as const, stats: "yinchuan" as const };
  const facts = {
    nodes: [node("开工", "2026-11-01")],
    investment: { completed: 0, plan: 12_000_000, months: 10 },
    stats: { state: "entered" as const, startedOn: "2026-01-01", enteredOn: null },
  };
  expect(projectLight(facts, "2026-11-22", { ...rules, profiles })).toEqual({
    light: "red",
    reason: "1 个节点逾期，2026-11-01 开工；投资欠序时 83.3 个百分点",
  });
});

const day = fc.integer({ min: -70, max: 70 }).map((offset) => addDays("2026-11-22", offset));
const rank: Record<Light, number> = { red: 0, yellow: 1, green: 2, none: 3 };

test("completing earlier never worsens a light, by any profile", () => {
  const profile = fc.constantFrom("dalian" as const, "gaoke" as const);
  const yellowDays = fc.constantFrom(7, null);
  const facts = fc.record({
    planned: day,
    actual: day,
    earlier: fc.nat({ max: 60 }),
    others: fc.array(day, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(facts, profile, yellowDays, day, ({ planned, actual, earlier, others }, chosen, yellow, date) => {
      const by = { ...rules, yellowDaysBefore: yellow, profiles: { ...dalianProfiles, node: chosen } };
      const lightOf = (done: string) =>
        nodesVerdict([node("开工", planned, done), ...others.map((each) => node("批复", each))], date, by).light;
      const [late, early] = [lightOf(actual), lightOf(addDays(actual, -earlier))];
      // A flag that has not been won yet is no light; winning it is no loss.
      if (late === "none") expect(early === "none" || early === "green").toBe(true);
      else expect(rank[early]).toBeGreaterThanOrEqual(rank[late]);
    }),
    { seed: 22112026, numRuns: 3000 },
  );
});

test("completing more, paying more and starting earlier never worsen a light", () => {
  const money = fc.nat({ max: 20_000_000 });
  fc.assert(
    fc.property(money, money, money, fc.integer({ min: 1, max: 12 }), (completed, more, plan, months) => {
      for (const profile of ["yinchuan", "sanya", "wuhan"] as const) {
        const before = investmentVerdict(profile, { completed, plan, months }).light;
        const after = investmentVerdict(profile, { completed: completed + more, plan, months }).light;
        if (before !== "none") expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
        else expect(after === "none" || after === "green").toBe(true);
      }
    }),
    { seed: 22112026, numRuns: 2000 },
  );
  const dimensions: LightDimension[] = ["node", "investment", "fund", "stats", "start"];
  expect(Object.keys(lightProfiles)).toEqual(dimensions);
});
