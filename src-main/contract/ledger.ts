/** Projects, nodes, visits, assignments. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { YearPlan } from "#domain/annual-plan.ts";
import type { MonthLine } from "#domain/node-groups.ts";
import type { Row } from "#domain/registry.ts";
import { keysOf, type Light, lights, lists, stages } from "#domain/values.ts";
import { type History, historyLimit, id, isoDate, isoMonth, procedure, reading, values, written } from "./base.ts";

export const projectFilter = z.object({
  search: z.string().max(100).optional(),
  /** A district or street: its whole subtree. */
  officeId: id.optional(),
  stages: z
    .array(z.enum(keysOf(stages)))
    .max(20)
    .optional(),
  lights: z
    .array(z.enum(keysOf(lights)))
    .max(20)
    .optional(),
  /** A secretary; "none" for projects without one. */
  secretaryId: id.optional(),
  list: z.enum(keysOf(lists)).optional(),
  incompleteOnly: z.boolean().optional(),
  /** Projects due for a visit (never visited, or longer ago than the setting). */
  unvisitedOnly: z.boolean().optional(),
  /** Projects with a problem that is not solved. */
  openIssuesOnly: z.boolean().optional(),
  /** Projects that lack a secretary although R-03 asks for one. */
  lacksSecretary: z.boolean().optional(),
  archived: z.boolean().optional(),
  /** Exactly these projects (records of an import, a selection). */
  ids: z.array(id).max(20_000).optional(),
});
export type ProjectFilter = z.infer<typeof projectFilter>;

/** `column` is a field of the registry, or one of office_name, light, secretaries, node_progress, last_visit_on, annual_plan. */
export const projectSort = z.object({ column: z.string().max(60), descending: z.boolean() });

/** One window of the filtered, sorted ledger. */
export const projectWindow = z.object({
  filter: projectFilter,
  sort: projectSort.optional(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
  asOf: isoDate,
});

export type ProjectWindow = {
  rows: ProjectListRow[];
  total: number;
  /** Sums over the filter, hundredths of 万元. */
  totalInvestment: number;
  annualPlanInvestment: number;
};

export type ProjectListRow = Row<"project"> & {
  office_name: string;
  light: Light;
  /** Why it is red or yellow, in one sentence; else empty. */
  light_reason: string;
  /** Names of the current secretaries, joined by "、". */
  secretaries: string;
  node_total: number;
  node_done: number;
  last_visit_on: string | null;
  /** Problems not solved. */
  open_issues: number;
  /** Plan of the year of the day asked for (domain/annual-plan.ts). */
  annual_plan: number | null;
  missing: string[];
  conflicts: number;
};

export type ProjectPage = {
  project: Row<"project">;
  officeName: string;
  districtName: string;
  light: Light;
  lightReason: string;
  asOf: string;
  /** Registry field names of missing card facts. */
  missing: string[];
  /** False for projects that this office only reads (archived, moved away, of another office). */
  editable: boolean;
  /** Why it is read-only; empty when editable. */
  readOnlyReason: string;
  nodes: NodeRow[];
  /** The newest 200; `visitTotal` counts all. */
  visits: VisitRow[];
  visitTotal: number;
  assignments: (Row<"assignment"> & { personName: string; personOffice: string })[];
  /** Plan and goal of the year of `asOf` (domain/annual-plan.ts). */
  yearPlan: { year: number; plan: YearPlan; goal: string | null };
  conflicts: number;
};

export type NodeRow = Row<"node"> & {
  light: Light;
  daysAhead: number | null;
  projectName: string;
  officeName: string;
  /** Acts of domain/review.ts open to this office now. */
  acts: string[];
};

export type VisitRow = Row<"visit"> & { personName: string; projectName: string; officeName: string };

export const projects = {
  /** One window of the filtered, sorted ledger, with totals over all of it. `asOf` dates the lights. */
  list: reading.input(projectWindow).output(type<ProjectWindow>()),
  /** Counts per light over the filter without its light condition. */
  lightCounts: reading.input(z.object({ filter: projectFilter, asOf: isoDate })).output(type<Record<Light, number>>()),
  get: reading.input(z.object({ id, asOf: isoDate })).output(type<ProjectPage>()),
  /** Every change of the project and of what belongs to it, newest first. */
  history: reading.input(z.object({ id, limit: historyLimit })).output(type<History>()),
  create: procedure.input(z.object({ values })).output(written),
  update: procedure.input(z.object({ id, values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  restore: procedure.input(z.object({ id })).output(written),
  /** Names for pickers: best matches of a search among this office's active projects. */
  find: reading
    .input(z.object({ search: z.string().max(100), limit: z.int().min(1).max(50) }))
    .output(type<{ id: string; name: string; officeName: string }[]>()),
};

/** Nodes planned in the month, plus older unfinished ones, by planned day or by light; no light asked for means all. */
export const nodesOfMonth = z.object({
  month: isoMonth,
  officeId: id.optional(),
  includeOverdue: z.boolean(),
  lights: z.array(z.enum(keysOf(lights))).max(20),
  group: z.enum(["day", "light"]),
});
export type NodesOfMonth = z.infer<typeof nodesOfMonth>;

export const nodes = {
  /** Creates (without id) or changes a node's plan or completion draft; `submit` also sends an existing node up, in one act. */
  save: procedure
    .input(z.object({ id: id.optional(), projectId: id, values, submit: z.boolean().optional() }))
    .output(written),
  archive: procedure.input(z.object({ id })).output(written),
  restore: procedure.input(z.object({ id })).output(written),
  /** 上报, 撤回, 审核通过, 退回, 重新打开; one change set for all ids. */
  review: procedure
    .input(
      z.object({
        ids: z.array(id).min(1).max(2000),
        act: z.enum(["submit", "withdraw", "approve", "return", "reopen"]),
        reason: z.string().trim().max(2000).optional(),
      }),
    )
    .output(written),
  /** A window of the lines of nodesOfMonth: nodes with a head before each group. */
  month: reading
    .input(nodesOfMonth.extend({ asOf: isoDate, offset: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(
      type<{
        rows: MonthLine<NodeRow>[];
        /** Lines of the lights asked for, heads among them. */
        total: number;
        /** Nodes of the lights asked for, and of each light whatever was asked for. */
        nodes: number;
        counts: Record<Light, number>;
      }>(),
    ),
  /** Nodes waiting for review (上报) or returned to this office (退回). */
  inState: reading
    .input(z.object({ state: z.enum(["submitted", "returned"]), asOf: isoDate }))
    .output(type<NodeRow[]>()),
};

/** A project that nobody has visited for long; null for never. */
export type MissingVisit = {
  projectId: string;
  projectName: string;
  officeName: string;
  secretaries: string;
  lastVisitOn: string | null;
};

export const visitFilter = z.object({
  projectId: id.optional(),
  personId: id.optional(),
  from: isoDate.optional(),
  to: isoDate.optional(),
  search: z.string().max(100).optional(),
});

export const visits = {
  save: procedure.input(z.object({ id: id.optional(), values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  restore: procedure.input(z.object({ id })).output(written),
  list: reading
    .input(visitFilter.extend({ offset: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(type<{ rows: VisitRow[]; total: number }>()),
  /** Active projects not visited within the setting's days, longest first; null = never. */
  missing: reading
    .input(z.object({ asOf: isoDate, offset: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(type<{ rows: MissingVisit[]; total: number }>()),
};

export const assignments = {
  save: procedure.input(z.object({ id: id.optional(), values })).output(written),
  /** Assigns one secretary to several projects in one change set; `values` without the project. */
  assign: procedure.input(z.object({ projectIds: z.array(id).min(1).max(2000), values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
};
