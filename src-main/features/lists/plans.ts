/** Lists of 月报: 投资进度 by region, 资金, 入统入库. */
import type { ListRequest } from "#contract/lists.ts";
import type { RegionProgress } from "#contract/monthly-reports.ts";
import type { FundRow, StatsRegion, StatsRow } from "#contract/plans.ts";
import { papersText } from "#domain/stats-entry.ts";
import { fundSources, stages, statsStandings, statsStates } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { listFunds } from "#features/plans/funds.ts";
import { placesBelow } from "#features/plans/regions.ts";
import { statsEntry } from "#features/plans/stats-entry.ts";
import { investmentByRegion } from "#features/reports/regions.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { countColumn, dayColumn, moneyColumn, pointsColumn, textColumn } from "./columns.ts";
import { officeCondition, searchCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Asked<L extends ListRequest["list"]> = Extract<ListRequest, { list: L }>;

const ALL = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

const regionColumns: Record<string, SheetColumn<RegionProgress>> = {
  projects: countColumn("项目", ({ projects }) => projects),
  planned: countColumn("有年度计划", ({ planned }) => planned),
  plan: moneyColumn("年度计划投资", ({ plan }) => plan),
  completed: moneyColumn("当年累计完成", ({ completed }) => completed),
  completedOfPlanned: moneyColumn("其中有计划的", ({ completedOfPlanned }) => completedOfPlanned),
  percent: pointsColumn("完成率（%）", ({ percent }) => percent),
  lead: pointsColumn("超欠序时（百分点）", ({ lead }) => lead),
  monthPlanned: moneyColumn("本月计划", ({ monthPlanned }) => monthPlanned),
  monthCompleted: moneyColumn("本月完成", ({ monthCompleted }) => monthCompleted),
};

export function regionsList(office: Office, { month, officeId }: Asked<"regions">): ListSource<RegionProgress> {
  const rootId = officeId ?? office.id;
  const { rows, total } = investmentByRegion(office, month, rootId);
  const places = placesBelow(office, rootId);
  return {
    title: `${places.all}投资进度`,
    conditions: [`${month.slice(0, 4)}年1—${Number(month.slice(5))}月`, ...officeCondition(office, officeId)],
    rows,
    total,
    columns: { name: textColumn(places.one, 18, ({ name }) => name), ...regionColumns },
  };
}

const fundColumns: Record<string, SheetColumn<FundRow>> = {
  project: textColumn("项目名称", 36, ({ projectName }) => projectName),
  year: textColumn("年度", 8, ({ year }) => String(year)),
  source: textColumn("资金来源", 20, ({ source }) => fundSources[source]),
  name: textColumn("资金名称或批次", 28, ({ name }) => name),
  arranged: moneyColumn("安排", ({ arranged }) => arranged),
  paid: moneyColumn("支付", ({ paid }) => paid),
  percent: pointsColumn("支付率（%）", ({ percent }) => percent),
  late: textColumn("提醒", 12, ({ isLate }) => (isLate ? "未支付完" : null)),
  office: textColumn("管理单位", 16, ({ officeName }) => officeName),
};

export function fundsList(office: Office, { filter }: Asked<"funds">, asOf: string): ListSource<FundRow> {
  const { year, source, officeId, search, lateOnly } = filter;
  return {
    title: "项目资金",
    conditions: [
      ...(year === undefined ? [] : [`${year} 年`]),
      ...(source === undefined ? [] : [fundSources[source]]),
      ...(lateOnly ? ["应支付未支付完的"] : []),
      ...searchCondition(search),
      ...officeCondition(office, officeId),
    ],
    rows: listFunds(office, { filter, asOf, ...ALL }).rows,
    columns: fundColumns,
  };
}

const statsColumns: Record<string, SheetColumn<StatsRow>> = {
  name: textColumn("项目名称", 36, ({ name }) => name),
  state: textColumn("状态", 12, ({ stats_state }) => (stats_state === null ? "未填" : statsStates[stats_state])),
  over: textColumn("期限", 14, ({ standing, daysOver }) => (standing === "overdue" ? `超期 ${daysOver} 天` : null)),
  started: dayColumn("开工日期", ({ started_on }) => started_on ?? "未填"),
  stage: textColumn("阶段", 12, ({ stage }) => stage && stages[stage]),
  papers: textColumn("材料", 8, ({ stats_papers }) => papersText(stats_papers)),
  entered: dayColumn("入库日期", ({ stats_entered_on }) => stats_entered_on),
  office: textColumn("管理单位", 16, ({ officeName }) => officeName),
};

export function statsList(office: Office, { filter }: Asked<"statsEntry">, asOf: string): ListSource<StatsRow> {
  const { standing, officeId, search } = filter;
  return {
    title: "入统入库",
    conditions: [statsStandings[standing], ...searchCondition(search), ...officeCondition(office, officeId)],
    rows: statsEntry.list(office, { ...filter, asOf, ...ALL }).rows,
    columns: statsColumns,
  };
}

export function statsRegionsList(
  office: Office,
  { officeId }: Asked<"statsRegions">,
  asOf: string,
): ListSource<StatsRegion> {
  const { rows, total } = statsEntry.byRegion(office, { officeId, asOf });
  const places = placesBelow(office, officeId ?? office.id);
  return {
    title: `${places.all}入库率`,
    conditions: ["入库率 = 已入库 ÷ 已开工且需入库", `按 ${asOf}`, ...officeCondition(office, officeId)],
    rows,
    total,
    columns: {
      name: textColumn(places.one, 18, ({ name }) => name),
      owed: countColumn("应入库", ({ owed }) => owed),
      entered: countColumn("已入库", ({ entered }) => entered),
      overdue: countColumn("超期", ({ overdue }) => overdue),
      percent: pointsColumn("入库率（%）", ({ percent }) => percent),
    },
  };
}
