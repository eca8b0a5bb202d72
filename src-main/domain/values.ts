/** Enumerated values, each with the Chinese word the offices use. Order is display order. */

export const officeLevels = { city: "市级", district: "区市县/先导区", street: "街道/园区" } as const;
export const officeKinds = {
  city: "市发展改革委",
  district_government: "区市县",
  pilot_zone_committee: "开放先导区",
  street_office: "街道",
  park_committee: "园区",
} as const;
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
export const assignmentRoles = { lead: "服务秘书", member: "秘书团队成员" } as const;

export type OfficeLevel = keyof typeof officeLevels;
export type Stage = keyof typeof stages;
export type AuditState = keyof typeof auditStates;
export type Light = keyof typeof lights;

/** Keys of an enumeration, typed, in display order. */
export function keysOf<T extends Record<string, string>>(labels: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]];
}
