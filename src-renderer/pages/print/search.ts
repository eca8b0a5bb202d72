import { z } from "zod";
import { isoMonth } from "#contract/base.ts";
import { issueFilter, issueSort } from "#contract/issues.ts";
import { projectFilter, projectSort } from "#contract/ledger.ts";

/** Which sheet to open with; other pages link here with the project, the visit or their filter. */
export const printSearch = z.object({
  sheet: z.enum(["progress", "card", "visit", "issues", "supervision"]).optional(),
  paper: z.enum(["A4", "A3"]).optional(),
  fromMonth: isoMonth.optional(),
  month: isoMonth.optional(),
  projectId: z.string().optional(),
  visitId: z.string().optional(),
  issueId: z.string().optional(),
  issueFilter: issueFilter.optional(),
  issueSort: issueSort.optional(),
  filter: projectFilter.optional(),
  sort: projectSort.optional(),
});
export type PrintSearch = Partial<z.output<typeof printSearch>>;
