import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const syncHelp: HelpTopic = {
  id: "sync",
  page: "/sync",
  title: "同步",
  purpose: "用U盘和上下级交换同步包。包是加密并签名的，别人打不开，也改不了。",
  howTo: [
    {
      task: "发给上级或下级",
      steps: ["插上U盘，点对方一栏的“导出同步包”，选U盘。", "看到“已写入并核对，可以拔出U盘”再拔。"],
    },
    {
      task: "收对方的包",
      steps: ["把 .lxq 文件拖进来，或点“选择文件”。", "看清收到了多少、变了多少；有冲突会提示去处理。"],
    },
    { task: "包不连续", steps: ["显示“暂存”是因为前面还缺一包，把缺的那包也导入就会接上。"] },
  ],
  questions: [
    { question: "重复导入会不会乱？", answer: "不会。导入过的内容自动跳过。" },
    {
      question: "提示签名不对、密钥已停用？",
      answer: "没有导入，数据没有变化。按提示打电话核对，不要用别的办法绕过。",
    },
  ],
  keys: [],
};
