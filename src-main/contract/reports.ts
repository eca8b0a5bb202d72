/** Workbench and printed sheets. */
import { type } from "@orpc/contract";
import { z } from "zod";
import { keysOf, type Light, officeLevels } from "#domain/values.ts";
import { id, isoDate, isoMonth, madeFile, reading } from "./base.ts";
import { issueFilter, issueSort } from "./issues.ts";
import { type NodeRow, projectFilter, projectSort } from "./ledger.ts";
import { listRequest, shownColumns } from "./lists.ts";
import { permitFilter } from "./permits.ts";

export type Workbench = {
  asOf: string;
  projectTotal: number;
  lightCounts: Record<Light, number>;
  overdue: NodeRow[];
  overdueTotal: number;
  /** Unfinished nodes planned within the next 30 days. */
  due: NodeRow[];
  dueTotal: number;
  returned: NodeRow[];
  returnedTotal: number;
  awaitingReview: NodeRow[];
  awaitingReviewTotal: number;
  visitsMissing: { projectId: string; projectName: string; secretaries: string; lastVisitOn: string | null }[];
  visitsMissingTotal: number;
  lacksSecretaryTotal: number;
  incompleteTotal: number;
  conflictTotal: number;
  /** 月报: of this month not sent up; of all months waiting for review or returned, with the newest such month. */
  reports: {
    month: string;
    due: number;
    submitted: number;
    submittedMonth: string;
    returned: number;
    returnedMonth: string;
    /** Projects whose 入库 is overdue; 0 while no number of days is set. */
    entriesOverdue: number;
  };
  followUps: { visitId: string; projectId: string; projectName: string; followUp: string; dueOn: string | null }[];
  links: {
    peerId: string;
    peerName: string;
    role: "parent" | "child";
    lastSentAt: string | null;
    lastReceivedAt: string | null;
    parked: number;
  }[];
};

export const workbench = {
  summary: reading.input(z.object({ asOf: isoDate })).output(type<Workbench>()),
};

/** Which sheet to lay out. Progress sheets show the months from `fromMonth` to `month`. */
export const sheetRequest = z.discriminatedUnion("sheet", [
  z.object({
    sheet: z.literal("progress"),
    paper: z.enum(["A4", "A3"]),
    fromMonth: isoMonth,
    month: isoMonth,
    filter: projectFilter,
    sort: projectSort.optional(),
    asOf: isoDate,
  }),
  z.object({ sheet: z.literal("card"), projectId: id, asOf: isoDate }),
  /** Of one project, or without `projectId` over the projects of the filter. */
  z.object({
    sheet: z.literal("permits"),
    paper: z.enum(["A4", "A3"]),
    projectId: id.optional(),
    filter: permitFilter,
    asOf: isoDate,
  }),
  z.object({ sheet: z.literal("visit"), visitId: id, asOf: isoDate }),
  /** 速查卡 of an office of this level. */
  z.object({ sheet: z.literal("guide"), level: z.enum(keysOf(officeLevels)), asOf: isoDate }),
  z.object({
    sheet: z.literal("issues"),
    paper: z.enum(["A4", "A3"]),
    filter: issueFilter,
    sort: issueSort.optional(),
    asOf: isoDate,
  }),
  z.object({ sheet: z.literal("supervision"), issueId: id, asOf: isoDate }),
  /** Any list as it is seen: all its rows, the columns shown. */
  z.object({
    sheet: z.literal("list"),
    list: listRequest,
    columns: shownColumns,
    paper: z.enum(["A4", "A3"]),
    asOf: isoDate,
  }),
  /** 红黄绿灯情况表 of the filtered ledger. */
  z.object({ sheet: z.literal("lights"), filter: projectFilter, sort: projectSort.optional(), asOf: isoDate }),
  /** 月对账单: of a closed month, or a preview that says so. */
  z.object({ sheet: z.literal("month"), month: isoMonth, officeId: id.optional(), asOf: isoDate }),
  /** 季交账单 or, without a quarter, 年度总账单. */
  z.object({
    sheet: z.literal("period"),
    year: z.int().min(2000).max(2100),
    quarter: z.int().min(1).max(4).nullable(),
    officeId: id.optional(),
    asOf: isoDate,
  }),
]);
export type SheetRequest = z.infer<typeof sheetRequest>;

export const sheets = {
  /** The sheet as one self-contained HTML document, for preview and printing. */
  html: reading.input(sheetRequest).output(type<{ title: string; html: string; rows: number }>()),
  /** The same sheet as a PDF file. */
  pdf: reading.input(sheetRequest).output(madeFile),
};
