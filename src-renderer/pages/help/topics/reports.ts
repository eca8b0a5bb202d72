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
        "像在 Excel 里一样，在表格里直接填；方向键移动，回车到下一行，Tab 到右边一格。",
        "可以从 Excel 复制一块粘贴进来；第一列是项目名称的，按名称对上项目，对不上的会列出来。",
        "形象进度没有变化的，选中这些行按 F9，填入上月的文字再改。",
        "没有保存的格子有蓝角，不正确的格子是红字；全部正确后按 Ctrl+S 一起保存，可以撤销。",
      ],
    },
    {
      task: "上报和审核",
      steps: [
        "选中要上报的行（Ctrl+A 全选，Shift+方向键选几行），按 F8；没有保存的内容一起保存。",
        "审核单位在“待审核”里选中行，点“审核通过”，或写明原因退回。",
      ],
    },
    {
      task: "看进度和资金",
      steps: ["“投资进度”按地区比较完成率和序时进度。", "“资金”看安排和支付；“入统入库”看应入未入的项目。"],
    },
  ],
  questions: [
    { question: "上报后还能改吗？", answer: "不能直接改。还没审核的，点“撤回”；审核过的，请审核单位点“重新打开”。" },
    { question: "哪些项目算未报？", answer: "选“未报”，表格上方写着应报月报的阶段，点“依据”看出处，由市级设定。" },
    { question: "“未设定”是什么意思？", answer: "文件没有规定天数或月份，市级设定以后才会提醒。" },
  ],
  keys: [
    { keys: "Enter / Tab", label: "下一行 / 右边一格" },
    { keys: "F2", label: "修改格子里的文字" },
    { keys: "Ctrl+D", label: "向下填充" },
    { keys: "Ctrl+C / Ctrl+V", label: "与 Excel 互相复制粘贴" },
    { keys: "Ctrl+S", label: "保存" },
    { keys: "F8", label: "上报选中的行" },
    { keys: "F9", label: "沿用上月形象进度" },
    { keys: "Ctrl+Z", label: "撤销" },
    { keys: "Esc 后 Tab", label: "离开表格" },
  ],
};
