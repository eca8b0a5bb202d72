import { Anchor } from "@mantine/core";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import type { ReportRow } from "#contract/monthly-reports.ts";
import type { ProjectYear } from "#contract/plans.ts";
import { groupedMoney } from "#domain/money.ts";
import { AuditBadge } from "#renderer/pages/nodes/audit-badge.tsx";
import { MonthDrawer } from "./month-drawer.tsx";
import classes from "./project.module.css";

const money = (amount: number | null) => (amount === null ? "" : groupedMoney(amount, "万元"));

/** The twelve months of a year: planned against actual, and where each report stands. */
export function MonthTable({ page, plan }: { page: ProjectPage; plan: ProjectYear }) {
  const [opened, setOpened] = useState<string | null>(null);
  const report = plan.months.find(({ month }) => month === opened) ?? null;
  return (
    <>
      <table className={classes.list} aria-label={`${plan.year}年各月月报`}>
        <thead>
          <tr>
            <th>月份</th>
            <th data-align="end">计划(万元)</th>
            <th data-align="end">完成(万元)</th>
            <th>形象进度</th>
            <th>存在问题</th>
            <th>状态</th>
          </tr>
        </thead>
        <tbody>
          {plan.months.map((row) => (
            <tr key={row.month}>
              <td data-nowrap>
                <Anchor component="button" type="button" size="sm" onClick={() => setOpened(row.month)}>
                  {row.month}
                </Anchor>
              </td>
              <td data-nowrap data-align="end">
                {money(row.planned_investment)}
              </td>
              <td data-nowrap data-align="end">
                {money(row.completed_investment)}
              </td>
              <td>
                <div className={classes.clip}>{progressText(row)}</div>
              </td>
              <td>
                <div className={classes.clip}>{row.problems}</div>
              </td>
              <td data-nowrap>{row.report_state && <AuditBadge state={row.report_state} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MonthDrawer page={page} report={report} onClose={() => setOpened(null)} />
    </>
  );
}

/** What was reached, else what is planned. */
function progressText({ image_progress, planned_progress }: ReportRow): string {
  return image_progress ?? (planned_progress ? `计划：${planned_progress}` : "");
}
