/**
 * What a template may start from before the city has made its own: names that do stand in the sources (S2 S3), and
 * nothing else. Which of them belong to “四证”, “12项要件” or “8项外部条件”, and how many days a step takes, stands in no
 * source and stays open. Every place that shows them says that they are this program's examples.
 */
import type { PermitItem, ScheduleItem, TemplateItems } from "./template.ts";

export const EXAMPLE_SOURCE =
  "本程序的示例，不是文件规定；名称见于大政办发〔2023〕2号和2018年公开报道，归组和天数未设定";

export type ExampleTemplate = { id: string; name: string } & TemplateItems;

const permit = (name: string): PermitItem => ({ name, groups: [], authority: "", note: "" });
const step = (name: string, after: string | null): ScheduleItem => ({
  name,
  responsibleUnit: "",
  daysBefore: null,
  after,
  duration: null,
});

export const templateExamples: readonly ExampleTemplate[] = [
  {
    id: "example-permits",
    name: "示例：常见手续",
    kind: "permits",
    items: [
      "立项（备案、核准）",
      "用地预审与选址意见书",
      "用地规划许可证",
      "工程规划许可证",
      "施工许可证",
      "土地（征占地）手续",
      "林地手续",
      "节能审查",
      "环保审批",
      "消防手续",
    ].map(permit),
  },
  {
    id: "example-schedule",
    name: "示例：立项到招标",
    kind: "schedule",
    // The order of one published case of 2018; its days are told only for all steps together.
    items: [
      step("立项", null),
      step("设计", "立项"),
      step("批图", "设计"),
      step("清单编制", "批图"),
      step("清单编审", "清单编制"),
      step("招标", "清单编审"),
    ],
  },
];
