/** Lists of 对账: a month's lines, its corrections, and the ranking of a month, a quarter or a year. */
import type { BookLine } from "#contract/books.ts";
import type { ListRequest } from "#contract/lists.ts";
import { atOnce } from "#domain/at-once.ts";
import { wholeMonths } from "#domain/light-verdicts.ts";
import { completionPercent, leadPoints } from "#domain/progress.ts";
import {
  type Correction,
  type Figures,
  nodeCompletionPercent,
  type RankedPart,
  rankedFirst,
} from "#domain/statement.ts";
import { keysOf, lights } from "#domain/values.ts";
import { correctionsOf } from "#features/books/corrections.ts";
import { monthBooks, monthLines, requireVisible } from "#features/books/month.ts";
import { periodBooks } from "#features/books/period.ts";
import { statementOf } from "#features/books/statements.ts";
import type { Office } from "#features/office.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { countColumn, moneyColumn, pointsColumn, textColumn } from "./columns.ts";
import { officeCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Asked<L extends ListRequest["list"]> = Extract<ListRequest, { list: L }>;

const standOf = (closed: unknown) => (closed ? "已对账" : "未对账，为预览");

export function bookLinesList(office: Office, { filter }: Asked<"bookLines">): ListSource<BookLine> {
  const { month, officeId, partId } = filter;
  const { date, closed } = monthBooks(office, month, officeId);
  const months = wholeMonths(date);
  return {
    title: `${month} 各项目对账`,
    conditions: [
      standOf(closed),
      ...officeCondition(office, partId ?? officeId),
      ...(filter.lights ?? []).map((light) => lights[light]),
    ],
    rows: monthLines(office, { ...filter, offset: 0, limit: Number.MAX_SAFE_INTEGER }).rows,
    columns: {
      name: textColumn("项目名称", 36, ({ projectName }) => projectName),
      office: textColumn("管理单位", 16, ({ officeName }) => officeName),
      light: textColumn("灯号", 8, ({ light }) => lights[light]),
      reason: textColumn("亮灯原因", 40, ({ reason }) => reason),
      nodes: textColumn("节点按期/应完成", 14, ({ nodesDone, nodesDue }) =>
        nodesDue > 0 ? `${nodesDone}/${nodesDue}` : null,
      ),
      overdue: countColumn("逾期节点", ({ nodesOverdue }) => nodesOverdue),
      planned: moneyColumn("当月计划投资", ({ monthPlanned }) => monthPlanned),
      completed: moneyColumn("当月完成投资", ({ monthCompleted }) => monthCompleted),
      plan: moneyColumn("年度计划", ({ annualPlan }) => annualPlan),
      year: moneyColumn("当年完成", ({ yearCompleted }) => yearCompleted),
      lead: pointsColumn("超欠序时（百分点）", ({ yearCompleted, annualPlan }) =>
        leadPoints(yearCompleted, annualPlan, months),
      ),
    },
  };
}

const correctionColumns: Record<string, SheetColumn<Correction>> = {
  name: textColumn("项目名称", 36, ({ projectName }) => projectName),
  office: textColumn("管理单位", 16, ({ officeName }) => officeName),
  changes: textColumn("对账时 → 现在", 48, ({ changes }) =>
    changes.map(({ label, frozen, now }) => `${label}：${frozen} → ${now}`).join("；"),
  ),
  causes: textColumn("何时何人改动", 60, ({ causes }) =>
    causes.map(({ at, who, what }) => `${at} ${who} ${what}`).join("；"),
  ),
};

export function correctionsList(
  office: Office,
  { month, officeId = office.id }: Asked<"corrections">,
): ListSource<Correction> {
  const { name } = requireVisible(office, officeId);
  const statement = statementOf(office.store, officeId, month);
  return {
    title: `${month} 对账以后的更正`,
    conditions: [name, statement ? `${statement.frozen_on} 对账` : standOf(statement)],
    rows: statement ? atOnce(correctionsOf(office, statement, Number.POSITIVE_INFINITY)).corrections : [],
    columns: correctionColumns,
  };
}

export function monthRankingList(office: Office, { month, officeId }: Asked<"monthRanking">): ListSource<RankedPart> {
  const { parts, whole, date, closed, officeName } = monthBooks(office, month, officeId);
  return {
    title: `${month} 节点完成排名`,
    conditions: [officeName, standOf(closed), `灯号按 ${date}`],
    ...ranking(parts, whole, wholeMonths(date)),
  };
}

export function periodRankingList(office: Office, { period }: Asked<"periodRanking">): ListSource<RankedPart> {
  const { year, quarter, officeId } = period;
  const { parts, whole, months, officeName } = periodBooks(office, year, quarter, officeId);
  const closed = months.filter(({ figures }) => figures !== null).map(({ month }) => month);
  return {
    title: `${year}年${quarter === null ? "" : `${quarter}季度`}节点完成排名`,
    conditions: [officeName, `已对账 ${closed.length} 个月，共 ${months.length} 个月`],
    ...ranking(parts, whole, Number(closed.at(-1)?.slice(5) ?? 0)),
  };
}

/** The parts as they are placed, and their sum below; `months` of the year are over. */
function ranking(parts: readonly RankedPart[], whole: Figures, months: number) {
  const total: RankedPart = { officeId: "", name: "合计", figures: whole, rank: null };
  const number = (head: string, of: (figures: Figures) => number) =>
    countColumn<RankedPart>(head, ({ figures }) => of(figures));
  const money = (head: string, of: (figures: Figures) => number) =>
    moneyColumn<RankedPart>(head, ({ figures }) => of(figures));
  const columns: Record<string, SheetColumn<RankedPart>> = {
    rank: countColumn("名次", ({ rank }) => rank),
    name: textColumn("单位", 20, ({ name }) => name),
    projects: number("项目", ({ projects }) => projects),
    ...Object.fromEntries(keysOf(lights).map((light) => [light, number(lights[light], (figures) => figures[light])])),
    due: number("应完成节点", ({ nodesDue }) => nodesDue),
    done: number("按期完成", ({ nodesDone }) => nodesDone),
    rate: pointsColumn("节点完成率（%）", ({ figures }) => nodeCompletionPercent(figures)),
    overdue: number("逾期节点", ({ nodesOverdue }) => nodesOverdue),
    planned: money("计划投资", ({ monthPlanned }) => monthPlanned),
    completed: money("完成投资", ({ monthCompleted }) => monthCompleted),
    plan: money("年度计划", ({ annualPlan }) => annualPlan),
    year: money("当年完成", ({ yearCompleted }) => yearCompleted),
    completion: pointsColumn("投资完成率（%）", ({ figures }) =>
      completionPercent(figures.completedOfPlanned, figures.annualPlan),
    ),
    lead: pointsColumn("超欠序时（百分点）", ({ figures }) =>
      leadPoints(figures.completedOfPlanned, figures.annualPlan, months),
    ),
  };
  return { rows: rankedFirst(parts), columns, total };
}
