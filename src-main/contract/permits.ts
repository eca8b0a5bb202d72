/** 手续、要件: the permits of a project, and how projects stand with theirs. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { PermitCounts, PermitState } from "#domain/permit.ts";
import type { Row } from "#domain/registry.ts";
import { id, isoDate, procedure, reading, values, written } from "./base.ts";

export const permitConditions = {
  open: "未办结",
  overdue: "逾期未办结",
  deficient: "容缺未补齐",
  deficient_due: "容缺到期",
  none: "未建清单",
  green: "绿色通道",
} as const;
export type PermitCondition = keyof typeof permitConditions;

export const permitFilter = z.object({
  search: z.string().max(100).optional(),
  /** A district or street: its whole subtree. */
  officeId: id.optional(),
  condition: z.enum(Object.keys(permitConditions) as [PermitCondition, ...PermitCondition[]]).optional(),
});
export type PermitFilter = z.infer<typeof permitFilter>;

export type PermitRow = Row<"permit"> & {
  state: PermitState;
  isOverdue: boolean;
  isDeficient: boolean;
  isDeficiencyDue: boolean;
  /** Calendar days from application to certificate, or until `asOf` while it is handled. */
  days: number | null;
  /** Ahead of plan (positive) or behind it. */
  daysAhead: number | null;
  /** Name of the template it was made from; empty when added by hand. */
  templateName: string;
};

export type ProjectPermits = {
  asOf: string;
  /** Current permits in their order; each with what it does again, the newest first. */
  lines: { permit: PermitRow; earlier: PermitRow[] }[];
  counts: PermitCounts;
  greenChannel: boolean;
};

/** How one project stands with its permits. */
export type PermitOverviewRow = {
  projectId: string;
  projectName: string;
  officeId: string;
  officeName: string;
  greenChannel: boolean;
  done: number;
  total: number;
  counts: PermitCounts;
  /** Names of overdue permits, the longest overdue first. */
  overdue: string[];
  /** Permits whose missing papers are still to come: name and day. */
  deficient: { name: string; until: string | null }[];
  /** The next permit that is planned. */
  next: { name: string; plannedOn: string } | null;
};

/** Days from application to certificate of one kind of permit, by 绿色通道. */
export type PermitDays = {
  name: string;
  green: { count: number; average: number } | null;
  others: { count: number; average: number } | null;
};

export const permits = {
  ofProject: reading.input(z.object({ projectId: id, asOf: isoDate })).output(type<ProjectPermits>()),
  /** Adds (without id) or changes one. */
  save: procedure.input(z.object({ id: id.optional(), projectId: id, values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  /** 手续重做: a new permit in the place of this one, which stays as history. `values` begin the new one. */
  redo: procedure.input(z.object({ id, values })).output(written),
  /** Adds the named items of a template; those that the project already has are refused as changed meanwhile. */
  fromTemplate: procedure
    .input(z.object({ projectId: id, templateId: id, names: z.array(z.string().max(200)).min(1).max(100) }))
    .output(written),
  /** One window of the active projects that the filter names, by name. */
  overview: reading
    .input(
      z.object({
        filter: permitFilter,
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
        asOf: isoDate,
      }),
    )
    .output(type<{ rows: PermitOverviewRow[]; total: number }>()),
  /** Projects of this office and below with overdue permits, and with missing papers that are due. */
  due: reading.input(z.object({ asOf: isoDate })).output(type<{ overdue: number; deficientDue: number }>()),
  /** By name of permit, over every project known here; the most frequent first. */
  days: reading.output(type<PermitDays[]>()),
};
