import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const booksHelp: HelpTopic = {
  id: "books",
  page: "/books",
  title: "对账",
  purpose: "月对账、季交账、年底算总账：把一个月的灯号、节点和投资定下来，以后按它算账。",
  howTo: [
    {
      task: "对一个月的账",
      steps: ["选月份，先看预览，核对灯号、节点和投资。", "确认后点“对账”，这个月就定下来了，不能再改。"],
    },
    {
      task: "以后发现有错",
      steps: [
        "照常改正那条记录。定下的数字不动，差别列在这个月的“更正”里（谁、何时、改了什么），并写进下一张月对账单。",
      ],
    },
    {
      task: "看以前某一天的台账",
      steps: [
        "点页眉的“灯号日期”，选“当日台账”，再选日期。",
        "看到的是那天结束时本机账上的样子，只能查看；点“回到今天”返回。",
      ],
    },
  ],
  questions: [{ question: "可以取消对账吗？", answer: "不能。定下来的账不再改，这样上下级看到的始终是同一本账。" }],
  keys: [],
};
