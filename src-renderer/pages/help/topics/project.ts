import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const projectHelp: HelpTopic = {
  id: "project",
  page: "/projects/$projectId",
  title: "项目页",
  purpose: "一个项目的全部情况：项目卡、节点、手续、走访、计划与投资、问题、资料、服务秘书和修改记录。",
  howTo: [
    { task: "修改项目卡", steps: ["点“修改”，改完按 Ctrl+Enter 保存。", "缺的要素标有“待补”，点它直接去填。"] },
    {
      task: "填报节点完成",
      steps: [
        "打开“节点”一栏，在这个节点后面点“上报”。没填过完成日期的会打开填报表，日期已填今天，写好后按 Ctrl+Enter，保存并上报。",
        "先存着、以后再上报的，点节点名称，填实际完成日期和情况，按 Ctrl+Enter 保存。",
      ],
    },
    {
      task: "倒排工期",
      steps: [
        "在“节点”一栏点“倒排工期”，选模板，填完工日期。",
        "逐行核对日期，同名节点可选“不动”或“改为新日期”，再一次建立。",
      ],
    },
    {
      task: "节点推迟了，后面的一起顺延",
      steps: ["在节点后面点“顺延”，填天数或新日期。", "看过每个节点的新日期再确认；已完成、已上报的不动。"],
    },
    {
      task: "添加照片和文件",
      steps: ["打开“资料”一栏，把文件拖进来，或在走访、节点里添加。", "太大的照片可选“压缩后保存”。"],
    },
    { task: "看谁在什么时候改过", steps: ["打开“修改记录”一栏，每次修改前后的内容、单位和经办人都在。"] },
  ],
  questions: [
    { question: "为什么不能修改？", answer: "页面上方会写明原因：项目已归档，或已移交其他单位。" },
    { question: "填错了怎么办？", answer: "刚保存的按 Ctrl+Z 撤销；以前的，直接改成对的，修改记录会保留。" },
  ],
  keys: [
    { keys: "v", label: "给这个项目记走访" },
    { keys: "Ctrl+Enter", label: "保存正在填的表" },
    { keys: "Ctrl+Z", label: "撤销刚才的保存" },
  ],
};
