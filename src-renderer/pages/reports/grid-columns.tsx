import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReportRow } from "#contract/monthly-reports.ts";
import { leadCell } from "#domain/figures-text.ts";
import { groupedMoney } from "#domain/money.ts";
import { type GridField, gridFields, gridHeads } from "#domain/month-grid.ts";
import { registry } from "#domain/registry.ts";
import type { GridColumn } from "#renderer/components/sheet-grid/grid-types.ts";
import { AuditBadge } from "#renderer/pages/nodes/audit-badge.tsx";
import type { Entry } from "./use-entries.ts";

type Column = GridColumn<ReportRow>;

const widths: Record<GridField, number> = {
  planned_investment: 124,
  completed_investment: 150,
  image_progress: 240,
  problems: 190,
};

/** Columns of the grid: those that are entered stand together, so that a block from a spreadsheet falls on them. */
export function gridColumns(at: (projectId: string, field: GridField) => Entry | undefined, showsOffice: boolean) {
  const entered = gridFields.map((field): Column => {
    const isMoney = registry.monthly_progress.fields[field].kind === "money";
    return {
      key: field,
      header: isMoney ? `${gridHeads[field]}(万元)` : gridHeads[field],
      width: widths[field],
      align: isMoney ? "end" : undefined,
      text: (row) => {
        const entry = at(row.projectId, field);
        if (entry?.problem) return entry.text;
        const value = entry ? entry.value : row[field];
        if (value === null) return "";
        return isMoney ? groupedMoney(Number(value), "万元") : String(value);
      },
      canEdit: (row) => row.lockedReason === "",
      mark: (row) => {
        const entry = at(row.projectId, field);
        return entry && { isDirty: true, problem: entry.problem };
      },
    };
  });
  return [name, ...entered, state, ...figures, ...(showsOffice ? [office] : [])];
}

const name: Column = {
  key: "name",
  header: "项目名称",
  width: 250,
  text: (row) => row.projectName,
  render: (row) => (
    <Anchor
      size="sm"
      tabIndex={-1}
      c="inherit"
      renderRoot={(props) => (
        <Link
          to="/projects/$projectId"
          params={{ projectId: row.projectId }}
          search={{ tab: "plan", year: Number(row.month.slice(0, 4)) }}
          {...props}
        />
      )}
    >
      {row.projectName}
    </Anchor>
  ),
};
const state: Column = {
  key: "state",
  header: "状态",
  width: 96,
  text: (row) => row.report_state ?? "",
  render: (row) => row.report_state && <AuditBadge state={row.report_state} />,
};
const office: Column = { key: "office", header: "管理单位", width: 120, text: (row) => row.officeName };

const money = (amount: number | null) => (amount === null ? "" : groupedMoney(amount, "万元"));
const figures: Column[] = [
  {
    key: "year",
    header: "当年累计(万元)",
    width: 130,
    align: "end",
    text: (row) => money(row.yearCompleted),
  },
  {
    key: "plan",
    header: "年度计划(万元)",
    width: 130,
    align: "end",
    text: (row) => money(row.plan?.amount ?? null),
  },
  {
    key: "percent",
    header: "完成率",
    width: 84,
    align: "end",
    text: (row) => (row.percent === null ? "" : `${row.percent.toFixed(1)}%`),
  },
  {
    key: "lead",
    header: "超欠序时(百分点)",
    width: 140,
    align: "end",
    text: (row) => leadCell(row.lead),
  },
];
