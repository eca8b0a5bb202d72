/**
 * R-14 (S3): 月对账、季交账、年底算总账, and the monthly ranking of regions by node completion. 节点完成率 is what was done
 * on time of what was due in the month. A closed month keeps its figures; a quarter and a year add up closed months.
 * Amounts are hundredths of 万元.
 */
import { z } from "zod";
import { addMonths } from "./calendar.ts";
import { type LightProfiles, lightProfiles } from "./light-profiles.ts";
import type { LightRules } from "./project-light.ts";
import type { AuditState, Light } from "./values.ts";

const count = z.int().min(0);

/** Sums over some projects in one month, or over closed months. */
const figuresSchema = z.object({
  projects: count,
  red: count,
  yellow: count,
  green: count,
  none: count,
  nodesDue: count,
  /** Done by their planned day. */
  nodesDone: count,
  nodesOverdue: count,
  annualPlan: count,
  monthPlanned: count,
  monthCompleted: count,
  yearCompleted: count,
  /** Of yearCompleted what projects with an annual plan completed: only this is measured against the plan. */
  completedOfPlanned: count,
});
export type Figures = z.output<typeof figuresSchema>;

/** What a closed month no longer says of one project, and who changed what since. */
const correctionSchema = z.object({
  month: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  officeName: z.string(),
  changes: z.array(z.object({ label: z.string(), frozen: z.string(), now: z.string() })),
  causes: z.array(z.object({ at: z.string(), who: z.string(), what: z.string() })),
});
export type Correction = z.output<typeof correctionSchema>;

const part = z.object({ officeId: z.string(), name: z.string(), figures: figuresSchema });
export type StatementPart = z.output<typeof part>;
/** `rank`: place by node completion; null when nothing was due. */
export type RankedPart = StatementPart & { rank: number | null };

/** `month_statement.totals`. */
const totalsSchema = z.object({
  /** Day for which lights and completions were taken: the last of the month. */
  date: z.string(),
  whole: figuresSchema,
  /** The offices directly below, and what the office manages itself. */
  parts: z.array(part),
  /** Corrections of earlier closed months that became known since the statement before; the first of `correctionTotal`. */
  corrections: z.array(correctionSchema),
  correctionTotal: count,
});
export type StatementTotals = z.output<typeof totalsSchema>;

const profileOf = <D extends keyof LightProfiles>(dimension: D) =>
  z.enum(["none", ...Object.keys(lightProfiles[dimension])] as [LightProfiles[D], ...LightProfiles[D][]]);

/** `month_statement.rules`: everything that decided the lights. */
const rulesSchema: z.ZodType<LightRules> = z.object({
  yellowDaysBefore: count.nullable(),
  redAfterDays: count,
  countsFrom: z.enum(["submitted", "approved"] satisfies AuditState[]),
  fundRequiredPercent: count.nullable(),
  profiles: z.object({
    node: profileOf("node"),
    investment: profileOf("investment"),
    fund: profileOf("fund"),
    stats: profileOf("stats"),
    start: profileOf("start"),
  }),
});

/** Both JSON texts of a statement, read; null when this program cannot read what another wrote. */
export function readStatement(stored: { totals: string; rules: string }) {
  const totals = totalsSchema.safeParse(parseJson(stored.totals));
  const rules = rulesSchema.safeParse(parseJson(stored.rules));
  return totals.success && rules.success ? { totals: totals.data, rules: rules.data } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A project's own figures in a month, as a line of a statement keeps them. */
export type ProjectFigures = {
  light: Light;
  nodesDue: number;
  nodesDone: number;
  nodesOverdue: number;
  annualPlan: number | null;
  monthPlanned: number | null;
  monthCompleted: number | null;
  yearCompleted: number | null;
};

export const noFigures: Figures = {
  projects: 0,
  red: 0,
  yellow: 0,
  green: 0,
  none: 0,
  nodesDue: 0,
  nodesDone: 0,
  nodesOverdue: 0,
  annualPlan: 0,
  monthPlanned: 0,
  monthCompleted: 0,
  yearCompleted: 0,
  completedOfPlanned: 0,
};

/** One project's figures as sums over one project. */
export function figuresOf(project: ProjectFigures): Figures {
  const { light, nodesDue, nodesDone, nodesOverdue, annualPlan, monthPlanned, monthCompleted, yearCompleted } = project;
  return {
    ...noFigures,
    projects: 1,
    [light]: 1,
    nodesDue,
    nodesDone,
    nodesOverdue,
    annualPlan: annualPlan ?? 0,
    monthPlanned: monthPlanned ?? 0,
    monthCompleted: monthCompleted ?? 0,
    yearCompleted: yearCompleted ?? 0,
    completedOfPlanned: annualPlan ? (yearCompleted ?? 0) : 0,
  };
}

const figureNames = Object.keys(noFigures) as (keyof Figures)[];

/** Adds up parts of one month. */
export function addFigures(parts: readonly Figures[]): Figures {
  const sum = { ...noFigures };
  for (const each of parts) for (const name of figureNames) sum[name] += each[name];
  return sum;
}

/** What flows in a month is added up over months; all else is as the last of them left it. */
const flows = ["nodesDue", "nodesDone", "monthPlanned", "monthCompleted"] as const satisfies (keyof Figures)[];

/** Adds up closed months of one office in their order. */
export function addMonthsUp(months: readonly Figures[]): Figures {
  const sum = { ...(months.at(-1) ?? noFigures) };
  for (const name of flows) sum[name] = months.reduce((total, each) => total + each[name], 0);
  return sum;
}

/** 节点完成率 in percent; null when nothing was due. */
export function nodeCompletionPercent({ nodesDue, nodesDone }: Figures): number | null {
  return nodesDue === 0 ? null : (nodesDone / nodesDue) * 100;
}

/** Places by node completion, the highest first; equals share a place, and who had nothing due has none. */
export function rankByCompletion(all: readonly Pick<Figures, "nodesDue" | "nodesDone">[]): (number | null)[] {
  return all.map((own) => {
    if (own.nodesDue === 0) return null;
    // As whole numbers: 1/3 and 2/6 are the same rate.
    const ahead = all.filter(
      (other) => other.nodesDue > 0 && other.nodesDone * own.nodesDue > own.nodesDone * other.nodesDue,
    );
    return ahead.length + 1;
  });
}

/** Parts with a project or a node: the others are on no list. */
export function withWork<P extends StatementPart>(parts: readonly P[]): P[] {
  return parts.filter(({ figures }) => figures.projects > 0 || figures.nodesDue > 0);
}

/** The parts with work in the order of their places, those without one last. */
export function rankedFirst<P extends RankedPart>(parts: readonly P[]): P[] {
  const placeOf = ({ rank }: P) => rank ?? parts.length + 1;
  return withWork(parts).sort((left, right) => placeOf(left) - placeOf(right));
}

/** The months of a quarter (1–4) or, with null, of the year. */
export function monthsOf(year: number, quarter: number | null): string[] {
  const first = `${year}-${String(quarter === null ? 1 : quarter * 3 - 2).padStart(2, "0")}`;
  return Array.from({ length: quarter === null ? 12 : 3 }, (_, index) => addMonths(first, index));
}

const LARGEST_TOTALS = 18_000;

/** The totals as stored: as many corrections as fit. */
export function storedTotals(totals: StatementTotals): string {
  const text = JSON.stringify(totals);
  if (text.length <= LARGEST_TOTALS || totals.corrections.length === 0) return text;
  return storedTotals({ ...totals, corrections: totals.corrections.slice(0, -1) });
}
