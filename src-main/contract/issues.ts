/** Issues (问题, F09, F22): the lists, one issue with its story, the steps of the ladder, figures. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { IssueFigures } from "#domain/issue-figures.ts";
import type { IssueAge } from "#domain/issue-time.ts";
import type { Row } from "#domain/registry.ts";
import {
  type IssueAct,
  type IssueView,
  issueCategories,
  issueEntryKinds,
  issueLevels,
  issueSources,
  issueViews,
  keysOf,
} from "#domain/values.ts";
import { id, isoDate, procedure, reading, values, written } from "./base.ts";

export const issueFilter = z.object({
  view: z.enum(keysOf(issueViews)).optional(),
  search: z.string().max(100).optional(),
  /** A district or street: its whole subtree. */
  officeId: id.optional(),
  projectId: id.optional(),
  visitId: id.optional(),
  category: z.enum(keysOf(issueCategories)).optional(),
  source: z.enum(keysOf(issueSources)).optional(),
  level: z.enum(keysOf(issueLevels)).optional(),
  state: z.enum(["open", "solved", "closed"]).optional(),
  handlerUnit: z.string().max(80).optional(),
});
export type IssueFilter = z.infer<typeof issueFilter>;

export const issueSort = z.object({
  column: z.enum(["title", "project", "found_on", "category", "level", "handler_unit", "deadline_on", "last_entry_on"]),
  descending: z.boolean(),
});
export type IssueSort = z.infer<typeof issueSort>;

export type IssueRow = Row<"issue"> & {
  projectName: string;
  officeName: string;
  /** The district the project lies in; the city's own name for projects of the city. */
  regionName: string;
  /** The newest entry; null when there is none. */
  lastEntryOn: string | null;
  lastEntry: string;
  overdue: boolean;
  /** Open and without an entry since the month began (or since the setting's days). */
  silent: boolean;
  /** Acts of domain/issue.ts open to this office now. */
  acts: IssueAct[];
  /** Why it needs another look; null when it is whole. */
  contradiction: string | null;
};

export type IssueEntryRow = Row<"issue_entry"> & { officeName: string };

export type IssuePage = {
  issue: IssueRow;
  /** The whole story, the newest first. */
  entries: IssueEntryRow[];
  /** Day of the visit at which it came up. */
  visitedOn: string | null;
  editable: boolean;
  readOnlyReason: string;
};

export type IssueStatistics = IssueFigures & {
  byAge: Record<IssueAge, number>;
  byRegion: {
    officeId: string;
    name: string;
    found: number;
    solved: number;
    open: number;
    overdue: number;
    byAge: Record<IssueAge, number>;
  }[];
};

const words = z.string().trim().max(4000);

export const issues = {
  /** One window of the filtered, sorted list. `asOf` dates what is overdue or silent. */
  list: reading
    .input(
      z.object({
        filter: issueFilter,
        sort: issueSort.optional(),
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
        asOf: isoDate,
      }),
    )
    .output(type<{ rows: IssueRow[]; total: number }>()),
  /** Issues per view over the filter without its view. */
  counts: reading.input(z.object({ filter: issueFilter, asOf: isoDate })).output(type<Record<IssueView, number>>()),
  get: reading.input(z.object({ id, asOf: isoDate })).output(type<IssuePage>()),
  /** Creates (without id; at the level of the region) or changes what was written of an issue. */
  save: procedure.input(z.object({ id: id.optional(), values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  restore: procedure.input(z.object({ id })).output(written),
  /** One act on one or more issues, in one change set, each with its entry. */
  act: procedure
    .input(
      z.object({
        ids: z.array(id).min(1).max(500),
        act: z.enum(keysOf(issueEntryKinds)),
        content: words.optional(),
        /** Day of the act; by default today. */
        on: isoDate.optional(),
        /** 挂牌督办: the leader or office that supervises. */
        supervisor: z.string().trim().max(80).optional(),
        /** With raise, answer, hand_back, supervise, reopen: the deadline from here on; absent leaves it. */
        deadlineOn: isoDate.nullable().optional(),
        /** With answer, hand_back and supervise: who handles it from here on; absent leaves it. */
        handlerUnit: z.string().trim().max(80).optional(),
      }),
    )
    .output(written),
  /** Follow-ups of several issues, each in its own words, in one change set. */
  followUp: procedure
    .input(
      z.object({
        on: isoDate.optional(),
        entries: z
          .array(z.object({ id, content: words }))
          .min(1)
          .max(500),
      }),
    )
    .output(written),
  /** Handler units written so far, the most frequent first. */
  handlers: reading.output(type<string[]>()),
  /** 问题解决率, 限时办结率, 平均办结天数 are made of these (§7): found from `from` to `to`, as they stood on `to`. */
  statistics: reading
    .input(z.object({ officeId: id.optional(), from: isoDate, to: isoDate }))
    .output(type<IssueStatistics>()),
};
