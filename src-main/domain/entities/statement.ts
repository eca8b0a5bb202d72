/** Closed months. */
import { archivedOn, type Entity } from "#domain/entity.ts";
import { date, integer, json, longText, money, month, oneOf, reference, text } from "#domain/fields.ts";
import { lights } from "#domain/values.ts";

export const statementEntities = {
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
