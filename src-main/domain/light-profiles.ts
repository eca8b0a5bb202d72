/**
 * Light rules that the city may choose, one for each dimension of a project (F06). Only the rule of 大连 for nodes (R-09,
 * S3) is Dalian's own; the others are published rules of other places, offered with the words of their source. Where the
 * words leave a gap the rule says 未规定 and gives no light.
 */

export type ProfileText = {
  label: string;
  green: string;
  yellow: string;
  red: string;
  /** What the source leaves open, and how this program reads it. */
  note: string;
  source: string;
};

const UNRULED = "未规定";

export const lightDimensions = {
  node: "节点",
  investment: "投资",
  fund: "资金支付",
  stats: "入统入库",
  start: "开工",
} as const;
export type LightDimension = keyof typeof lightDimensions;

/** By dimension; "none" (不亮灯) may be chosen for each beside these. */
export const lightProfiles = {
  node: {
    dalian: {
      label: "大连",
      green: "按序时节点完成或超额完成",
      yellow: "节点推进较慢",
      red: "未按节点进度完成工作任务",
      note: "多少天算较慢、逾期，原文未规定，按“黄灯”“红灯”天数设定",
      source: "2018年公开报道",
    },
    gaoke: {
      label: "作战图红黑旗（青北高科园）",
      green: "按期完成贴红旗",
      yellow: UNRULED,
      red: "超出完成期限贴黑旗",
      note: "红旗按绿灯、黑旗按红灯亮；期限内未完成的不亮灯",
      source: "R05（2021-11-16报道）",
    },
  },
  investment: {
    yinchuan: {
      label: "银川（进度）",
      green: "完成序时进度",
      yellow: "低于序时进度10~30个百分点（含10、30）",
      red: "低于序时进度超过30个百分点",
      note: "低于不足10个百分点原文未规定，不亮灯",
      source: "银川市公开的规则（R01）",
    },
    sanya: {
      label: "三亚（项目）",
      green: "≥计划投资额序时进度",
      yellow: "低于序时进度50%以内（含50%）",
      red: "低于序时进度50%以上",
      note: "范围：年度计划≥1000万元，其余不亮灯；年初至上月底；百分数按序时应完成额的比例计",
      source: "三亚市公开的规则（R02）",
    },
    wuhan: {
      label: "武汉",
      green: UNRULED,
      yellow: "完成进度低于时序进度80%",
      red: "完成进度低于时序进度60%",
      note: "达到80%的原文未规定，不亮灯",
      source: "武汉市公开的规则（R03）",
    },
  },
  fund: {
    yinchuan: {
      label: "银川（资金）",
      green: "按计划支付",
      yellow: UNRULED,
      red: "低于国家、自治区有关要求",
      note: "要求的支付率由“资金支付要求”设定；没有设定时不亮灯",
      source: "银川市公开的规则（R01）",
    },
    tianjin: {
      label: "天津（专项债）",
      green: "不低于预期进度",
      yellow: "低于预期进度30%及以下",
      red: "低于预期进度30%以上",
      note: "只看地方政府专项债券；预期进度由“资金支付要求”设定，没有设定时不亮灯；百分数按预期应支付额的比例计",
      source: "天津市公开的规则（R04）",
    },
  },
  stats: {
    yinchuan: {
      label: "银川（入库）",
      green: "已入库",
      yellow: "开工后1个月未入库（无正当理由）",
      red: "开工超2个月未入库（无正当理由）",
      note: "满1个月起亮黄灯，满2个月当天仍为黄灯；不需入库的不亮灯；正当理由不由程序判断",
      source: "银川市公开的规则（R01）",
    },
  },
  start: {
    yinchuan: {
      label: "银川（开工）",
      green: "按计划开工",
      yellow: "计划当月开工但无正当理由未及时开工",
      red: "连续3个月无正当理由应开工未开工",
      note: "计划开工月份取名称以“开工”或“开工建设”结尾的最早节点；按过完的月份计；迟于计划月份开工的原文未规定，不亮灯",
      source: "银川市公开的规则（R01）",
    },
  },
} as const satisfies Record<LightDimension, Record<string, ProfileText>>;

/** The profile chosen for each dimension. */
export type LightProfiles = { [D in LightDimension]: "none" | keyof (typeof lightProfiles)[D] };

export const dalianProfiles: LightProfiles = {
  node: "dalian",
  investment: "none",
  fund: "none",
  stats: "none",
  start: "none",
};

/** The words of a chosen profile; null for none. */
export function profileText(dimension: LightDimension, profile: string): ProfileText | null {
  const known: Record<string, ProfileText> = lightProfiles[dimension];
  return Object.hasOwn(known, profile) ? (known[profile] ?? null) : null;
}

/** The chosen rules in a few words: "节点：大连；投资：三亚（项目）"; dimensions that shine by none are left out. */
export function profilesText(profiles: LightProfiles): string {
  const chosen = (Object.keys(lightDimensions) as LightDimension[]).flatMap((dimension) => {
    const text = profileText(dimension, profiles[dimension]);
    return text ? [`${lightDimensions[dimension]}：${text.label}`] : [];
  });
  return chosen.join("；") || "不亮灯";
}

/** "不亮灯" and the labels of a dimension's profiles, by their keys. */
export function profileLabels(dimension: LightDimension): Record<string, string> {
  const labels = Object.entries<ProfileText>(lightProfiles[dimension]).map(([key, { label }]) => [key, label]);
  return { none: "不亮灯", ...Object.fromEntries(labels) };
}
