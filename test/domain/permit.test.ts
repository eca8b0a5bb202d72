/** Counts of 四证, 12项要件 and 8项外部条件 (S3), 容缺, 手续重做, and the days of each step. */
import { assert, constantFrom, integer, option, property, record, array as someOf, subarray } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  countText,
  currentPermits,
  earlierPermits,
  isDeficiencyDue,
  isPermitOverdue,
  lackingItems,
  permitCounts,
  permitDaysAhead,
  permitState,
  stepDays,
} from "#domain/permit.ts";
import type { Values } from "#domain/registry.ts";
import type { PermitGroup, PermitItem } from "#domain/template.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import { row } from "../sheets/sample.ts";

const permit = (id: string, values: Values<"permit"> = {}) => row("permit", id, { name: id, ...values });
const item = (name: string, ...groups: PermitGroup[]): PermitItem => ({ name, groups, authority: "", note: "" });
const DAY = "2026-11-22";

test.each([
  [{}, "open"],
  [{ applied_on: DAY }, "applied"],
  [{ actual_on: DAY }, "done"],
  [{ applied_on: "2026-11-01", actual_on: DAY }, "done"],
] as const)("a permit with %o is %s", (values, state) => {
  expect(permitState(permit("a", values))).toBe(state);
});

test.each([
  [{ planned_on: "2026-11-21" }, true, -1],
  [{ planned_on: "2026-11-22" }, false, null],
  [{ planned_on: "2026-11-23" }, false, null],
  [{ planned_on: null }, false, null],
  [{ planned_on: "2026-11-01", actual_on: "2026-11-21" }, false, -20],
  [{ planned_on: "2026-11-21", actual_on: "2026-11-21" }, false, 0],
  [{ planned_on: "2026-11-21", actual_on: "2026-11-18" }, false, 3],
])("planned and obtained as %o: overdue %s, %s days ahead", (values, isOverdue, ahead) => {
  expect(isPermitOverdue(permit("a", values), DAY)).toBe(isOverdue);
  expect(permitDaysAhead(permit("a", values), DAY)).toBe(ahead);
});

test.each([
  [{ is_deficient: 1, deficient_until: "2026-11-21" }, true],
  [{ is_deficient: 1, deficient_until: "2026-11-22" }, true],
  [{ is_deficient: 1, deficient_until: "2026-11-23" }, false],
  [{ is_deficient: 1, deficient_until: null }, false],
  [{ is_deficient: 1, deficient_until: "2026-11-01", deficient_done_on: "2026-11-22" }, false],
  [{ is_deficient: 0, deficient_until: "2026-11-01" }, false],
] as const)("missing papers as %o are due: %s", (values, isDue) => {
  expect(isDeficiencyDue(permit("a", values), DAY)).toBe(isDue);
});

test.each([
  [{ applied_on: "2026-11-01", actual_on: "2026-11-20" }, 19],
  [{ applied_on: "2026-11-20", actual_on: "2026-11-20" }, 0],
  [{ applied_on: "2026-11-20" }, 2],
  [{ applied_on: DAY }, 0],
  // The light date may lie before the application.
  [{ applied_on: "2026-11-30" }, null],
  [{ actual_on: DAY }, null],
])("a step with %o took %s days", (values, days) => {
  expect(stepDays(permit("a", values), DAY)).toBe(days);
});

describe("the counts", () => {
  const template = [
    item("用地规划许可证", "four_certificates", "twelve_items"),
    item("施工许可证", "four_certificates"),
    item("环保审批"),
  ];
  const itemsOf = (id: string) => (id === "t" ? template : undefined);

  test("are n of the members that the template names, also of those not made yet", () => {
    const permits = [permit("1", { name: "用地规划许可证", template_id: "t", actual_on: DAY })];
    const counts = permitCounts(permits, itemsOf);
    expect(counts.four_certificates).toEqual({
      done: 1,
      total: 2,
      deficient: 0,
      isDefined: true,
      lacking: ["施工许可证"],
    });
    expect(counts.twelve_items).toMatchObject({ done: 1, total: 1, isDefined: true });
    expect(keysOf(permitGroups).map((group) => countText(counts[group]))).toEqual(["1/2", "1/1", "未设定"]);
  });

  test("without a template are n of what the project itself has put into the group", () => {
    const permits = [
      permit("1", { groups: "eight_conditions", actual_on: DAY }),
      permit("2", { groups: "four_certificates,eight_conditions" }),
      permit("3", {}),
    ];
    const { eight_conditions, twelve_items } = permitCounts(permits, itemsOf);
    expect(eight_conditions).toEqual({ done: 1, total: 2, deficient: 0, isDefined: false, lacking: [] });
    expect(countText(twelve_items)).toBe("未设定");
  });

  test("take a permit in that the project puts into the group beside the template's members, once", () => {
    const permits = [
      permit("1", { name: "用地规划许可证", template_id: "t", groups: "four_certificates,twelve_items" }),
      permit("2", { name: "林地手续", groups: "twelve_items" }),
    ];
    expect(permitCounts(permits, itemsOf).twelve_items).toMatchObject({ done: 0, total: 2 });
  });

  test("count an obtained permit whose papers are missing, and say so", () => {
    const permits = [
      permit("1", { groups: "twelve_items", actual_on: DAY, is_deficient: 1, deficient_until: DAY }),
      permit("2", { groups: "twelve_items", actual_on: DAY, is_deficient: 1, deficient_done_on: DAY }),
    ];
    expect(countText(permitCounts(permits, itemsOf).twelve_items)).toBe("2/2（容缺 1）");
  });

  test("leave out what was done again: the new one counts", () => {
    const permits = [
      permit("1", { groups: "four_certificates", actual_on: DAY }),
      permit("2", { groups: "four_certificates", redo_of: "1" }),
    ];
    expect(permitCounts(permits, itemsOf).four_certificates).toMatchObject({ done: 0, total: 1 });
  });

  test("of an unknown template (not arrived yet) fall back on the project's own groups", () => {
    const permits = [permit("1", { template_id: "later", groups: "four_certificates" })];
    expect(permitCounts(permits, itemsOf).four_certificates).toMatchObject({ total: 1, isDefined: false });
  });

  test("never exceed their total, whatever is recorded, and never shrink when one more is obtained", () => {
    const names = ["用地规划许可证", "施工许可证", "环保审批", "林地手续"];
    const permits = someOf(
      record({
        name: constantFrom(...names),
        groups: subarray([...keysOf(permitGroups)]),
        template_id: option(constantFrom("t", "u")),
        actual_on: option(constantFrom(DAY)),
        is_deficient: constantFrom(0 as const, 1 as const),
        redo: option(integer({ min: 0, max: 6 })),
      }),
      { maxLength: 8 },
    ).map((all) =>
      all.map(({ redo, groups, ...values }, at) =>
        permit(String(at), {
          ...values,
          groups: groups.join(","),
          redo_of: redo !== null && redo < at ? String(redo) : null,
        }),
      ),
    );
    assert(
      property(permits, (all) => {
        const counts = permitCounts(all, itemsOf);
        const improved = permitCounts(
          all.map((each) => ({ ...each, actual_on: each.actual_on ?? DAY })),
          itemsOf,
        );
        for (const group of keysOf(permitGroups)) {
          const { done, total, deficient, lacking } = counts[group];
          expect(done).toBeLessThanOrEqual(total - lacking.length);
          expect(deficient).toBeLessThanOrEqual(done);
          expect(improved[group].total).toBe(total);
          expect(improved[group].done).toBe(total - lacking.length);
        }
      }),
      { seed: 4 },
    );
  });
});

test("a permit done again twice shows its story, the newest first; only the last one is current", () => {
  const all = [permit("1"), permit("2", { redo_of: "1" }), permit("3", { redo_of: "2" }), permit("4")];
  expect(currentPermits(all).map(({ id }) => id)).toEqual(["3", "4"]);
  const last = all[2];
  if (!last) throw new Error("no third permit");
  expect(earlierPermits(last, all).map(({ id }) => id)).toEqual(["2", "1"]);
});

test("permits that claim to redo each other end the story instead of running for ever", () => {
  const all = [permit("1", { redo_of: "2" }), permit("2", { redo_of: "1" })];
  const [first] = all;
  if (!first) throw new Error("no first permit");
  expect(earlierPermits(first, all).map(({ id }) => id)).toEqual(["2"]);
});

test("what a template adds is what the project does not have under that name, however it is spaced", () => {
  const items = [item("施工许可证"), item("环保审批（环评）"), item("消防手续")];
  const permits = [
    permit("1", { name: " 施工 许可证" }),
    permit("2", { name: "环保审批(环评)" }),
    permit("3", { name: "消防手续", archived_on: null }),
  ];
  expect(lackingItems(items, permits)).toEqual([]);
  expect(lackingItems(items, permits.slice(0, 1)).map(({ name }) => name)).toEqual(["环保审批（环评）", "消防手续"]);
});
