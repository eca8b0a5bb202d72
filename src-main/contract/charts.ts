/** Charts of the workbench, for the offices of one's own scope. Amounts are hundredths of 万元. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { IssueAge } from "#domain/issue-time.ts";
import type { IssueLevel, Light } from "#domain/values.ts";
import { isoDate, isoMonth, reading } from "./base.ts";

export type MonthLights = {
  month: string;
  /** Taken from the closed books; else by the present rules, as of the month's last day or of `asOf`. */
  isClosed: boolean;
  /** The offices directly below, and what the office manages itself; those without projects are left out. */
  parts: { officeId: string; name: string; lights: Record<Light, number> }[];
};

export type InvestmentChart = {
  year: number;
  /** Planned for the year by the projects that have a plan; only these are counted. */
  planned: number;
  projects: number;
  /** From January to the month of `asOf`: completed in the month. */
  months: { month: string; completed: number }[];
};

/** Unsolved problems of each level of the ladder by how long they have been open. */
export type LevelAges = { level: IssueLevel; byAge: Record<IssueAge, number> };

export type SecretaryLoad = {
  /** Lower bounds of the number of projects; the last is open. */
  bounds: number[];
  counts: number[];
  busiest: { personId: string; name: string; officeName: string; projects: number }[];
};

const input = z.object({ asOf: isoDate });

export const charts = {
  /** One month at a time, so that none of several months waits for the others. */
  lights: reading.input(input.extend({ month: isoMonth })).output(type<MonthLights>()),
  investment: reading.input(input).output(type<InvestmentChart>()),
  issues: reading.input(input).output(type<LevelAges[]>()),
  secretaries: reading.input(input).output(type<SecretaryLoad>()),
};
