/** Columns of the progress sheet and how the paper's width is shared among them. */

import { landscape, type Paper } from "#domain/paper.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { Row } from "#domain/registry.ts";
import type { Light } from "#domain/values.ts";
import { type AmountScale, amountColumn, amountScales, monthNames, periodOf, startOf, sum } from "./format.ts";

export const progressMargin = { top: 12, right: 10, bottom: 13, left: 10 };
/** Left and right padding of a cell together, millimetres. */
const PADDING = 1.6;
const MM_PER_POINT = 0.3528;

export type ProgressRow = {
  /** Its columns of the annual plan are those of the year of the last month shown. */
  project: Row<"project">;
  light: Light;
  /** Monthly progress of the months shown; at most one a month, others are ignored. */
  progress: readonly Row<"monthly_progress">[];
};

export type ProgressSheet = {
  /** Title, e.g. "中山区项目进度表". */
  title: string;
  paper: Paper;
  /** ISO months shown, ascending, from one to maxMonths(paper). */
  months: readonly string[];
  /** 报送部门. */
  reportingOffice: string;
  rows: readonly ProgressRow[];
  /** Day for which the lights were computed. */
  asOf: string;
  lightRules: LightRules;
  /** Unsettled conflicts touching the projects shown. */
  conflicts: number;
};

type Content =
  | { kind: "index" | "light" }
  | { kind: "text"; texts: string[]; style: "name" | "short" | "multiline" }
  /** Amounts of the rows, and the sum of what they stand for. */
  | { kind: "amount"; amounts: string[]; total: string };

/** `head` may break at "|"; `width` in millimetres. */
export type Column = Content & { head: string; width: number };

/** A column before the paper is shared out: the characters it needs, and its claim on what is then left. */
type Plan = Content & { head: string; em: number; claim?: number };

/** Type size in points: the largest at which text columns keep about six characters a line. */
export function fontSize(paper: Paper, months: number): number {
  if (paper === "A4") return months <= 1 ? 8 : months === 2 ? 7.5 : 7;
  return months <= 3 ? 9 : months === 4 ? 8.5 : months === 5 ? 8 : 7.5;
}

/** Characters a line of a period or a day, at most: "计划 2026-12". */
const MOST_SHORT = 6.6;
/** Characters a line that texts keep on average; amounts that leave them less are written shorter. */
const LEAST_TEXT = 4.5;

type ProgressLayout = { columns: Column[]; scale: AmountScale };

/**
 * All columns with widths that add up to the printable width. Numbers, dates and amounts get what they need;
 * texts get what their head needs and share the rest by how much they hold. The amounts are written as exactly as
 * leaves the texts readable.
 */
export function progressLayout(sheet: ProgressSheet): ProgressLayout {
  const [exact, rounded, large] = amountScales;
  for (const scale of [exact, rounded]) {
    const { textWidth, columns } = layoutIn(sheet, scale);
    if (textWidth >= LEAST_TEXT) return { columns, scale };
  }
  return { columns: layoutIn(sheet, large).columns, scale: large };
}

/** `textWidth`: characters a line of a text, on average over the columns. */
function layoutIn(sheet: ProgressSheet, scale: AmountScale): { columns: Column[]; textWidth: number } {
  const { paper, months } = sheet;
  const printable = landscape[paper].width - progressMargin.left - progressMargin.right;
  const em = fontSize(paper, months.length) * MM_PER_POINT;
  const plans = planColumns(sheet, scale);
  const isAmount = (plan: Plan) => plan.kind === "amount";
  const amounts = total(plans.filter(isAmount).map((plan) => plan.em));
  const others = total(plans.filter((plan) => !isAmount(plan)).map((plan) => plan.em));
  const room = (printable - PADDING * plans.length) / em - others;
  // Beyond any real budget amounts would crowd out the texts: they then break inside their cell instead.
  const shrink = Math.min(1, room / amounts);
  const free = Math.max(0, room - amounts);
  const texts = plans.filter(({ claim }) => claim !== undefined);
  const claims = total(texts.map(({ claim = 0 }) => claim));
  const columns = plans.map((plan) => {
    const { em: needed, claim = 0, ...column } = plan;
    const own = isAmount(plan) ? needed * shrink : needed;
    return { ...column, width: (own + (free * claim) / claims) * em + PADDING };
  });
  return { columns, textWidth: (total(texts.map((text) => text.em)) + free) / texts.length };
}

function planColumns({ rows, months }: ProgressSheet, scale: AmountScale): Plan[] {
  const text = (head: string, of: (row: ProgressRow) => string | null, em = 4.1): Plan => {
    const texts = rows.map((row) => of(row) ?? "");
    return { kind: "text", head, style: "multiline", texts, em, claim: textClaim(texts) };
  };
  const names = rows.map((row) => row.project.name);
  const short = (head: string, least: number, of: (project: Row<"project">) => string): Plan => {
    const texts = rows.map((row) => of(row.project));
    const longest = Math.max(0, ...texts.flatMap((text) => text.split("\n").map(lineWidth)));
    return { kind: "text", head, style: "short", texts, em: Math.min(Math.max(least, longest), MOST_SHORT) };
  };
  const amounts = (head: string, of: (row: ProgressRow) => number | null): Plan => {
    const values = rows.map(of);
    const texts = amountColumn([...values, sum(values)], scale);
    const last = texts.pop() ?? "";
    return { kind: "amount", head, amounts: texts, total: last, em: amountWidth(last) };
  };
  const heads = monthNames(months);
  return [
    { kind: "index", head: "序号", em: 2.4 },
    { kind: "light", head: "灯", em: 2.1 },
    // What readers look for first: it claims twice its share.
    { kind: "text", head: "项目名称", style: "name", texts: names, em: 4.1, claim: 2 * textClaim(names) },
    text("投资主体", (row) => row.project.owner),
    short("建设|起止年限", 5, periodOf),
    amounts("总投资", (row) => row.project.total_investment),
    amounts("年计划|投资", (row) => row.project.annual_plan_investment),
    text("年计划|形象进度", (row) => row.project.annual_goal),
    ...months.flatMap((month, index) => [
      text(`${heads[index]}|形象进度`, (row) => imageProgress(row, month, index === months.length - 1)),
      amounts(`${heads[index]}实际|完成投资`, (row) => inMonth(row, month)?.completed_investment ?? null),
    ]),
    amounts("自开始|累积完成|投资", (row) => row.project.completed_investment),
    text("存在问题", (row) => problems(row, months)),
    short("开工/|计划开工|时间", 5.5, startOf),
    text("土地征收|情况及|前期手续|办理情况", (row) => row.project.permits_note),
    text("资金|来源", (row) => row.project.funding, 3.1),
    text("备注", (row) => row.project.note, 3.1),
  ];
}

/**
 * How strongly a text column claims spare width: by the root mean square of its lengths, damped, so that long
 * columns grow and one overlong cell does not starve all others.
 */
function textClaim(texts: string[]): number {
  const squares = total(texts.map((text) => text.length ** 2));
  return 1 + (squares / Math.max(1, texts.length)) ** 0.375;
}

/** Characters that a line of text needs. */
function lineWidth(line: string): number {
  const latin = line.replaceAll(/[^\x20-\x7e]/g, "").length;
  return line.length - latin + latin * 0.6;
}

/**
 * Characters that a column's sum, its longest amount, needs when printed bold in the widest of the fonts; at
 * least four, for the head.
 */
function amountWidth(text: string): number {
  const marks = text.replaceAll(/\d/g, "").length;
  return Math.max(4.1, (text.length - marks) * 0.62 + marks * 0.34);
}

function total(numbers: number[]): number {
  return numbers.reduce((result, value) => result + value, 0);
}

function inMonth(row: ProgressRow, month: string): Row<"monthly_progress"> | undefined {
  return row.progress.find((entry) => entry.month === month);
}

/**
 * The month's own report. The last month falls back on the project's present state, with the day it is known
 * for, since a ledger that came from a spreadsheet has nothing else to show.
 */
function imageProgress(row: ProgressRow, month: string, isLast: boolean): string | null {
  const reported = inMonth(row, month)?.image_progress;
  const { image_progress: present, as_of: asOf } = row.project;
  if (reported || !isLast || !present) return reported ?? null;
  return asOf === null || asOf.startsWith(month) ? present : `（截至 ${asOf}）${present}`;
}

/** The latest month's problems among those shown, else what the project's card says. */
function problems(row: ProgressRow, months: readonly string[]): string | null {
  const monthly = months.toReversed().map((month) => inMonth(row, month)?.problems);
  return monthly.find((text) => text) ?? row.project.problems;
}
