import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, addMonths, daysBetween, isIsoDate, monthRange } from "#domain/calendar.ts";
import { failures, failureText } from "#domain/failure.ts";
import { type LightNode, nodeLight } from "#domain/light.ts";
import { dalianProfiles } from "#domain/light-profiles.ts";
import { moneyText, parseMoney } from "#domain/money.ts";
import { nodesVerdict } from "#domain/project-light.ts";
import { entityNames, fieldsOf, registry } from "#domain/registry.ts";
import { nextAuditState, openActs } from "#domain/review.ts";
import { lightRules, resolveSettings } from "#domain/settings.ts";
import { visitDueSince } from "#domain/visit.ts";

const thresholds = { yellowDaysBefore: 7, redAfterDays: 0, countsFrom: "submitted" as const };
const planned = (planned_on: string | null, actual_on: string | null = null): LightNode => ({
  planned_on,
  actual_on,
  audit_state: actual_on ? "submitted" : "draft",
});

test("R-09: on or ahead of plan is green, slow is yellow, not done by plan is red", () => {
  const on = (node: LightNode) => nodeLight(node, "2026-11-22", thresholds);
  expect(on(planned("2026-11-20", "2026-11-20"))).toBe("green");
  expect(on(planned("2026-12-31"))).toBe("green");
  // With the initial 7 days the last yellow day is as-of + 7, the first green one as-of + 8.
  expect(on(planned("2026-11-29"))).toBe("yellow");
  expect(on(planned("2026-11-30"))).toBe("green");
  expect(on(planned("2026-11-22"))).toBe("yellow");
  expect(on(planned("2026-11-20", "2026-11-21"))).toBe("yellow");
  expect(on(planned("2026-11-21"))).toBe("red");
  expect(on(planned(null))).toBe("none");
});

test("R-09: while the days before are not set, a node is yellow only when it is late", () => {
  const unset = { ...thresholds, yellowDaysBefore: null };
  const table: [LightNode, redAfterDays: number, light: string][] = [
    [planned("2026-11-29"), 0, "green"],
    [planned("2026-11-23"), 0, "green"],
    [planned("2026-11-22"), 0, "green"],
    [planned("2026-11-21"), 0, "red"],
    [planned("2026-11-22"), 3, "green"],
    [planned("2026-11-21"), 3, "yellow"],
    [planned("2026-11-19"), 3, "yellow"],
    [planned("2026-11-18"), 3, "red"],
    [planned("2026-11-20", "2026-11-20"), 0, "green"],
    [planned("2026-11-20", "2026-11-21"), 0, "yellow"],
    [planned(null), 0, "none"],
  ];
  for (const [node, redAfterDays, light] of table) {
    const given = { ...unset, redAfterDays };
    expect(nodeLight(node, "2026-11-22", given), `${node.planned_on} ${redAfterDays}`).toBe(light);
  }
});

test("what a city sets or takes back to 未设定 holds; what is absent or not understood keeps the initial value", () => {
  const both = (stored: string) => {
    const settings = resolveSettings(
      new Map([
        ["light.yellowDaysBefore", stored],
        ["visit.overdueDays", stored],
      ]),
    );
    return [lightRules(settings).yellowDaysBefore, settings["visit.overdueDays"]];
  };
  expect(both("14")).toEqual([14, 14]);
  expect(both("0")).toEqual([0, 0]);
  expect(both("null")).toEqual([null, null]);
  expect(both('"7"')).toEqual([7, 30]);
  expect([lightRules(resolveSettings(new Map())).yellowDaysBefore]).toEqual([7]);
});

test("R-30: a project is due for a visit after the days that the city set, and never while none are set", () => {
  const since = (days: string) => visitDueSince(resolveSettings(new Map([["visit.overdueDays", days]])), "2026-11-22");
  expect(since("30")).toBe("2026-10-23");
  expect(since("0")).toBe("2026-11-22");
  expect(since("null")).toBeNull();
});

test("R-09: a light is dated; yesterday's completion does not count the day before", () => {
  const node = planned("2026-11-10", "2026-11-21");
  expect(nodeLight(node, "2026-11-20", thresholds)).toBe("red");
  expect(nodeLight(node, "2026-11-21", thresholds)).toBe("yellow");
});

test("R-10: a draft completion does not count, and the city may demand approval", () => {
  const draft: LightNode = { planned_on: "2026-11-01", actual_on: "2026-11-01", audit_state: "draft" };
  expect(nodeLight(draft, "2026-11-22", thresholds)).toBe("red");
  const submitted: LightNode = { ...draft, audit_state: "submitted" };
  expect(nodeLight(submitted, "2026-11-22", thresholds)).toBe("green");
  expect(nodeLight(submitted, "2026-11-22", { ...thresholds, countsFrom: "approved" })).toBe("red");
});

test("R-14: a node finished late stains its project in its own month only", () => {
  const late = planned("2026-10-10", "2026-10-20");
  const lightOf = (nodes: LightNode[], date: string) => {
    const rules = { ...thresholds, profiles: dalianProfiles, fundRequiredPercent: null };
    return nodesVerdict(
      nodes.map((node) => ({ ...node, name: "开工" })),
      date,
      rules,
    ).light;
  };
  expect(lightOf([late], "2026-10-31")).toBe("yellow");
  expect(lightOf([late], "2026-11-01")).toBe("green");
  expect(lightOf([late, planned("2026-11-01")], "2026-11-02")).toBe("red");
  expect(lightOf([], "2026-11-02")).toBe("none");
});

test("a street submits and withdraws; only the district and the city decide", () => {
  expect(openActs("draft", "street")).toEqual(["submit"]);
  expect(openActs("submitted", "street")).toEqual(["withdraw"]);
  expect(openActs("submitted", "district")).toEqual(["withdraw", "approve", "return"]);
  expect(nextAuditState("approve", "submitted", "street")).toBeNull();
  expect(nextAuditState("approve", "draft", "city")).toBeNull();
});

test("amounts go from text to integers and back without loss", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2_000_000_000 }), fc.constantFrom("万元" as const, "亿元" as const), (amount, unit) => {
      expect(parseMoney(moneyText(amount, unit), unit)).toBe(amount);
    }),
  );
  expect(parseMoney("1.00001", "万元")).toBeNull();
  expect(parseMoney("12,345.6", "万元")).toBe(1_234_560);
  expect(parseMoney("100", "元")).toBe(1);
});

test("days and months are counted on the calendar, leap years included", () => {
  expect(isIsoDate("2026-02-29")).toBe(false);
  expect(isIsoDate("2028-02-29")).toBe(true);
  expect(monthRange("2028-02")).toEqual({ first: "2028-02-01", last: "2028-02-29" });
  expect(addMonths("2026-11", 2)).toBe("2027-01");
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: 3000 }), (days) => {
      expect(daysBetween("2026-11-22", addDays("2026-11-22", days))).toBe(days);
    }),
  );
});

test("fields keep their places: released rows pack a field's position in the registry", () => {
  // A new field is appended here too; a changed or moved line would misread every stored version.
  const places = Object.fromEntries(entityNames.map((entity) => [entity, fieldsOf(entity).map(([name]) => name)]));
  expect(places).toMatchSnapshot();
});

test("every reference of the registry names an entity, and every title a field", () => {
  for (const entity of entityNames) {
    expect(Object.keys(registry[entity].fields)).toContain(registry[entity].title);
    for (const [, field] of fieldsOf(entity)) {
      if (field.kind === "reference") expect(entityNames).toContain(field.entity);
    }
  }
});

test("no sentence of a failure shows a brace when its details are given", () => {
  for (const code of Object.keys(failures) as (keyof typeof failures)[]) {
    const details = Object.fromEntries([...failures[code].matchAll(/\{(\w+)\}/g)].map((match) => [match[1], "某"]));
    expect(failureText(code, details)).not.toMatch(/[{}]/);
  }
});
