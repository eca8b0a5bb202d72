/** A project's plan of the year and its months (F04), funds (F13) and 入统入库 (F14). */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { YearPlan } from "#domain/annual-plan.ts";
import type { Row } from "#domain/registry.ts";
import { fundSources, keysOf, statsStandings } from "#domain/values.ts";
import { id, isoDate, isoMonth, procedure, reading, values, written } from "./base.ts";
import type { ReportRow } from "./monthly-reports.ts";

const year = z.int().min(2000).max(2100);

/** One project's year: its plan, the twelve months, and how far it has come on `asOf`. */
export type ProjectYear = {
  year: number;
  annual: Row<"annual_plan"> | null;
  plan: YearPlan;
  goal: string | null;
  /** 资料截至 of the ledger's figure, where that is the plan. */
  ledgerAsOf: string | null;
  /** January to December; months without a record are blank. */
  months: ReportRow[];
  /** Sum of the months' plans, and how it differs from the annual plan (positive: too much). */
  monthsPlanned: number;
  gap: number | null;
  completed: number | null;
  percent: number | null;
  /** Of the months that are over, whose number is `leadMonths`: the reports of the month at hand are not in yet. */
  lead: number | null;
  leadMonths: number;
  /** Years that have a plan or reports, newest first. */
  years: number[];
};

export type FundRow = Row<"fund"> & {
  projectName: string;
  officeName: string;
  /** Paid in percent of arranged. */
  percent: number | null;
  isLate: boolean;
};

export type FundTotals = { count: number; arranged: number; paid: number; percent: number | null; late: number };

export const plans = {
  year: reading.input(z.object({ projectId: id, year, asOf: isoDate })).output(type<ProjectYear>()),
  saveYear: procedure.input(z.object({ projectId: id, year, values })).output(written),
  /** 分月计划: planned investment and 形象进度 of months of one year, in one change set. */
  saveMonths: procedure
    .input(z.object({ projectId: id, months: z.array(z.object({ month: isoMonth, values })).max(12) }))
    .output(written),
  /** 平均分到各月: what locked months leave of the annual plan, spread over the open ones. */
  spread: procedure.input(z.object({ projectId: id, year })).output(written),
};

export const fundFilter = z.object({
  year: year.optional(),
  source: z.enum(keysOf(fundSources)).optional(),
  officeId: id.optional(),
  search: z.string().max(100).optional(),
  lateOnly: z.boolean().optional(),
});
export type FundFilter = z.infer<typeof fundFilter>;

export const funds = {
  /** Funds over the projects of this office and below, by project name. */
  list: reading
    .input(z.object({ filter: fundFilter, asOf: isoDate, offset: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(
      type<{
        rows: FundRow[];
        total: number;
        totals: FundTotals;
        bySource: (FundTotals & { source: Row<"fund">["source"] })[];
        years: number[];
        /** The setting R-18 needs; null: not set, nothing is warned of. */
        warnFromMonth: number | null;
      }>(),
    ),
  ofProject: reading
    .input(z.object({ projectId: id, asOf: isoDate }))
    .output(type<{ rows: FundRow[]; totals: FundTotals; warnFromMonth: number | null }>()),
  save: procedure.input(z.object({ id: id.optional(), projectId: id, values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
};

export type StatsRow = Pick<
  Row<"project">,
  "id" | "name" | "stage" | "started_on" | "stats_state" | "stats_papers" | "stats_entered_on" | "stats_note"
> & {
  officeName: string;
  standing: "outside" | "entered" | "waiting" | "overdue";
  /** Days beyond the last day; 0 while in time. */
  daysOver: number;
};

export type StatsRegion = {
  officeId: string;
  name: string;
  /** Started and to be entered; of these entered, and overdue. */
  owed: number;
  entered: number;
  overdue: number;
  percent: number | null;
};

export const statsFilter = z.object({
  standing: z.enum(keysOf(statsStandings)),
  officeId: id.optional(),
  search: z.string().max(100).optional(),
});

export const statsEntry = {
  save: procedure.input(z.object({ projectId: id, values })).output(written),
  /** Projects by their standing; 应入未入 (waiting and overdue), the longest started first. */
  list: reading
    .input(statsFilter.extend({ asOf: isoDate, offset: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(
      type<{
        rows: StatsRow[];
        total: number;
        counts: { owing: number; overdue: number; entered: number; outside: number };
        /** The setting R-19 needs; null: not set, nothing is overdue. */
        dueDays: number | null;
      }>(),
    ),
  byRegion: reading
    .input(z.object({ officeId: id.optional(), asOf: isoDate }))
    .output(type<{ rows: StatsRegion[]; total: StatsRegion }>()),
};
