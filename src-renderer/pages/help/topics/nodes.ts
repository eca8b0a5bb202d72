import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const nodesHelp: HelpTopic = {
  id: "nodes",
  page: "/nodes",
  title: "节点",
  purpose: "各项目的节点放在一起看：本月应完成的、等审核的、被退回的。",
  howTo: [
    {
      task: "填报一个节点",
      steps: ["在“本月应完成”里点节点，完成日期已填今天。", "写上完成情况，按 Ctrl+Enter，保存并上报。"],
    },
    {
      task: "审核下级上报的节点",
      steps: ["打开“待审核”，用空格键勾选，可以一次选很多。", "点“审核通过”，或写明原因“退回”。"],
    },
    { task: "换月份看", steps: ["按 ← → 键，或点月份选择。", "“含以前逾期”决定是否带上以前没完成的。"] },
  ],
  questions: [
    { question: "上报后发现写错了？", answer: "还没有审核的，打开节点点“撤回”；已审核的，请审核单位点“重新打开”。" },
    {
      question: "黄灯、红灯从哪天算？",
      answer: "点页面标题下的“依据”，天数由市级设定；黄灯天数没有设定时，到期前不亮黄灯。",
    },
  ],
  keys: [
    { keys: "← →", label: "上个月、下个月" },
    { keys: "空格", label: "勾选" },
    { keys: "Ctrl+Enter", label: "保存并上报" },
  ],
};
