/** 月对账单, 季交账单 and 年度总账单: ranking by node completion, red and yellow projects, corrections. */
import { completionText, countCell, leadText, moneyCell, rateText } from "#domain/figures-text.ts";
import type { LightRules } from "#domain/project-light.ts";
import { type Correction, type Figures, type ProjectFigures, type RankedPart, rankedFirst } from "#domain/statement.ts";
import { keysOf, lights } from "#domain/values.ts";
import type { SheetOrigin } from "./document.tsx";
import { LightLegend, LightMark } from "./light-mark.tsx";
import { renderTableSheet, type SheetColumn, type SheetTable, sheetTable } from "./table-sheet.tsx";

type Line = ProjectFigures & { projectName: string; officeName: string; reason: string };

type Shared = {
  title: string;
  reportingOffice: string;
  parts: readonly RankedPart[];
  whole: Figures;
  conflicts: number;
};

export type MonthSheet = Shared & {
  month: string;
  date: string;
  rules: LightRules;
  /** Null for a preview. */
  frozenOn: string | null;
  /** Red and yellow projects, the first of `litTotal`. */
  lit: readonly Line[];
  litTotal: number;
  /** Corrections of earlier months, and those of this one that are known by now. */
  listed: { corrections: readonly Correction[]; total: number };
  known: { corrections: readonly Correction[]; total: number };
};

export type PeriodSheet = Shared & {
  span: string;
  months: readonly { month: string; figures: Figures | null }[];
  partMonths: readonly { name: string; months: readonly (Figures | null)[] }[];
};

export function renderMonthSheet(sheet: MonthSheet, origin: SheetOrigin): string {
  const { month, date, frozenOn, rules, lit, litTotal, listed, known } = sheet;
  const rest = litTotal > lit.length ? `（共 ${litTotal} 个，列前 ${lit.length} 个）` : "";
  return renderTableSheet(
    {
      title: sheet.title,
      span: `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月${frozenOn ? "" : "（预览，未对账）"}`,
      reportingOffice: sheet.reportingOffice,
      unit: "单位：万元",
      tables: [
        rankingTable(sheet, Number(date.slice(5, 7)), "一、节点完成排名、灯号与投资"),
        sheetTable(lit, lineColumns, { heading: `二、红灯、黄灯项目${rest}`, empty: "没有红灯、黄灯项目" }),
        ...correctionTable(listed, "三、以前月份的更正"),
        ...correctionTable(known, `${listed.total > 0 ? "四" : "三"}、对账后的更正（不改动上面的数字）`),
      ],
      notes: (
        <>
          <p>
            {frozenOn ? `本月账已于 ${frozenOn} 对账，数字不再变动。` : "本月还没有对账，数字以对账时为准。"}
            节点完成率＝当月按期完成的节点÷当月应完成的节点，相同的并列，没有应完成节点的不排名；完成率、序时只算有年度计划的项目。
          </p>
          <LightLegend rules={rules} asOf={date} />
        </>
      ),
      conflicts: sheet.conflicts,
    },
    origin,
  );
}

export function renderPeriodSheet(sheet: PeriodSheet, origin: SheetOrigin): string {
  const closed = sheet.months.filter(({ figures }) => figures !== null).map(({ month }) => month);
  const missing = sheet.months.filter(({ figures }) => figures === null).map(({ month }) => month);
  return renderTableSheet(
    {
      title: sheet.title,
      span: sheet.span,
      reportingOffice: sheet.reportingOffice,
      unit: "单位：万元",
      tables: [
        rankingTable(sheet, Number(closed.at(-1)?.slice(5) ?? 0), "一、合计与节点完成排名"),
        sheetTable(sheet.partMonths, monthColumns(sheet.months.map(({ month }) => month)), {
          heading: "二、各月节点完成（按期完成/应完成）",
          empty: "没有已对账的月份",
        }),
      ],
      notes: (
        <p>
          {missing.length > 0 && <strong>缺 {missing.join("、")} 的月对账，未计入。</strong>}
          应完成、按期完成的节点和计划、完成投资为已对账各月相加；项目数、灯号、逾期节点、年度计划和当年完成以最后一个已对账月份为准。
        </p>
      ),
      conflicts: sheet.conflicts,
    },
    origin,
  );
}

type PartLine = { name: string; rank: number | null; figures: Figures };

function rankingTable({ parts, whole }: Shared, months: number, heading: string): SheetTable {
  const rows: PartLine[] = rankedFirst(parts);
  return sheetTable(rows, rankingColumns(months), {
    heading,
    empty: "没有项目",
    total: { name: "合计", rank: null, figures: whole },
  });
}

function rankingColumns(months: number): SheetColumn<PartLine>[] {
  const number = (head: string, width: number, of: (figures: Figures) => string | number): SheetColumn<PartLine> => ({
    head,
    width,
    align: "end",
    cell: ({ figures }) => {
      const value = of(figures);
      return typeof value === "number" ? countCell(value) : value;
    },
  });
  return [
    { head: "名次", width: 10, align: "center", cell: ({ rank, name }) => rank ?? (name === "合计" ? "" : "—") },
    { head: "单位", cell: ({ name }) => name },
    number("项目", 11, ({ projects }) => projects),
    ...keysOf(lights).map((light) => number(lights[light], 11, (figures) => figures[light])),
    number("应完成\n节点", 13, ({ nodesDue }) => nodesDue),
    number("按期\n完成", 13, ({ nodesDone }) => nodesDone),
    number("节点\n完成率", 15, rateText),
    number("逾期\n节点", 13, ({ nodesOverdue }) => nodesOverdue),
    number("计划投资", 21, ({ monthPlanned }) => moneyCell(monthPlanned)),
    number("完成投资", 21, ({ monthCompleted }) => moneyCell(monthCompleted)),
    number("年度计划", 24, ({ annualPlan }) => moneyCell(annualPlan)),
    number("当年完成", 24, ({ yearCompleted }) => moneyCell(yearCompleted)),
    number("完成率", 14, completionText),
    number("超欠序时\n（百分点）", 17, ({ completedOfPlanned, annualPlan }) =>
      leadText(completedOfPlanned, annualPlan, months),
    ),
  ];
}

const lineColumns: readonly SheetColumn<Line>[] = [
  { head: "序号", width: 10, align: "center", cell: (_, index) => index + 1 },
  { head: "项目名称", cell: ({ projectName }) => projectName },
  { head: "管理单位", width: 32, cell: ({ officeName }) => officeName },
  { head: "灯号", width: 14, align: "center", cell: ({ light }) => <LightMark light={light} /> },
  { head: "亮灯原因", width: 84, cell: ({ reason }) => reason },
  {
    head: "按期/应\n完成节点",
    width: 20,
    align: "end",
    cell: ({ nodesDue, nodesDone }) => (nodesDue === 0 ? "" : `${nodesDone}/${nodesDue}`),
  },
  { head: "当月完成投资", width: 22, align: "end", cell: ({ monthCompleted }) => moneyCell(monthCompleted) },
  { head: "当年完成", width: 22, align: "end", cell: ({ yearCompleted }) => moneyCell(yearCompleted) },
];

const correctionColumns: readonly SheetColumn<Correction>[] = [
  { head: "月份", width: 18, align: "center", cell: ({ month }) => month },
  { head: "项目名称", cell: ({ projectName }) => projectName },
  { head: "管理单位", width: 32, cell: ({ officeName }) => officeName },
  {
    head: "更正内容（定下的账 → 现在的记录）",
    width: 92,
    cell: ({ changes }) => changes.map(({ label, frozen, now }) => `${label} ${frozen} → ${now}`).join("；"),
  },
  {
    head: "何时、何人",
    width: 70,
    cell: ({ causes: [first] }) => first && `${first.at} ${first.who}　${first.what}`,
  },
];

function correctionTable(
  { corrections, total }: { corrections: readonly Correction[]; total: number },
  heading: string,
): SheetTable[] {
  if (total === 0) return [];
  const rest = total > corrections.length ? `（共 ${total} 个项目，列前 ${corrections.length} 个）` : "";
  return [sheetTable(corrections, correctionColumns, { heading: heading + rest, empty: "" })];
}

function monthColumns(months: readonly string[]): SheetColumn<PeriodSheet["partMonths"][number]>[] {
  return [
    { head: "单位", cell: ({ name }) => name },
    ...months.map((month, index) => ({
      head: `${Number(month.slice(5))}月`,
      width: 18,
      align: "center" as const,
      cell: (part: PeriodSheet["partMonths"][number]) => doneText(part.months[index] ?? null),
    })),
  ];
}

function doneText(figures: Figures | null): string {
  if (figures === null) return "未对账";
  return figures.nodesDue === 0 ? "—" : `${figures.nodesDone}/${figures.nodesDue}`;
}
