/** 倒排工期 and 顺延: order is kept, the end is the completion day, what is done never moves. */
import { array, assert, constantFrom, date, integer, option, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysBetween, localDate } from "#domain/calendar.ts";
import { isLocked } from "#domain/review.ts";
import { isMovable, planBackwards, planShift } from "#domain/schedule.ts";
import { type ScheduleItem, templateProblem } from "#domain/template.ts";
import { auditStates, keysOf } from "#domain/values.ts";
import { row } from "../sheets/sample.ts";

const END = "2028-06-30";
const step = (name: string, timing: Partial<ScheduleItem> = {}): ScheduleItem => ({
  name,
  after: null,
  duration: null,
  daysBefore: null,
  responsibleUnit: "",
  ...timing,
});
const days = (...items: ScheduleItem[]) => planBackwards(items, END).map(({ plannedOn }) => plannedOn);

describe("planned backwards", () => {
  test("the last item stands on the completion day; one without days stays open", () => {
    expect(days(step("立项"), step("竣工"))).toEqual([null, END]);
  });
  test("days before completion are calendar days", () => {
    expect(days(step("封顶", { daysBefore: 121 }), step("竣工", { daysBefore: 0 }))).toEqual(["2028-03-01", END]);
    expect(days(step("封顶", { daysBefore: 122 }), step("竣工"))).toEqual(["2028-02-29", END]);
  });
  test("an item ends early enough for all that follows it", () => {
    expect(
      days(
        step("设计"),
        step("招标", { after: "设计", duration: 30 }),
        step("开工", { after: "招标", duration: 10 }),
        step("采购", { after: "设计", duration: 60 }),
      ),
    ).toEqual(["2028-05-01", "2028-06-20", END, END]);
  });
  test("of a day of its own and what follows it, the earlier counts", () => {
    const after = step("验收", { after: "安装", duration: 45 });
    expect(days(step("安装", { daysBefore: 20 }), after)[0]).toBe("2028-05-16");
    expect(days(step("安装", { daysBefore: 60 }), after)[0]).toBe("2028-05-01");
  });
  test("unset days in a chain leave open what lies before them, and nothing else", () => {
    expect(
      days(
        step("立项"),
        step("设计", { after: "立项", duration: 30 }),
        step("招标", { after: "设计" }),
        step("开工", { after: "招标", duration: 20 }),
      ),
    ).toEqual([null, null, "2028-06-10", END]);
  });
  test("a circle, which no template has, ends", () => {
    expect(days(step("甲", { after: "乙", duration: 1 }), step("乙", { after: "甲", duration: 1 }))).toHaveLength(2);
  });
});

const someDays = option(integer({ min: 0, max: 400 }));
const someItems = array(
  record({ daysBefore: someDays, duration: someDays, before: option(integer({ min: 1, max: 5 })) }),
  {
    minLength: 1,
    maxLength: 12,
  },
).map((all) =>
  all.map(({ before, ...timing }, at) =>
    step(`节点${at}`, { ...timing, after: before !== null && before <= at ? `节点${at - before}` : null }),
  ),
);
const someDay = date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }).map(localDate);

test("any plan keeps the order with its days between, ends on the completion day at the latest, and keeps own days", () => {
  assert(
    property(someItems, someDay, (items, end) => {
      expect(templateProblem({ kind: "schedule", items })).toBeNull();
      const planned = new Map(planBackwards(items, end).map(({ name, plannedOn }) => [name, plannedOn]));
      expect([...planned.keys()]).toEqual(items.map(({ name }) => name));
      for (const item of items) {
        const day = planned.get(item.name);
        if (!day) continue;
        expect(day <= end).toBe(true);
        if (item.daysBefore !== null) expect(daysBetween(day, end)).toBeGreaterThanOrEqual(item.daysBefore);
        const before = item.after === null ? undefined : planned.get(item.after);
        if (before && item.duration !== null) expect(daysBetween(before, day)).toBeGreaterThanOrEqual(item.duration);
      }
      const last = items.at(-1);
      if (last && last.daysBefore === null) expect(planned.get(last.name)).toBe(end);
      // Another completion day moves the whole plan by as much.
      const later = planBackwards(items, addDays(end, 31));
      expect(later.map(({ plannedOn }) => plannedOn && addDays(plannedOn, -31))).toEqual([...planned.values()]);
    }),
    { seed: 4 },
  );
});

const node = (id: string, values: Parameters<typeof row<"node">>[2]) =>
  row("node", id, { name: id, project_id: "p", audit_state: "draft", ...values });

describe("顺延", () => {
  const nodes = [
    node("立项", { planned_on: "2026-01-10", actual_on: "2026-01-09", audit_state: "approved" }),
    node("设计", { planned_on: "2026-03-01", position: 1 }),
    node("批图", { planned_on: "2026-04-01", audit_state: "submitted", actual_on: "2026-03-20" }),
    node("清单", { planned_on: "2026-05-01", position: 2 }),
    node("招标", { planned_on: "2026-05-01", position: 3 }),
    node("开工", { planned_on: null }),
  ];
  const moves = (id: string, by: number) =>
    Object.fromEntries(planShift(nodes, id, by).moved.map(({ node: { name }, to }) => [name, to]));

  test("moves the node and what follows it, and names what stays", () => {
    expect(moves("设计", 10)).toEqual({ 设计: "2026-03-11", 清单: "2026-05-11", 招标: "2026-05-11" });
    expect(planShift(nodes, "设计", 10).kept.map(({ name }) => name)).toEqual(["批图"]);
  });
  test("on one day, what stands further down the list follows", () => {
    expect(moves("清单", 1)).toEqual({ 清单: "2026-05-02", 招标: "2026-05-02" });
    expect(moves("招标", 1)).toEqual({ 招标: "2026-05-02" });
  });
  test("moves nothing from a node that is done, sent up, undated or unknown", () => {
    for (const id of ["立项", "批图", "开工", "没有"]) expect(planShift(nodes, id, 5)).toEqual({ moved: [], kept: [] });
  });
});

const someNodes = array(
  record({
    planned_on: option(someDay),
    actual_on: option(constantFrom("2026-01-01"), { freq: 4 }),
    audit_state: constantFrom(...keysOf(auditStates)),
    position: option(integer({ min: 0, max: 20 })),
  }),
  { minLength: 1, maxLength: 15 },
).map((all) => all.map((values, at) => node(`n${at}`, values)));

test("shifting keeps the order, never moves what is done or locked, and shifting back restores every day", () => {
  assert(
    property(someNodes, integer({ min: 0, max: 14 }), integer({ min: 1, max: 900 }), (nodes, at, by) => {
      const id = `n${at % nodes.length}`;
      const { moved, kept } = planShift(nodes, id, by);
      for (const { node: each, from, to } of moved) {
        expect(isMovable(each)).toBe(true);
        expect(daysBetween(from, to)).toBe(by);
      }
      for (const each of kept) expect(each.actual_on !== null || isLocked(each.audit_state)).toBe(true);
      const to = new Map(moved.map((each) => [each.node.id, each.to]));
      const after = nodes.map((each) => ({ ...each, planned_on: to.get(each.id) ?? each.planned_on }));
      const order = (list: typeof nodes) =>
        list.filter(isMovable).sort((left, right) => ((left.planned_on ?? "") < (right.planned_on ?? "") ? -1 : 0));
      const movedBefore = order(nodes).filter(({ id: each }) => to.has(each));
      expect(movedBefore.map(({ id: each }) => to.get(each))).toEqual(
        order(after)
          .filter(({ id: each }) => to.has(each))
          .map(({ planned_on }) => planned_on),
      );
      const back = planShift(after, id, -by);
      const restored = new Map(back.moved.map((each) => [each.node.id, each.to]));
      expect(after.map((each) => restored.get(each.id) ?? each.planned_on)).toEqual(
        nodes.map(({ planned_on }) => planned_on),
      );
    }),
    { seed: 4 },
  );
});
