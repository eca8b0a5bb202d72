/** 月对账、季交账、年底算总账. Amounts are hundredths of 万元. */
import { eventIterator, type } from "@orpc/contract";
import { z } from "zod";
import type { LightRules } from "#domain/project-light.ts";
import type { Correction, Figures, ProjectFigures, RankedPart } from "#domain/statement.ts";
import { keysOf, lights } from "#domain/values.ts";
import { id, isoMonth, procedure, reading } from "./base.ts";

/** Something that had better be done before a month is closed. `to`: the page where it is done. */
export type OpenItem = {
  kind: "review" | "reports" | "missingReports" | "conflicts" | "bundles" | "children" | "earlier";
  count: number;
  text: string;
};

export type MonthBooks = {
  month: string;
  officeId: string;
  officeName: string;
  /** Day of the lights: the last of the month, or today while it is not over. */
  date: string;
  rules: LightRules;
  /** Null while the figures are a preview. */
  closed: { statementId: string; frozenOn: string; personName: string } | null;
  whole: Figures;
  parts: RankedPart[];
  /** While open: what is left to do. */
  open: OpenItem[];
  /** Why this office cannot close the month now; empty when it can, or when it is closed. */
  refusal: string;
  /** Corrections of earlier months that the statement lists. */
  listed: { corrections: Correction[]; total: number };
};

export type BookLine = ProjectFigures & {
  projectId: string;
  projectName: string;
  officeName: string;
  reason: string;
};

export type PeriodBooks = {
  officeId: string;
  officeName: string;
  months: { month: string; frozenOn: string | null; figures: Figures | null }[];
  whole: Figures;
  parts: (RankedPart & { months: (Figures | null)[] })[];
};

/**
 * Where the closing of a month is: its figures are worked out, the months before are looked through for corrections,
 * the lines of the projects are put together; once it writes it cannot be cancelled. `done` of `total` within the phase.
 */
export type ClosingProgress = {
  month: string;
  phase: "figures" | "corrections" | "lines" | "write";
  done: number;
  total: number;
};

/** By default this office. */
const ofOffice = z.object({ officeId: id.optional() });
export const ofMonth = ofOffice.extend({ month: isoMonth });

/** Lines of a month: `partId` narrows them to this office and below. */
export const linesFilter = ofMonth.extend({
  partId: id.optional(),
  lights: z
    .array(z.enum(keysOf(lights)))
    .max(4)
    .optional(),
});

/** A quarter, or with null the year. */
export const periodFilter = z.object({
  year: z.int().min(2000).max(2100),
  quarter: z.int().min(1).max(4).nullable(),
  officeId: id.optional(),
});

export const books = {
  /** The closed month of an office, or what it would be now. */
  month: reading.input(ofMonth).output(type<MonthBooks>()),
  /** Its projects, a window of them. */
  lines: reading
    .input(linesFilter.extend({ offset: z.int().min(0), limit: z.int().min(1).max(500) }))
    .output(type<{ rows: BookLine[]; total: number }>()),
  /** What the records now say otherwise than the closed month. */
  corrections: reading.input(ofMonth).output(type<{ corrections: Correction[]; total: number }>()),
  /** Closes a month of this office for good. */
  close: procedure.input(z.object({ month: isoMonth })).output(type<{ statementId: string }>()),
  /** Months that an office has closed, the latest first. */
  closedMonths: reading.input(ofOffice).output(type<string[]>()),
  /** How far the closing is that runs, and then again with every news of it; null ends it. */
  closing: reading.output(eventIterator(type<ClosingProgress | null>())),
  /** Gives up the closing that runs: it then fails with closing_cancelled. False when it was too late for that. */
  cancelClosing: reading.output(type<boolean>()),
  /** A quarter, or with null the year, from its closed months. */
  period: reading.input(periodFilter).output(type<PeriodBooks>()),
};
