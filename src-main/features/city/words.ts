/** The words an invented city is made of; every name says that it is an example. */

export const subjects = [
  "海洋装备",
  "精细化工",
  "数控机床",
  "轴承",
  "海上风电",
  "生物医药",
  "冷链物流",
  "数据中心",
  "港口",
  "新材料",
  "动力电池",
  "汽车零部件",
  "机器人",
  "集成电路",
  "预制菜",
  "文旅",
  "氢能",
  "船舶配套",
] as const;
export const kinds = ["产业园", "生产线", "研发基地", "技术改造", "物流中心", "配套码头", "总部楼", "扩建"] as const;
export const civicWorks = ["道路改造", "污水处理厂", "供热管网", "学校新建", "医院扩建", "河道治理"] as const;
export const findings = [
  "演示：按计划推进，手续办理顺畅",
  "演示：现场查看施工进展，临时用电容量偏紧",
  "演示：座谈了解资金安排，希望对接银行",
  "演示：宣传容缺受理和多证合一政策",
  "演示：管网配套施工时序需与属地街道会商",
  "演示：设备已到货，等待安装",
] as const;
export const followUps = ["演示：协调现场勘查", "演示：转属地街道会商并回复", "演示：送达政策汇编"] as const;
export const progressWords = ["场地平整", "基础施工", "主体施工", "设备采购", "设备安装", "室外配套"] as const;

const surnames = [..."赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施孔曹严华金魏陶姜谢邹"];
const markers = ["示例", "样本", "演示", "示范", "样例"];
const stems = [..."甲乙丙丁戊己庚辛壬癸"];

/** The `index`-th invented person: 赵示例, … 邹样例, 赵示例甲, …; all different. */
export function personName(index: number): string {
  const within = surnames.length * markers.length;
  const name = `${surnames[index % surnames.length]}${markers[Math.floor(index / surnames.length) % markers.length]}`;
  let suffix = "";
  for (let round = Math.floor(index / within); round > 0; round = Math.floor(round / (stems.length + 1))) {
    suffix += stems[(round - 1) % stems.length];
  }
  return name + suffix;
}
