/**
 * City-wide settings (carried down in bundles); rules. Where the sources give no number
 * the initial value is this program's own and says so, or there is none (null, 未设定), to which the city may also return;
 * the settings page shows value and source side by side.
 */
import { z } from "zod";

import {
  type LightDimension,
  type LightProfiles,
  lightDimensions,
  lightProfiles,
  profileLabels,
} from "./light-profiles.ts";
import type { LightRules } from "./project-light.ts";
import { type IssueLevel, issueLevels, keysOf, stages } from "./values.ts";

const localChoice = "没有文件规定，各地自定；这是本程序按U盘和办公电脑常见容量定的初始值";
const ownDefault = "文件未规定天数，这是本程序的初始值";

const days = (max: number) =>
  z
    .int({ error: "应为整数天" })
    .min(0, { error: "不能小于 0 天" })
    .max(max, { error: `不能大于 ${max} 天` });

const whole = (unit: string, min: number, max: number) =>
  z
    .int({ error: `应为整数${unit}` })
    .min(min, { error: `不能小于 ${min} ${unit}` })
    .max(max, { error: `不能大于 ${max} ${unit}` });

/** For a number that no source gives: it may be null (未设定), and the rule stays silent. */
const unset = <S extends z.ZodType>(schema: S) => schema.nullable();

const issueLimit = (level: IssueLevel, source: string) => ({
  label: `问题办理期限：${issueLevels[level]}`,
  unit: "天",
  schema: unset(whole("天", 1, 366)),
  initial: null,
  source: `${source}。文件没有规定天数，未设定时不自动给出期限`,
});

const profileOf = <D extends LightDimension>(dimension: D) => {
  const keys = ["none", ...Object.keys(lightProfiles[dimension])] as [LightProfiles[D], ...LightProfiles[D][]];
  return z.enum(keys, { error: "应为列出的灯规则" });
};

const otherCities = "大连只公布了节点的灯规则；其余是各地公开的规则，供市级选用，初始不亮灯";

const profile = <D extends LightDimension>(dimension: D, initial: LightProfiles[D], source: string) => ({
  label: `${lightDimensions[dimension]}按哪一种规则亮灯`,
  unit: "",
  schema: profileOf(dimension),
  labels: profileLabels(dimension),
  initial,
  source,
});

export const settingDefinitions = {
  "light.yellowDaysBefore": {
    label: "黄灯：节点到期前多少天仍未完成",
    unit: "天",
    schema: unset(days(90)),
    initial: 7,
    source: `2018年公开报道：节点推进较慢亮黄灯；${ownDefault}。市级可改为未设定，到期前不亮黄灯`,
  },
  "light.redAfterDays": {
    label: "红灯：超过计划日期多少天仍未完成",
    unit: "天",
    schema: days(90),
    initial: 0,
    source: `2018年公开报道：未按节点进度完成亮红灯；${ownDefault}`,
  },
  "light.countsFrom": {
    label: "节点自何种审核状态起算作完成",
    unit: "",
    schema: z.enum(["submitted", "approved"], { error: "应为“上报”或“审核通过”" }),
    initial: "submitted",
    source: "2018年公开报道：节点逐个审核录入；审核要等同步包往返，初始自上报起算",
  },
  "light.node": profile(
    "node",
    "dalian",
    "2018年公开报道：按序时节点完成或超额完成绿灯，推进较慢黄灯，未按节点完成红灯",
  ),
  "light.investment": profile("investment", "none", otherCities),
  "light.fund": profile("fund", "none", otherCities),
  "light.stats": profile("stats", "none", otherCities),
  "light.start": profile("start", "none", otherCities),
  "light.fundRequiredPercent": {
    label: "资金支付要求：到目前应支付到安排金额的多少",
    unit: "%",
    schema: unset(whole("%", 0, 100)),
    initial: null,
    source: "文件未给出数字；没有设定时，资金支付不亮灯",
  },
  "visit.overdueDays": {
    label: "多少天未走访列为待走访",
    unit: "天",
    schema: unset(days(366)),
    initial: 30,
    source: `公开报道中有每天对接、每周走访的做法，全市没有最低要求；${ownDefault}。市级可改为未设定，不列待走访`,
  },
  "secretary.thresholdMoney": {
    label: "应配服务秘书的总投资下限",
    unit: "万元",
    schema: z.int({ error: "应为金额" }).min(0, { error: "金额不能为负" }),
    initial: 1_000_000,
    source: "大政办发〔2023〕2号：总投资1亿元及以上",
  },
  "secretary.stages": {
    label: "应配服务秘书的阶段",
    unit: "",
    schema: z.array(z.enum(keysOf(stages), { error: "应为项目阶段" })),
    initial: ["preparatory"],
    source: "大政办发〔2023〕2号：当年拟新开工（按建设性质判断）和推进前期",
  },
  "issue.days.region": issueLimit("region", "大政办发〔2023〕2号：各地区能够解决的问题限时解决"),
  "issue.days.vice_mayor": issueLimit("vice_mayor", "大政办发〔2023〕2号：需市级及以上协调的问题报分管副市长"),
  "issue.days.executive_vice_mayor": issueLimit(
    "executive_vice_mayor",
    "大政办发〔2023〕2号：跨地区、跨领域的问题报常务副市长",
  ),
  "issue.days.mayor": issueLimit("mayor", "大政办发〔2023〕2号：重特大问题报市政府主要领导"),
  "issue.silentDays": {
    label: "问题多少天没有新的办理记录列为待跟进",
    unit: "天",
    schema: unset(whole("天", 1, 366)),
    initial: null,
    source: "2018年公开报道：问题清单逐月跟进。没有规定天数，未设定时按月：本月没有办理记录的列出；设定后只按天数",
  },
  "report.stages": {
    label: "每月应报月报的阶段（未填阶段的项目也算应报）",
    unit: "",
    schema: z.array(z.enum(keysOf(stages), { error: "应为项目阶段" })),
    initial: ["preparatory", "started", "under_construction"],
    source: "大政办发〔2023〕2号：各清单计划分解到月；未规定哪些阶段要报月报，这是本程序的初始值",
  },
  "fund.warnFromMonth": {
    label: "资金支付提醒：中央资金、专项债等自当年几月起仍未支付完的列出提醒",
    unit: "月",
    schema: unset(whole("月", 1, 12)),
    initial: null,
    source: "大政办发〔2023〕2号：当年资金全部形成实际支出和实物工作量；没有规定从几月起提醒，由市级设定",
  },
  "stats.entryDueDays": {
    label: "入统入库：开工后多少天仍未入库算超期",
    unit: "天",
    schema: unset(days(3650)),
    initial: null,
    source:
      "大政办发〔2023〕2号：应统尽统、颗粒归仓；没有规定天数，由市级设定。外地参考（不是本市规定）：银川市开工后1个月未入库亮黄灯，超2个月亮红灯",
  },
  "attachment.scaleAboveMb": {
    label: "附件：照片超过多大时默认压缩后保存",
    unit: "MB",
    schema: whole("MB", 0, 100),
    initial: 1,
    source: localChoice,
  },
  "attachment.scaledEdge": {
    label: "附件：压缩后照片的最长边",
    unit: "像素",
    schema: whole("像素", 800, 6000),
    initial: 1920,
    source: localChoice,
  },
  "attachment.maxMb": {
    label: "附件：单个文件的上限",
    unit: "MB",
    schema: whole("MB", 1, 100),
    initial: 20,
    source: localChoice,
  },
  "attachment.bundleMb": {
    label: "附件：每个同步包最多携带多少，其余随后续包到达",
    unit: "MB",
    schema: whole("MB", 1, 200),
    initial: 100,
    source: localChoice,
  },
} as const;

/** The words for the values of a setting that is chosen from a list; null for others. */
export function settingLabels(key: string): Readonly<Record<string, string>> | null {
  if (!Object.hasOwn(settingDefinitions, key)) return null;
  const definition = settingDefinitions[key as SettingKey];
  return "labels" in definition ? definition.labels : null;
}

export type SettingKey = keyof typeof settingDefinitions;
export type Settings = { [K in SettingKey]: z.output<(typeof settingDefinitions)[K]["schema"]> };
export const settingKeys = Object.keys(settingDefinitions) as SettingKey[];

/** Settings from stored JSON texts; a key that is absent or does not parse keeps its initial value. */
export function resolveSettings(stored: ReadonlyMap<string, string>): Settings {
  const entries = settingKeys.map((key) => {
    const definition = settingDefinitions[key];
    const parsed = definition.schema.safeParse(parseJson(stored.get(key)));
    return [key, parsed.success ? parsed.data : definition.initial];
  });
  return Object.fromEntries(entries) as Settings;
}

function parseJson(value: string | undefined): unknown {
  if (value === undefined) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** True for a setting that may be left 未设定 (null). */
export function mayBeUnset(key: SettingKey): boolean {
  return settingDefinitions[key].schema.safeParse(null).success;
}

/** What decides the lights among the settings, in the shape the light rules take. */
export function lightRules(settings: Settings): LightRules {
  return {
    yellowDaysBefore: settings["light.yellowDaysBefore"],
    redAfterDays: settings["light.redAfterDays"],
    countsFrom: settings["light.countsFrom"],
    fundRequiredPercent: settings["light.fundRequiredPercent"],
    profiles: {
      node: settings["light.node"],
      investment: settings["light.investment"],
      fund: settings["light.fund"],
      stats: settings["light.stats"],
      start: settings["light.start"],
    },
  };
}
