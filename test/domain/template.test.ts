/** What may stand in a template, and what the program's own examples say. */
import { describe, expect, test } from "vitest";
import { parseTemplate, type ScheduleItem, templateProblem } from "#domain/template.ts";
import { EXAMPLE_SOURCE, templateExamples } from "#domain/template-examples.ts";

const step = (name: string, after: string | null = null): ScheduleItem => ({
  name,
  after,
  duration: null,
  daysBefore: null,
  responsibleUnit: "",
});
const schedule = (...items: ScheduleItem[]) => templateProblem({ kind: "schedule", items });

describe("a template as a whole", () => {
  test.each([
    ["without items", [], "至少要有一项"],
    ["with one name twice", [step("立项"), step("立 项")], "“立 项”出现了两次"],
    ["with an item after one that is not there", [step("立项", "备案")], "“立项”的前一项“备案”不在模板里"],
    ["with items that wait for each other", [step("甲", "乙"), step("乙", "甲")], "“甲”和“甲”互为前后，排不出先后"],
    ["with an item after itself", [step("甲", "甲")], "“甲”和“甲”互为前后，排不出先后"],
    ["in order", [step("立项"), step("设计", "立项"), step("招标", "设计")], null],
  ])("%s: %o", (_, items, problem) => {
    expect(schedule(...items)).toBe(problem);
  });
});

test.each([
  ["no JSON", "{"],
  ["another shape", '{"name":"立项"}'],
  ["a group of a newer program", '[{"name":"立项","groups":["nine_papers"],"authority":"","note":""}]'],
  ["an empty name", '[{"name":" ","groups":[],"authority":"","note":""}]'],
  ["no items", "[]"],
])("a stored template with %s is not read", (_, stored) => {
  expect(parseTemplate("permits", stored)).toBeNull();
});

test("a stored template is read back as it was written", () => {
  const items = [{ name: "立项", groups: ["twelve_items"], authority: "示例局", note: "" }];
  expect(parseTemplate("permits", JSON.stringify(items))).toEqual({ kind: "permits", items });
});

test("the examples name steps and leave open what no source gives: members and days", () => {
  expect(EXAMPLE_SOURCE).toContain("本程序的示例，不是文件规定");
  for (const example of templateExamples) {
    expect(templateProblem(example)).toBeNull();
    expect(example.name).toMatch(/^示例：/);
    if (example.kind === "permits") for (const { groups } of example.items) expect(groups).toEqual([]);
    else for (const { daysBefore, duration } of example.items) expect([daysBefore, duration]).toEqual([null, null]);
  }
});
