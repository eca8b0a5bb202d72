/** 月报 (F04, F12): plan, actual investment and 形象进度 of every project in one month, and their review. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { YearPlan } from "#domain/annual-plan.ts";
import type { Row } from "#domain/registry.ts";
import type { ReviewAct } from "#domain/review.ts";
import { keysOf } from "#domain/values.ts";
import { id, isoMonth, procedure, reading, values, type Written, written } from "./base.ts";

/** Which reports of the month: "due" are the projects that must report and have not sent up (未报). */
export const reportStates = {
  all: "全部",
  due: "未报",
  draft: "已填未报",
  submitted: "待审核",
  returned: "被退回",
  approved: "审核通过",
} as const;

export const reportFilter = z.object({
  search: z.string().max(100).optional(),
  /** A district or street: its whole subtree. */
  officeId: id.optional(),
  state: z.enum(keysOf(reportStates)).optional(),
  /** Exactly these projects (a paste by names, rows not yet saved). */
  ids: z.array(id).max(2000).optional(),
});
export type ReportFilter = z.infer<typeof reportFilter>;

/** One project's report of one month; the month may have none yet. */
export type ReportRow = Pick<
  Row<"monthly_progress">,
  | "planned_investment"
  | "planned_progress"
  | "completed_investment"
  | "image_progress"
  | "problems"
  | "report_state"
  | "submitted_on"
  | "reviewed_on"
  | "review_note"
> & {
  projectId: string;
  month: string;
  projectName: string;
  officeName: string;
  /** Why nothing can be entered (sent up, archived, of another office); empty when it can. */
  lockedReason: string;
  /** Acts of domain/review.ts open to this office now. */
  acts: ReviewAct[];
  /** The month before, for taking its words over. */
  previousProgress: string | null;
  plan: YearPlan;
  /** Completed from January to this month. */
  yearCompleted: number | null;
  /** Completion in percent of the year's plan, and lead over 序时 in percentage points. */
  percent: number | null;
  lead: number | null;
};

/** Counts over the filter without its state. `due`: must report and has not sent up; the others by state. */
export type ReportCounts = Record<keyof typeof reportStates, number>;

const review = z.enum(["submit", "withdraw", "approve", "return", "reopen"]);

export const monthlyReports = {
  /** One window of the month, names by pinyin, with counts and sums over the filter. */
  list: reading
    .input(z.object({ month: isoMonth, filter: reportFilter, offset: z.int().min(0), limit: z.int().min(1).max(2000) }))
    .output(
      type<{
        rows: ReportRow[];
        total: number;
        counts: ReportCounts;
        /** Sums of the month over the filter, hundredths of 万元. */
        planned: number;
        completed: number;
      }>(),
    ),
  /** Saves entries of one month in one change set, and sends up the reports named in `submit` with it. */
  save: procedure
    .input(
      z.object({
        month: isoMonth,
        entries: z.array(z.object({ projectId: id, values })).max(2000),
        submit: z.array(id).max(2000).optional(),
      }),
    )
    .output(type<Written & { changed: number; submitted: number }>()),
  /** 撤回, 审核通过, 退回, 重新打开 (and 上报) of reports of one month; one change set for all. */
  review: procedure
    .input(
      z.object({
        month: isoMonth,
        projectIds: z.array(id).min(1).max(2000),
        act: review,
        reason: z.string().trim().max(2000).optional(),
      }),
    )
    .output(written),
  /** Months with reports that wait for a review or came back, newest first. */
  waiting: reading.output(type<{ month: string; state: "submitted" | "returned"; count: number }[]>()),
  /** The projects that names pasted from a sheet mean; `reason` where that is not clear. */
  match: reading
    .input(z.object({ names: z.array(z.string().max(500)).max(2000) }))
    .output(type<{ name: string; projectId: string | null; reason: string }[]>()),
  /** 投资进度 by region (or by street within a district) for the year up to the month, with subtotals. */
  byRegion: reading
    .input(z.object({ month: isoMonth, officeId: id.optional() }))
    .output(type<{ rows: RegionProgress[]; total: RegionProgress }>()),
};

/** Investment of the projects of one region; amounts in hundredths of 万元. */
export type RegionProgress = {
  officeId: string;
  name: string;
  projects: number;
  /** Projects with a plan of the year: completion and lead are those of these alone. */
  planned: number;
  plan: number;
  /** Completed from January to the month, by all projects and by those with a plan. */
  completed: number;
  completedOfPlanned: number;
  monthPlanned: number;
  monthCompleted: number;
  percent: number | null;
  lead: number | null;
};
