import { z } from "zod";
import { isoMonth } from "#contract/base.ts";
import { issueFilter, issueSort } from "#contract/issues.ts";
import { projectFilter, projectSort } from "#contract/ledger.ts";
import { listRequest, shownColumns } from "#contract/lists.ts";
import { permitFilter } from "#contract/permits.ts";
import { keysOf, officeLevels } from "#domain/values.ts";

/** Which sheet to open with; other pages link here with the project, the visit or their filter. */
export const printSearch = z.object({
  sheet: z
    .enum([
      "progress",
      "lights",
      "month",
      "period",
      "card",
      "permits",
      "visit",
      "issues",
      "supervision",
      "list",
      "guide",
    ])
    .optional(),
  paper: z.enum(["A4", "A3"]).optional(),
  fromMonth: isoMonth.optional(),
  month: isoMonth.optional(),
  projectId: z.string().optional(),
  visitId: z.string().optional(),
  issueId: z.string().optional(),
  issueFilter: issueFilter.optional(),
  issueSort: issueSort.optional(),
  year: z.int().min(2000).max(2100).optional(),
  quarter: z.int().min(1).max(4).optional(),
  officeId: z.string().optional(),
  filter: projectFilter.optional(),
  sort: projectSort.optional(),
  /** Of a quick guide. */
  level: z.enum(keysOf(officeLevels)).optional(),
  /** A list as it was seen where 打印本表 was pressed. */
  list: listRequest.optional(),
  columns: shownColumns.optional(),
  permitFilter: permitFilter.optional(),
});
export type PrintSearch = Partial<z.output<typeof printSearch>>;
