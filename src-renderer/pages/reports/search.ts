import { z } from "zod";
import { isoMonth } from "#contract/base.ts";
import { reportStates } from "#contract/monthly-reports.ts";
import { fundSources, keysOf, statsStandings } from "#domain/values.ts";

/** What the address says beside the page; the parts share place and search. */
export const reportsSearch = z.object({
  tab: z.enum(["grid", "investment", "funds", "stats"]).optional(),
  month: isoMonth.optional(),
  state: z.enum(keysOf(reportStates)).optional(),
  search: z.string().optional(),
  officeId: z.string().optional(),
  year: z.number().int().optional(),
  source: z.enum(keysOf(fundSources)).optional(),
  late: z.boolean().optional(),
  standing: z.enum(keysOf(statsStandings)).optional(),
});
export type ReportsSearch = z.output<typeof reportsSearch>;
