import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const conflictsHelp: HelpTopic = {
  id: "conflicts",
  page: "/conflicts",
  title: "处理冲突",
  purpose: "两个单位改了同一处、又不知道对方改过，就会列在这里，由你决定用哪个。",
  howTo: [
    { task: "逐处处理", steps: ["每处写着两边的内容、单位、经办人和时间。", "点要采用的一边，或写一个新值。"] },
    { task: "打电话核实", steps: ["点“打印本表”：筛出的每一处、两边的内容、单位、经办人和时间都在纸上。"] },
    { task: "一批一起处理", steps: ["选好规则，先看预览，核对条数，再确认。处理后可以撤销。"] },
  ],
  questions: [
    { question: "不处理会怎样？", answer: "先按程序选的一边显示，打印的表上会注明有冲突；处理结果随同步包发给对方。" },
  ],
  keys: [],
};
