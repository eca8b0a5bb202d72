import { z } from "zod";
import { issueFilter, issueSort } from "#contract/issues.ts";

/** What the address of the page may say; `id` opens one issue. */
export const issuesSearch = issueFilter.extend({ sort: issueSort.optional(), id: z.string().optional() });
export type IssuesSearch = Partial<z.output<typeof issuesSearch>>;

/** A change of the address that takes every condition off the list. */
export const noConditions: IssuesSearch = {
  search: undefined,
  officeId: undefined,
  projectId: undefined,
  visitId: undefined,
  category: undefined,
  source: undefined,
  level: undefined,
  state: undefined,
  handlerUnit: undefined,
};
