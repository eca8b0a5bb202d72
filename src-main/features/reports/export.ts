/** The grid of a month as a workbook: the same columns in the same order, so that it can be filled in and pasted back. */
import type { ReportFilter, ReportRow } from "#contract/monthly-reports.ts";
import { auditStates } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { type SheetColumn, writeWorkbook, XLSX_TYPE } from "#features/spreadsheet/write-workbook.ts";
import { listReports } from "./list.ts";

const MONEY_FORMAT = "#,##0.00";

const text = (head: string, width: number, cell: (row: ReportRow) => string | null): SheetColumn<ReportRow> => ({
  head,
  width,
  cell: (row) => cell(row) || null,
});
const money = (head: string, cell: (row: ReportRow) => number | null): SheetColumn<ReportRow> => ({
  head: `${head}（万元）`,
  width: 18,
  numberFormat: MONEY_FORMAT,
  cell: (row) => {
    const amount = cell(row);
    return amount === null ? null : amount / 100;
  },
});
const percent = (head: string, cell: (row: ReportRow) => number | null): SheetColumn<ReportRow> => ({
  head,
  width: 14,
  numberFormat: "0.0",
  cell,
});

const columns: readonly SheetColumn<ReportRow>[] = [
  text("项目名称", 40, (row) => row.projectName),
  money("计划投资", (row) => row.planned_investment),
  money("实际完成投资", (row) => row.completed_investment),
  text("形象进度", 40, (row) => row.image_progress),
  text("存在问题", 40, (row) => row.problems),
  text("状态", 10, (row) => (row.report_state === null ? "未报" : auditStates[row.report_state])),
  text("管理单位", 16, (row) => row.officeName),
  money("年度计划", (row) => row.plan?.amount ?? null),
  money("当年累计完成", (row) => row.yearCompleted),
  percent("完成率（%）", (row) => row.percent),
  percent("超（欠）序时（百分点）", (row) => row.lead),
  text("退回原因", 30, (row) => (row.report_state === "returned" ? row.review_note : null)),
];

export async function exportMonth(office: Office, month: string, filter: ReportFilter): Promise<File> {
  const { rows } = listReports(office, month, filter, 0, Number.MAX_SAFE_INTEGER);
  const bytes = await writeWorkbook(`${month} 月报`, rows, columns);
  const name = `月报_${office.self.name}_${month}.xlsx`.replaceAll(/[\\/:*?"<>|]/g, "_");
  return new File([Uint8Array.from(bytes)], name, { type: XLSX_TYPE });
}
