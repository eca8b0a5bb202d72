import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const issuesHelp: HelpTopic = {
  id: "issues",
  page: "/issues",
  title: "问题",
  purpose: "走访、调度、督查中发现的问题和12345热线工单，从提出到销号都记在这里，逐级上报，件件有回音。",
  howTo: [
    {
      task: "提出一个问题",
      steps: ["在任何页面按 i 键；在项目页按，项目已经选好。", "写清问题，选类别和来源，按 Ctrl+Enter 保存。"],
    },
    {
      task: "本级解决不了",
      steps: ["打开问题，点“上报上一级”，写明需要协调什么。", "下次导出同步包，问题随包到上级；答复随对方的包回来。"],
    },
    { task: "每月跟进", steps: ["打开“待跟进”一栏，给每个问题写一句进展，回车到下一行，最后一起保存。"] },
    { task: "看办得怎么样", steps: ["点“办理情况”：解决率、限时办结率、平均办结天数，按地区列出未解决的。"] },
    { task: "销号", steps: ["先记“解决”，再记“业主回音”，才能“销号”。业主没有回音的不能销号。"] },
  ],
  questions: [
    {
      question: "期限是怎么定的？",
      answer: "文件要求限时解决，没有规定天数。市级设定了天数的自动带出，没有设定的自己填。",
    },
    {
      question: "办错了一步怎么办？",
      answer: "之后没有再办理的，按 Ctrl+Z 撤销。别人已经销号的不能撤销：点“重新办理”，解决后再向业主回音。",
    },
    { question: "谁能挂牌督办？", answer: "报到市级的问题由市级挂牌。本单位看到的督办和答复随同步包到达。" },
  ],
  keys: [
    { keys: "i", label: "提出问题（任何页面）" },
    { keys: "/", label: "搜索问题" },
    { keys: "Ctrl+Enter", label: "保存" },
  ],
};
