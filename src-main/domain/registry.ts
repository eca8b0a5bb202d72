/**
 * The one registry of replicated entities. Validation, journal, sync, spreadsheet heads, form labels and
 * table columns come from here. To add a field: append one line to its entity (never insert or reorder: the
 * journal packs a field's position into each row) and add one migration with the column.
 */
import {
  boolean,
  date,
  type Field,
  integer,
  json,
  longText,
  money,
  month,
  oneOf,
  reference,
  setOf,
  text,
} from "./fields.ts";
import {
  assignmentRoles,
  auditStates,
  emergingIndustries,
  fundSources,
  grades,
  issueCategories,
  issueEntryKinds,
  issueLevels,
  issueSources,
  issueStates,
  lights,
  list2Kinds,
  lists,
  officeKinds,
  officeLevels,
  permitGroups,
  sectors,
  stages,
  statsPapers,
  statsStates,
  templateKinds,
  visitForms,
} from "./values.ts";

/** How a row is tied to the office tree; decides who receives it and who may write it. */
export type Scope =
  /** City-wide: every office receives it, only the city writes it. */
  | { by: "city" }
  /** Belongs to the office named by this column; goes to that office's line and to where the person works. */
  | { by: "office"; column: string }
  /** Belongs to the office named by this column (the project's own row). */
  | { by: "ownOffice"; column: string }
  /** Follows the project named by this column. */
  | { by: "project"; column: string };

export type Entity = {
  /** Chinese name of one record. */
  label: string;
  scope: Scope;
  /** Field that names a row in lists, history and conflicts. */
  title: string;
  /** Columns that identify a row by content: its id is then a UUIDv5 of them, so two offices meet on one row. */
  identity?: readonly string[];
  /** Once made, no field of it is ever written again. */
  isFrozen?: true;
  fields: Readonly<Record<string, Field>>;
};

/** Soft deletion is a field like any other: the day of deletion, or null. Every entity ends its first release with it. */
const archivedOn = date("归档日期", { byAct: true });

export const registry = {
  office: {
    label: "单位",
    scope: { by: "city" },
    title: "name",
    fields: {
      name: text("单位名称", { required: true, max: 60 }),
      level: oneOf("层级", officeLevels, { required: true }),
      kind: oneOf("性质", officeKinds, { required: true }),
      parent_id: reference("上级单位", "office"),
      division_code: text("统计用区划代码", { max: 12 }),
      aliases: text("别名", { max: 400 }),
      valid_from: date("启用日期"),
      valid_to: date("停用日期"),
      archived_on: archivedOn,
    },
  },
  setting: {
    label: "设定",
    scope: { by: "city" },
    title: "key",
    identity: ["key"],
    fields: {
      key: text("设定项", { required: true, max: 80 }),
      value: json("设定值", { required: true }),
      source: text("依据", { max: 400 }),
      archived_on: archivedOn,
    },
  },
  person: {
    label: "人员",
    scope: { by: "office", column: "office_id" },
    title: "name",
    fields: {
      office_id: reference("所在单位", "office", { required: true }),
      name: text("姓名", { required: true, max: 40 }),
      duty: text("职务", { max: 60 }),
      phone: text("联系电话", { max: 40 }),
      is_secretary: boolean("服务秘书"),
      secretary_unit: text("服务秘书责任单位", { max: 80 }),
      note: longText("备注"),
      archived_on: archivedOn,
    },
  },
  project: {
    label: "项目",
    scope: { by: "ownOffice", column: "office_id" },
    title: "name",
    fields: {
      name: text("项目名称", { required: true, aliases: ["名称", "工程名称", "project_name"] }),
      office_id: reference("管理单位", "office", { required: true }),
      region: text("所在地区", { max: 80, aliases: ["地区", "区域", "所属地区", "承载地区", "region"] }),
      address: text("建设地点", { aliases: ["地址", "实施地点", "项目地址", "address"] }),
      project_code: text("项目代码", { max: 40, aliases: ["统一代码"] }),
      owner: text("项目单位", { aliases: ["投资主体", "业主", "项目业主", "建设单位", "企业名称", "owner"] }),
      owner_lead: text("单位负责人", { max: 60, aliases: ["项目负责人", "负责人"] }),
      owner_lead_phone: text("负责人电话", { max: 40 }),
      owner_permit_clerk: text("手续办理人员", { max: 60 }),
      total_investment: money("总投资", { aliases: ["总投资额", "计划总投资", "total_investment"] }),
      annual_plan_investment: money("年度计划投资", { aliases: ["当年计划投资", "年计划投资", "annual_plan"] }),
      completed_investment: money("累计完成投资", {
        aliases: ["自开始累积完成投资", "项目累计", "累计投资", "completed_cumulative"],
      }),
      content: longText("建设内容", { aliases: ["主要建设内容", "建设规模及内容", "规模及内容", "content"] }),
      stage: oneOf("阶段", stages, { aliases: ["项目阶段", "进度类别"] }),
      list2_kind: oneOf("建设性质", list2Kinds, { aliases: ["项目性质"] }),
      sector: oneOf("类别", sectors, { aliases: ["项目类别"] }),
      category: text("行业分类", { max: 80, aliases: ["行业", "行业类别", "产业", "category"] }),
      grade: oneOf("项目级别", grades, { aliases: ["级别", "是否省/市重点"] }),
      lists: setOf("所在清单", lists, { aliases: ["清单", "六个清单"] }),
      emerging_industry: oneOf("战新行业", emergingIndustries, { aliases: ["战略性新兴产业"] }),
      is_tech_upgrade: boolean("技术改造"),
      responsible_unit: text("责任单位", { max: 80 }),
      lead_unit: text("牵头单位", { max: 80, aliases: ["牵头部门"] }),
      sponsor: text("包保领导", { max: 60 }),
      funding: text("资金来源"),
      started_on: date("开工日期", { aliases: ["开工时间", "start"] }),
      completed_on: date("竣工日期", { aliases: ["竣工时间", "finish"] }),
      started_text: text("开工/计划开工时间", { max: 60 }),
      completed_text: text("计划竣工时间", { max: 60 }),
      annual_goal: longText("年计划形象进度", { aliases: ["年度目标", "年度形象进度目标"] }),
      image_progress: longText("形象进度", { aliases: ["进展情况", "目前进展", "progress_text"] }),
      problems: longText("存在问题", { aliases: ["问题汇总", "问题"] }),
      permits_note: longText("土地征收情况及前期手续办理情况", { aliases: ["手续办理情况", "前期手续办理情况"] }),
      status_text: text("状态（原文）", { max: 60, aliases: ["状态", "项目状态", "status"] }),
      as_of: date("资料截至", { aliases: ["as_of"] }),
      origin: text("资料来源", { aliases: ["来源", "list_name"] }),
      origin_code: text("来源编号", { max: 40, aliases: ["编号", "row_id"] }),
      note: longText("备注", { aliases: ["说明", "note"] }),
      archived_on: archivedOn,
      green_channel: boolean("绿色通道"),
      stats_state: oneOf("入统入库", statsStates, { aliases: ["入库状态", "入统状态"] }),
      stats_papers: setOf("入库材料", statsPapers),
      stats_entered_on: date("入库日期"),
      stats_note: longText("入库说明"),
    },
  },
  node: {
    label: "节点",
    scope: { by: "project", column: "project_id" },
    title: "name",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      name: text("节点名称", { required: true }),
      planned_on: date("计划完成日期", { aliases: ["计划日期", "计划时间"] }),
      planned_month: month("列入月度计划", { aliases: ["计划月份"] }),
      responsible_unit: text("责任单位", { max: 80 }),
      responsible_person: text("责任人", { max: 60 }),
      actual_on: date("实际完成日期", { aliases: ["完成日期"] }),
      completion_note: longText("完成情况"),
      evidence: longText("佐证材料"),
      audit_state: oneOf("审核状态", auditStates, { required: true, byAct: true }),
      submitted_on: date("上报日期", { byAct: true }),
      reviewed_on: date("审核日期", { writers: "district", byAct: true }),
      review_note: longText("审核意见", { writers: "district", byAct: true }),
      position: integer("序号", 0, 100_000),
      archived_on: archivedOn,
    },
  },
  monthly_progress: {
    label: "月度进度",
    scope: { by: "project", column: "project_id" },
    title: "month",
    identity: ["project_id", "month"],
    fields: {
      project_id: reference("项目", "project", { required: true }),
      month: month("月份", { required: true }),
      image_progress: longText("形象进度"),
      completed_investment: money("当月完成投资", { aliases: ["实际完成投资", "当月投资"] }),
      problems: longText("存在问题"),
      archived_on: archivedOn,
      planned_investment: money("当月计划投资", { aliases: ["计划完成投资"] }),
      planned_progress: longText("计划形象进度"),
      /** Of the month's report; null is a draft. */
      report_state: oneOf("报表状态", auditStates, { byAct: true }),
      submitted_on: date("上报日期", { byAct: true }),
      reviewed_on: date("审核日期", { writers: "district", byAct: true }),
      review_note: longText("审核意见", { writers: "district", byAct: true }),
    },
  },
  assignment: {
    label: "秘书分工",
    scope: { by: "project", column: "project_id" },
    title: "person_id",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      person_id: reference("服务秘书", "person", { required: true }),
      role: oneOf("分工", assignmentRoles, { required: true }),
      from_on: date("开始日期", { required: true }),
      to_on: date("结束日期"),
      archived_on: archivedOn,
    },
  },
  visit: {
    label: "走访",
    scope: { by: "project", column: "project_id" },
    title: "visited_on",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      person_id: reference("服务秘书", "person", { required: true }),
      visited_on: date("走访日期", { required: true }),
      form: oneOf("形式", visitForms, { required: true }),
      people_met: text("会见人员", { max: 200 }),
      findings: longText("了解到的情况"),
      follow_up: longText("后续事项"),
      follow_up_on: date("办理期限"),
      followed_up_on: date("办结日期"),
      archived_on: archivedOn,
    },
  },
  /** A photo or document; its content is a file of its own, found by its hash (store/blobs.ts). */
  attachment: {
    label: "附件",
    scope: { by: "project", column: "project_id" },
    title: "name",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      visit_id: reference("走访", "visit"),
      node_id: reference("节点", "node"),
      name: text("名称", { required: true }),
      /** SHA-256 of the content, 64 hexadecimal digits. */
      hash: text("内容指纹", { required: true, max: 64, byAct: true, hidden: true }),
      size: integer("大小（字节）", 0, 1_073_741_824, { required: true, byAct: true }),
      media_type: text("文件类型", { required: true, max: 100, byAct: true, hidden: true }),
      taken_on: date("拍摄日期"),
      note: longText("说明"),
      /** SHA-256 of a small JPEG of a photo; null for documents. */
      thumb_hash: text("缩略图指纹", { max: 64, byAct: true, hidden: true }),
      archived_on: archivedOn,
      issue_id: reference("问题", "issue"),
      permit_id: reference("手续", "permit"),
    },
  },
  annual_plan: {
    label: "年度计划",
    scope: { by: "project", column: "project_id" },
    title: "year",
    identity: ["project_id", "year"],
    fields: {
      project_id: reference("项目", "project", { required: true }),
      year: integer("年度", 2000, 2100, { required: true }),
      planned_investment: money("年度计划投资"),
      goal: longText("年度形象进度目标"),
      note: longText("备注"),
      archived_on: archivedOn,
    },
  },
  fund: {
    label: "资金",
    scope: { by: "project", column: "project_id" },
    title: "name",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      name: text("资金名称或批次", { required: true }),
      year: integer("年度", 2000, 2100, { required: true }),
      source: oneOf("资金来源", fundSources, { required: true }),
      arranged: money("安排金额"),
      paid: money("支付金额"),
      note: longText("备注"),
      archived_on: archivedOn,
    },
  },
  /** What the city hands down to start lists from; its items are parsed by domain/template.ts. */
  template: {
    label: "模板",
    scope: { by: "city" },
    title: "name",
    fields: {
      kind: oneOf("用途", templateKinds, { required: true }),
      name: text("模板名称", { required: true, max: 80 }),
      project_kind: text("适用项目", { max: 80 }),
      items: json("内容", { required: true }),
      source: text("依据", { max: 400 }),
      archived_on: archivedOn,
    },
  },
  permit: {
    label: "手续",
    scope: { by: "project", column: "project_id" },
    title: "name",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      name: text("手续名称", { required: true }),
      groups: setOf("归入", permitGroups),
      authority: text("审批部门", { max: 80 }),
      planned_on: date("计划办结日期"),
      applied_on: date("申报日期"),
      actual_on: date("办结日期"),
      certificate_no: text("证号", { max: 100 }),
      is_deficient: boolean("容缺受理"),
      deficient_until: date("容缺补齐期限"),
      deficient_done_on: date("容缺补齐日期"),
      /** The permit that this one does again (手续重做); that one stays as history. */
      redo_of: reference("重做的手续", "permit", { byAct: true }),
      redo_reason: longText("重做原因"),
      /** The city's template that it was made from: names the members that its project must have (domain/permit.ts). */
      template_id: reference("所用模板", "template", { byAct: true }),
      note: longText("备注"),
      position: integer("序号", 0, 100_000),
      archived_on: archivedOn,
    },
  },
  issue: {
    label: "问题",
    scope: { by: "project", column: "project_id" },
    title: "title",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      title: text("问题", { required: true }),
      detail: longText("具体情况"),
      category: oneOf("类别", issueCategories, { required: true }),
      source: oneOf("来源", issueSources, { required: true }),
      found_on: date("发现日期", { required: true }),
      visit_id: reference("走访", "visit"),
      hotline_no: text("热线工单号", { max: 60 }),
      caller: text("反映人", { max: 60 }),
      caller_phone: text("反映人电话", { max: 40 }),
      handler_unit: text("承办单位", { max: 80 }),
      handler_person: text("承办人", { max: 60 }),
      measures: longText("解决措施"),
      deadline_on: date("办理期限"),
      state: oneOf("状态", issueStates, { required: true, byAct: true }),
      level: oneOf("层级", issueLevels, { required: true, byAct: true }),
      level_since: date("到达本层级日期", { byAct: true }),
      /** Its level was asked and owes an answer. */
      awaits_answer: boolean("待答复", { byAct: true }),
      is_supervised: boolean("挂牌督办", { writers: "city", byAct: true }),
      supervised_on: date("挂牌日期", { writers: "city", byAct: true }),
      supervised_by: text("督办领导或单位", { max: 80, writers: "city", byAct: true }),
      needs_relief: boolean("列入难点纾解清单", { writers: "district", byAct: true }),
      solved_on: date("解决日期", { byAct: true }),
      owner_replied_on: date("业主回音日期", { byAct: true }),
      owner_reply: longText("业主回音", { byAct: true }),
      closed_on: date("销号日期", { byAct: true }),
      archived_on: archivedOn,
    },
  },
  /** One step of an issue: a month's follow-up, a raise, an answer; never changed, so that the story stays. */
  issue_entry: {
    label: "问题办理记录",
    scope: { by: "project", column: "project_id" },
    title: "happened_on",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      issue_id: reference("问题", "issue", { required: true }),
      kind: oneOf("事项", issueEntryKinds, { required: true }),
      happened_on: date("日期", { required: true }),
      /** Level at which it happened, or to which it was raised or handed back. */
      level: oneOf("层级", issueLevels, { byAct: true }),
      content: longText("内容"),
      office_id: reference("单位", "office", { required: true }),
      person_name: text("经办人", { max: 60 }),
      archived_on: archivedOn,
    },
  },
  /**
   * 月对账: what one office closed of one month; `totals` is parsed by domain/statement.ts. Of two for one month
   * (closed again after a restore) the earlier counts.
   */
  month_statement: {
    label: "月对账",
    scope: { by: "office", column: "office_id" },
    title: "month",
    isFrozen: true,
    fields: {
      office_id: reference("单位", "office", { required: true, writers: "district" }),
      month: month("月份", { required: true }),
      frozen_on: date("对账日期", { required: true }),
      person_name: text("对账人", { max: 60 }),
      /** Settings in force on that day. */
      rules: json("规则", { required: true }),
      totals: json("合计", { required: true }),
      archived_on: archivedOn,
    },
  },
  /** A project's line in a month's statement. */
  statement_line: {
    label: "月对账项目",
    scope: { by: "project", column: "project_id" },
    title: "month",
    isFrozen: true,
    fields: {
      project_id: reference("项目", "project", { required: true }),
      statement_id: reference("月对账", "month_statement", { required: true }),
      /** The office that closed it, and the one that managed the project then. */
      office_id: reference("对账单位", "office", { required: true, writers: "district" }),
      managed_by: reference("管理单位", "office"),
      month: month("月份", { required: true }),
      light: oneOf("灯", lights, { required: true }),
      reason: text("亮灯原因", { max: 400 }),
      nodes_due: integer("当月应完成节点", 0, 100_000),
      nodes_done: integer("当月按期完成节点", 0, 100_000),
      nodes_overdue: integer("逾期节点", 0, 100_000),
      annual_plan: money("年度计划投资"),
      month_planned: money("当月计划投资"),
      month_completed: money("当月完成投资"),
      year_completed: money("当年完成投资"),
      image_progress: longText("形象进度"),
      archived_on: archivedOn,
    },
  },
} as const satisfies Record<string, Entity>;

export type EntityName = keyof typeof registry;
export const entityNames = Object.keys(registry) as EntityName[];

export type FieldName<E extends EntityName> = keyof (typeof registry)[E]["fields"] & string;

/** Entities whose records belong to an office themselves; what belongs to a project comes and goes with it. */
export type SubjectEntity = "project" | "person" | "month_statement";

export function isSubject(entity: string): entity is SubjectEntity {
  const by = entityOf(entity)?.scope.by;
  return by === "office" || by === "ownOffice";
}

export const subjectEntities = entityNames.filter(isSubject);

type ValueOf<F> = F extends { kind: "enum"; labels: infer L }
  ? keyof L & string
  : F extends { kind: "money" | "integer" }
    ? number
    : F extends { kind: "boolean" }
      ? 0 | 1
      : string;
type Nullable<F> = F extends { required: true } ? never : null;

/** A row of an entity as stored and as carried by the contract: its id and every registered field. */
export type Row<E extends EntityName> = { id: string } & {
  [K in FieldName<E>]: ValueOf<(typeof registry)[E]["fields"][K]> | Nullable<(typeof registry)[E]["fields"][K]>;
};

/** Field values of a write: some of an entity's fields. */
export type Values<E extends EntityName> = Partial<Omit<Row<E>, "id">>;

/** The entity of this name; undefined for one that a newer program has added (law 10). */
export function entityOf(name: string): Entity | undefined {
  return Object.hasOwn(registry, name) ? (registry as Record<string, Entity>)[name] : undefined;
}

/** The fields of an entity in registry order, widened for generic code. */
export function fieldsOf(entity: EntityName): [string, Field][] {
  return Object.entries(registry[entity].fields as Record<string, Field>);
}

/** Names of the fields a clerk may enter, in registry order: all but those that follow from acts of their own. */
export function enteredFields<E extends EntityName>(entity: E): FieldName<E>[] {
  return fieldsOf(entity)
    .filter(([, field]) => !field.byAct)
    .map(([name]) => name as FieldName<E>);
}

/** The field of this name; undefined for one that a newer program has added (law 10). */
export function fieldOf(entity: EntityName, name: string): Field | undefined {
  const fields = registry[entity].fields as Record<string, Field>;
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
