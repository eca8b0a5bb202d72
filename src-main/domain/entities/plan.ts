/** What is planned for a project and what it must obtain: years, money, permits, and the templates they begin with. */
import { archivedOn, type Entity } from "#domain/entity.ts";
import { boolean, date, integer, json, longText, money, oneOf, reference, setOf, text } from "#domain/fields.ts";
import { fundSources, permitGroups, templateKinds } from "#domain/values.ts";

export const planEntities = {
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
} as const satisfies Record<string, Entity>;
