/** 手续总览 as a list to print and export. */

import type { ListRequest } from "#contract/lists.ts";
import type { PermitDays, PermitOverviewRow } from "#contract/permits.ts";
import { permitConditions } from "#contract/permits.ts";
import { averageText, greenDifferenceText, owedText, ratioText } from "#domain/permit.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { permitDays } from "#features/permits/days.ts";
import { overviewRows } from "#features/permits/overview.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { textColumn } from "./columns.ts";
import { officeCondition, searchCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Asked = Extract<ListRequest, { list: "permits" }>;

export function permitsList(office: Office, { filter }: Asked, asOf: string): ListSource<PermitOverviewRow> {
  const { search, officeId, condition } = filter;
  return {
    title: "手续总览",
    conditions: [
      ...searchCondition(search),
      ...officeCondition(office, officeId),
      ...(condition ? [permitConditions[condition]] : []),
    ],
    rows: overviewRows(office, filter, asOf, 0, -1),
    columns: columnsOf(asOf),
  };
}

function columnsOf(asOf: string): Record<string, SheetColumn<PermitOverviewRow>> {
  const groups = keysOf(permitGroups).map((group) => [
    group,
    textColumn<PermitOverviewRow>(permitGroups[group], 12, ({ counts }) => ratioText(counts[group])),
  ]);
  return {
    name: textColumn("项目", 36, ({ projectName }) => projectName),
    office: textColumn("管理单位", 16, ({ officeName }) => officeName),
    ...Object.fromEntries(groups),
    all: textColumn("全部手续", 10, (row) => (row.total === 0 ? "未建" : ratioText(row))),
    overdue: textColumn("逾期未办结", 30, ({ overdue }) => overdue.join("、")),
    deficient: textColumn("容缺未补齐", 36, ({ deficient }) =>
      deficient.map(({ name, until }) => owedText(name, until, asOf)).join("；"),
    ),
    next: textColumn("下一项", 28, ({ next }) => next && `${next.plannedOn} ${next.name}`),
    green: textColumn("绿色通道", 10, ({ greenChannel }) => (greenChannel ? "是" : null)),
  };
}

export function permitDaysList(office: Office): ListSource<PermitDays> {
  return {
    title: "手续办理用时",
    conditions: ["申报到办结，自然日"],
    rows: permitDays(office),
    columns: {
      name: textColumn("手续", 28, ({ name }) => name),
      green: textColumn("绿色通道项目", 20, ({ green }) => averageText(green)),
      others: textColumn("其他项目", 20, ({ others }) => averageText(others)),
      difference: textColumn("相差", 14, greenDifferenceText),
    },
  };
}
