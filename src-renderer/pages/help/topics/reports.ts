import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const reportsHelp: HelpTopic = {
  id: "reports",
  page: "/reports",
  title: "月报",
  purpose: "按月填报各项目的计划、完成投资和形象进度，上报、审核；并看投资进度、资金支付和入统入库。",
  howTo: [
    {
      task: "填本月的月报",
      steps: [
        "像在 Excel 里一样，在表格里直接填；方向键移动，回车到下一行。",
        "可以从 Excel 复制一块粘贴进来；按名称对不上的行会列出来。",
        "没有保存的格子有蓝角；保存后可以撤销。",
      ],
    },
    { task: "上报和审核", steps: ["勾选填好的项目，点“上报所选”。", "审核单位在“待审核”里通过，或写明原因退回。"] },
    {
      task: "看进度和资金",
      steps: ["“投资进度”按地区比较完成率和序时进度。", "“资金”看安排和支付；“入统入库”看应入未入的项目。"],
    },
  ],
  questions: [
    { question: "上报后还能改吗？", answer: "不能直接改。还没审核的可以撤回；审核过的请审核单位退回。" },
    { question: "“未设定”是什么意思？", answer: "文件没有规定天数或月份，市级设定以后才会提醒。" },
  ],
  keys: [
    { keys: "Enter", label: "下一行" },
    { keys: "Ctrl+V", label: "粘贴 Excel 里复制的一块" },
  ],
};
