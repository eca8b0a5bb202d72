import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const importHelp: HelpTopic = {
  id: "import",
  page: "/import",
  title: "导入表格",
  purpose: "把已有的 Excel 或 CSV 台账导入，先预览，确认后才写入。",
  howTo: [
    {
      task: "导入",
      steps: [
        "选文件，看每一列认成了什么，不对的可以改。",
        "看清新增几个、变动几个、有问题的格子在哪一行。",
        "点“确认导入”。导错了可以撤销。",
      ],
    },
  ],
  questions: [
    { question: "金额单位不对？", answer: "表头或表上方写明“万元”“亿元”的按写的算，没写的按万元，预览里会注明。" },
    { question: "同一个项目会不会变成两个？", answer: "按编号、名称和项目单位对应，已有的只更新变动的格子。" },
  ],
  keys: [],
};
