import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const permitsHelp: HelpTopic = {
  id: "permits",
  page: "/permits",
  title: "手续",
  purpose: "各项目的手续和要件：办到哪一步、哪些逾期、容缺还差什么，绿色通道快了多少天。",
  howTo: [
    {
      task: "给项目建手续清单",
      steps: ["打开项目页的“手续”一栏，点“按模板建立手续”。", "核对要建的几项，再确认；刚建的可以撤销。"],
    },
    { task: "登记办理情况", steps: ["点一项手续，填申报日期、办结日期和证号；容缺受理的写补齐期限。"] },
    { task: "手续重做", steps: ["打开这项手续，点“手续重做”，写原因。原来的一条作为历史保留。"] },
  ],
  questions: [
    {
      question: "四证、12项要件是哪些？",
      answer: "公开报道只说有几项，没有列出。由市级在模板里规定成员，没有规定时按本项目归入的计数。",
    },
    { question: "天数怎么算？", answer: "申报到办结的自然日，只作对比参考。" },
  ],
  keys: [],
};
