import type { HelpTopic } from "#renderer/pages/help/topic.ts";

export const peopleHelp: HelpTopic = {
  id: "people",
  page: "/people",
  title: "人员与秘书",
  purpose: "本单位和下级单位的人员、服务秘书，以及还没有配秘书的项目。",
  howTo: [
    { task: "添加服务秘书", steps: ["按 n 键，填姓名，打开“服务秘书”，写责任单位。"] },
    {
      task: "给项目配秘书",
      steps: ["打开“应配未配秘书的项目”，用空格键勾选，点“安排服务秘书”。", "也可以在项目页的“服务秘书”一栏安排。"],
    },
    { task: "有人调走了", steps: ["打开这个人，点“修改”，再点“停用”；以往的记录都保留。"] },
  ],
  questions: [
    {
      question: "怎样算应配？",
      answer: "总投资达到设定的数额，并处于推进前期或当年拟新开工。数额和依据在“单位与设定”。",
    },
    { question: "为什么不能停用某人？", answer: "当前经办人和单位里唯一的在用人员不能停用，先换经办人或添加别人。" },
  ],
  keys: [
    { keys: "n", label: "添加人员" },
    { keys: "/", label: "搜索人员" },
    { keys: "a", label: "全选（应配未配）" },
  ],
};
