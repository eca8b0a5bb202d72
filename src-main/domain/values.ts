/** Enumerated values, each with the Chinese word the offices use. Order is display order. */

export const officeLevels = { city: "市级", district: "区市县/先导区", street: "街道/园区" } as const;
/**
 * What tables by place are made of, by the level of the office they are for: its regions, its streets, or of a street
 * only itself.
 */
export const placeWords = {
  city: { one: "地区", all: "各地区" },
  district: { one: "街道、园区", all: "各街道、园区" },
  street: { one: "单位", all: "本级" },
} as const;
export const officeKinds = {
  city: "市发展改革委",
  district_government: "区市县",
  pilot_zone_committee: "开放先导区",
  street_office: "街道",
  park_committee: "园区",
} as const;
/** Of an office directly below: whether it exchanges with this one. */
export const enrolments = { none: "未加入", invited: "已邀请，等待申请", active: "已加入", not_child: "" } as const;
export const stages = {
  planned: "谋划储备",
  preparatory: "推进前期",
  started: "开工",
  under_construction: "在建",
  in_production: "投产",
} as const;
export const list2Kinds = {
  carry_over: "上年结转续建",
  new_start: "当年拟新开工",
  in_preparation: "实质推进前期",
  new_reserve: "新谋划储备",
} as const;
export const sectors = {
  infrastructure: "基础设施",
  industry: "工业",
  modern_services: "现代服务业",
  social: "社会事业",
} as const;
export const grades = {
  provincial: "省级重点",
  municipal: "市级重点",
  district: "区级重点",
  ordinary: "一般",
} as const;
export const emergingIndustries = {
  next_gen_it: "新一代信息技术",
  biotech: "生物技术",
  new_energy: "新能源",
  new_materials: "新材料",
  advanced_equipment: "高端装备",
  new_energy_vehicles: "新能源汽车",
  green: "绿色环保",
  aerospace: "航空航天",
  marine_equipment: "海洋装备",
} as const;
/** The “six lists” of S2 §二; a project may be on several. */
export const lists = {
  list_major_works: "若干重大工程",
  list_over_100m: "亿元以上",
  list_strategic_emerging: "战略性新兴产业",
  list_platform_economy: "平台经济",
  list_signed_to_land: "已签约拟落地",
  list_central_funds: "中央资金",
} as const;
export const auditStates = { draft: "草稿", submitted: "上报", approved: "审核通过", returned: "退回" } as const;
export const visitForms = {
  visit: "走访",
  contact: "对接联系",
  meeting: "座谈",
  site_check: "现场检查",
  escort: "陪同办理",
  policy: "政策宣传",
} as const;
export const lights = { red: "红灯", yellow: "黄灯", green: "绿灯", none: "无灯" } as const;
/** 入统入库: where a project stands with the statistics registration (S2, 应统尽统). */
export const statsStates = {
  not_required: "不需入库",
  preparing: "准备材料",
  submitted: "已报送",
  returned: "退回补正",
  entered: "已入库",
} as const;
/** What a project owes the statistics: 应入未入 counts those that are overdue too. */
export const statsStandings = {
  owing: "应入未入",
  overdue: "超期",
  entered: "已入库",
  outside: "未开工或不需入库",
} as const;
/** Papers for 统计入库, as Liaoning's secretaries help to collect them. */
export const statsPapers = {
  approval: "立项（核准/备案）文件",
  contract_or_photo: "施工合同或标明时间地点的现场照片",
  licence: "营业执照",
} as const;
export const fundSources = {
  central_budget: "中央预算内投资",
  special_bond: "地方政府专项债券",
  policy_finance: "政策性开发性金融工具",
  capital_construction: "基本建设投资计划",
  ppp: "PPP",
  reits: "REITs",
  central_enterprise: "央企投资",
  bank: "银行融资",
  social: "社会资本",
} as const;
/** What a template makes: dated nodes backwards from a completion day, or a project's list of permits. */
export const templateKinds = { schedule: "倒排工期", permits: "手续清单" } as const;
/** Counts named in the 2018 press (S3); their members stand in no source and come from editable templates. */
export const permitGroups = {
  four_certificates: "四证",
  twelve_items: "12项要件",
  eight_conditions: "8项外部条件",
} as const;
export const issueCategories = {
  forest_land: "林地调规、林地手续",
  relocation: "动迁",
  land_acquisition: "征占地",
  municipal_pipes: "市政管网配套",
  pipe_works: "管网施工",
  external_conditions: "外部条件（交通、海运、电力）",
  permits: "手续办理、要件",
  permit_redo: "手续重做",
  equipment_import: "设备进口备案",
  industry_recognition: "产业认定",
  surroundings: "占道、周边环境",
  safety_and_canteen: "安全生产与食堂",
  finance: "资金、融资",
  factors: "用地用海用能",
  landing: "招引落地",
  other: "其他",
} as const;
export const issueSources = {
  visit: "走访",
  dispatch: "调度会",
  inspection: "督查",
  hotline: "12345热线",
  report: "企业反映",
} as const;
/** The four-level ladder of R-12 (S2); the two levels of R-11 (S3) are its first cut: the region, or the city above it. */
export const issueLevels = {
  region: "各地区",
  vice_mayor: "分管副市长",
  executive_vice_mayor: "常务副市长",
  mayor: "市政府主要领导",
} as const;
/** R-28 (S3): 件件有回音; an issue closes only after the owner has answered. */
export const issueStates = {
  open: "办理中",
  solved: "已解决，待业主回音",
  closed: "已销号",
} as const;
export const issueEntryKinds = {
  follow_up: "跟进",
  raise: "上报上一级",
  answer: "答复",
  hand_back: "退回下一级",
  supervise: "挂牌督办",
  unsupervise: "摘牌",
  relieve: "列入难点纾解清单",
  unrelieve: "移出难点纾解清单",
  solve: "解决",
  owner_reply: "业主回音",
  close: "销号",
  reopen: "重新办理",
} as const;
/** The lists of the sources (S3, S0, S2) as views of the same records. */
export const issueViews = {
  open: "问题清单",
  awaiting: "待答复",
  supervised: "督办清单",
  relief: "难点纾解清单",
  silent: "待跟进",
  overdue: "超期",
  closed: "已销号",
} as const;
export const assignmentRoles = { lead: "服务秘书", member: "秘书团队成员" } as const;

export type IssueCategory = keyof typeof issueCategories;
export type IssueLevel = keyof typeof issueLevels;
export type IssueView = keyof typeof issueViews;
export type IssueState = keyof typeof issueStates;
/** What can be done with an issue; each act leaves an entry of its kind. */
export type IssueAct = keyof typeof issueEntryKinds;
export type OfficeLevel = keyof typeof officeLevels;
export type Stage = keyof typeof stages;
export type AuditState = keyof typeof auditStates;
export type Light = keyof typeof lights;
export type StatsState = keyof typeof statsStates;

/** Keys of an enumeration, typed, in display order. */
export function keysOf<T extends Record<string, string>>(labels: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]];
}
