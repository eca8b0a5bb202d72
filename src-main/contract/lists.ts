/**
 * Lists as they are seen: which one, with what filter and order, and which columns. The core asks again for all its
 * rows, so that a list prints and exports whole. A new list adds a variant here and a source in features/lists.
 */
import { z } from "zod";
import { id, isoDate, isoMonth, madeFile, reading } from "./base.ts";
import { linesFilter, ofMonth, periodFilter } from "./books.ts";
import { conflictFilter } from "./exchange.ts";
import { issueFilter, issueSort } from "./issues.ts";
import { nodesOfMonth, projectFilter, projectSort, visitFilter } from "./ledger.ts";
import { reportFilter } from "./monthly-reports.ts";
import { permitFilter } from "./permits.ts";
import { fundFilter, statsFilter } from "./plans.ts";

export const listRequest = z.discriminatedUnion("list", [
  // `booksOn`: as it stood in these books at the end of that past day.
  z.object({
    list: z.literal("projects"),
    filter: projectFilter,
    sort: projectSort.optional(),
    booksOn: isoDate.optional(),
  }),
  nodesOfMonth.extend({ list: z.literal("nodesOfMonth") }),
  z.object({ list: z.literal("nodesInState"), state: z.enum(["submitted", "returned"]) }),
  z.object({ list: z.literal("visits"), filter: visitFilter }),
  z.object({ list: z.literal("missingVisits") }),
  z.object({ list: z.literal("issues"), filter: issueFilter, sort: issueSort.optional() }),
  z.object({ list: z.literal("permits"), filter: permitFilter }),
  z.object({ list: z.literal("reports"), month: isoMonth, filter: reportFilter }),
  z.object({ list: z.literal("regions"), month: isoMonth, officeId: id.optional() }),
  z.object({ list: z.literal("funds"), filter: fundFilter }),
  z.object({ list: z.literal("statsEntry"), filter: statsFilter }),
  z.object({ list: z.literal("statsRegions"), officeId: id.optional() }),
  z.object({ list: z.literal("permitDays") }),
  // Found from this day on.
  z.object({ list: z.literal("issueFigures"), from: isoDate }),
  z.object({ list: z.literal("bookLines"), filter: linesFilter }),
  ofMonth.extend({ list: z.literal("monthRanking") }),
  z.object({ list: z.literal("periodRanking"), period: periodFilter }),
  ofMonth.extend({ list: z.literal("corrections") }),
  z.object({ list: z.literal("exchanges") }),
  z.object({ list: z.literal("conflicts"), filter: conflictFilter }),
  // `rootId`: only this office's branch.
  z.object({ list: z.literal("offices"), search: z.string().max(100), rootId: id.optional() }),
  z.object({ list: z.literal("settings") }),
  z.object({ list: z.literal("templates"), archived: z.boolean() }),
  z.object({
    list: z.literal("people"),
    secretariesOnly: z.boolean(),
    includeArchived: z.boolean(),
    search: z.string().max(100),
  }),
]);
export type ListRequest = z.infer<typeof listRequest>;

/** The columns shown, from left to right, each with its width on the screen in px. */
export const shownColumns = z
  .array(z.object({ key: z.string().max(60), width: z.number().min(1).max(4000) }))
  .min(1)
  .max(200);
export type ShownColumns = z.infer<typeof shownColumns>;

export const lists = {
  /** All rows of the list with the columns shown, as .xlsx. */
  export: reading.input(z.object({ list: listRequest, columns: shownColumns, asOf: isoDate })).output(madeFile),
};
