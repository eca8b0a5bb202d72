import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const visitsHelp: HelpTopic = {
  id: "visits",
  page: "/visits",
  title: "走访",
  purpose: "记录走访、对接、座谈和现场检查，并提醒该走访的项目。",
  howTo: [
    {
      task: "记一次走访",
      steps: [
        "在任何页面按 v 键。",
        "输入项目的拼音首字母，按 ↓ 和回车选定；日期、秘书和形式已经填好。",
        "写下了解到的情况，按 Ctrl+Enter 保存；再按回车记下一条。",
      ],
    },
    { task: "看谁该走访", steps: ["打开“未走访”，最久没去的在最前面，点一行就能记。"] },
    { task: "打印走访记录表", steps: ["在列表里点这一行的“打印”，带签字栏。"] },
  ],
  questions: [
    {
      question: "多少天算没走访？",
      answer: "由市级在“单位与设定”里设定，页面上写着现在的天数；没有设定时，不列待走访的项目。",
    },
    { question: "后续事项怎么销？", answer: "打开这次走访，填上“办结日期”。" },
  ],
  keys: [
    { keys: "v", label: "记录走访（任何页面）" },
    { keys: "1–6", label: "选走访形式" },
    { keys: "Ctrl+Enter", label: "保存" },
  ],
};
