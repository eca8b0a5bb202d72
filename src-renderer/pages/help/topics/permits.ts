import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const permitsHelp: HelpTopic = {
  id: "permits",
  page: "/permits",
  title: "手续",
  purpose: "各项目的手续和要件：办到哪一步、哪些逾期、容缺还差什么，绿色通道快了多少天。",
  howTo: [
    {
      task: "给项目建手续清单",
      steps: ["打开项目页的“手续”一栏，点“按模板建立”，选模板。", "已有的不会重复建；核对后确认，刚建的可以撤销。"],
    },
    {
      task: "登记办理情况",
      steps: ["当天办的，直接点“今日申报”“今日办结”。", "点一项手续，可填日期、证号和容缺补齐期限，添加证照照片。"],
    },
    { task: "手续重做", steps: ["在这项手续后面点“重做”，写明原因。原来的一条作为历史保留。"] },
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
