import { z } from "zod";
import { isoDate } from "#contract/base.ts";
import { projectFilter, projectSort } from "#contract/ledger.ts";

/** What the address of the page may say. */
export const projectsSearch = projectFilter.extend({
  sort: projectSort.optional(),
  create: z.boolean().optional(),
  booksOn: isoDate.optional(),
});
export type ProjectsSearch = Partial<z.output<typeof projectsSearch>>;
