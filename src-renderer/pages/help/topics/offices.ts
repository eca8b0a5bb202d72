import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const officesHelp: HelpTopic = {
  id: "offices",
  page: "/offices",
  title: "单位与设定",
  purpose: "单位和加入手续、市级设定、密钥、备份与检查。",
  howTo: [
    {
      task: "让下级加入",
      steps: [
        "找到下级单位，点“邀请”，把邀请文件交给对方。",
        "收到对方的加入申请，点“接纳加入申请”，打电话核对指纹后接纳。",
        "到“同步”把第一个包发给对方。",
      ],
    },
    { task: "备份", steps: ["“备份与检查—备份”，选一个文件夹。", "“密钥—备份密钥”单独做一次，口令和备份分开保管。"] },
    { task: "换电脑或电脑坏了", steps: ["先用备份恢复；没有备份的，请上级办理“挂失”，再重新邀请。"] },
  ],
  questions: [
    { question: "设定为什么改不了？", answer: "灯号天数、应配秘书的数额等由市级统一设定，随同步包下发。" },
    { question: "多久备份一次？", answer: "程序每天关闭时自动留一份；每月至少往另一个盘备份一次。" },
  ],
  keys: [],
};
