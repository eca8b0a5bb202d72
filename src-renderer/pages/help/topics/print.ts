import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const printHelp: HelpTopic = {
  id: "print",
  page: "/print",
  title: "打印",
  purpose: "进度表、项目卡、走访记录表等，先看样子，再打印或存成 PDF。",
  howTo: [
    { task: "打印进度表", steps: ["选纸张、月份和要印的项目。", "点“打印”，或“保存PDF”。"] },
    { task: "打印某个列表", steps: ["在那个列表的页面点“打印本表”。"] },
    { task: "打印速查卡", steps: ["在“帮助”页点“打印速查卡”，贴在桌边。"] },
  ],
  questions: [
    { question: "字太小？", answer: "选 A3，或减少月份、在台账里减少显示列。" },
    { question: "没有“保存PDF”？", answer: "用“打印”，打印机选“另存为PDF”。" },
  ],
  keys: [],
};
