/** The grid of a month as a list: the same columns in the same order, so that it can be filled in and pasted back. */
import type { ListRequest } from "#contract/lists.ts";
import { type ReportRow, reportStates } from "#contract/monthly-reports.ts";
import { auditStates } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { listReports } from "#features/reports/list.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { moneyColumn, pointsColumn, textColumn } from "./columns.ts";
import { officeCondition, searchCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Line = Pick<
  ReportRow,
  | "projectName"
  | "planned_investment"
  | "completed_investment"
  | "image_progress"
  | "problems"
  | "yearCompleted"
  | "plan"
  | "percent"
  | "lead"
  | "officeName"
  | "review_note"
> & { standing: string };

const columns: Record<string, SheetColumn<Line>> = {
  name: textColumn("项目名称", 40, ({ projectName }) => projectName),
  planned_investment: moneyColumn("计划投资", ({ planned_investment }) => planned_investment),
  completed_investment: moneyColumn("实际完成投资", ({ completed_investment }) => completed_investment),
  image_progress: textColumn("形象进度", 40, ({ image_progress }) => image_progress),
  problems: textColumn("存在问题", 40, ({ problems }) => problems),
  state: textColumn("状态", 10, ({ standing }) => standing),
  year: moneyColumn("当年累计完成", ({ yearCompleted }) => yearCompleted),
  plan: moneyColumn("年度计划", ({ plan }) => plan?.amount ?? null),
  percent: pointsColumn("完成率（%）", ({ percent }) => percent),
  lead: pointsColumn("超欠序时（百分点）", ({ lead }) => lead),
  office: textColumn("管理单位", 16, ({ officeName }) => officeName),
  review_note: textColumn("退回原因", 30, ({ review_note }) => review_note),
};

export function reportsList(
  office: Office,
  { month, filter }: Extract<ListRequest, { list: "reports" }>,
): ListSource<Line> {
  const { rows, planned, completed } = listReports(office, month, filter, 0, Number.MAX_SAFE_INTEGER);
  const { state = "all" } = filter;
  const total: Line = {
    projectName: "合计",
    planned_investment: planned,
    completed_investment: completed,
    image_progress: null,
    problems: null,
    yearCompleted: null,
    plan: null,
    percent: null,
    lead: null,
    officeName: "",
    review_note: null,
    standing: "",
  };
  return {
    title: `${month} 月报`,
    conditions: [
      ...searchCondition(filter.search),
      ...officeCondition(office, filter.officeId),
      ...(state === "all" ? [] : [reportStates[state]]),
      ...(filter.ids ? [`选定的 ${filter.ids.length} 个项目`] : []),
    ],
    rows: rows.map((row) => ({
      ...row,
      standing: row.report_state === null ? "未报" : auditStates[row.report_state],
    })),
    total,
    columns,
  };
}
