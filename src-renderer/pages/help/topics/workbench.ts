import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const workbenchHelp: HelpTopic = {
  id: "workbench",
  page: "/",
  title: "工作台",
  purpose: "一打开就看到今天要办的事：逾期和快到期的节点、等审核的、该走访的、没办完的后续事项。",
  howTo: [
    {
      task: "看清今天先办什么",
      steps: [
        "先看上面一排数字，红灯和“待处理冲突”不为零的先处理。",
        "每个数字都能点，点开就是台账里符合条件的项目。",
        "下面各栏按急缓排好，点一行直接到要办的地方。",
      ],
    },
    {
      task: "看本单位的图表",
      steps: [
        "点右上角的“图表”：灯号、投资完成与序时、未解决问题的时长和服务秘书的项目数都在一页。",
        "图里都写着数字；点地区名称看它的项目。",
      ],
    },
    { task: "按别的日期看灯号", steps: ["点页面上方的“灯号日期”，选一天。", "看完点“回到今天”。数据不会改动。"] },
  ],
  questions: [
    {
      question: "数字和台账对不上？",
      answer: "工作台只算本单位和下级单位管理的、没有归档的项目。先看“灯号日期”是不是今天。",
    },
    { question: "“待走访”里有刚走访过的项目？", answer: "走访记录要保存在这个项目下。打开项目的“走访”一栏核对日期。" },
  ],
  keys: [
    { keys: "Ctrl+K", label: "找项目、人员、页面和操作" },
    { keys: "v", label: "记录走访" },
    { keys: "F1", label: "打开帮助" },
  ],
};
