import { z } from "zod";
import { id, isoMonth } from "#contract/base.ts";
import { keysOf, lights } from "#domain/values.ts";

/** What the address of the page may say. */
export const booksSearch = z.object({
  tab: z.enum(["month", "quarter", "year"]).optional(),
  month: isoMonth.optional(),
  year: z.int().min(2000).max(2100).optional(),
  quarter: z.int().min(1).max(4).optional(),
  officeId: id.optional(),
  view: z.enum(["parts", "lines", "corrections"]).optional(),
  partId: id.optional(),
  lights: z.array(z.enum(keysOf(lights))).optional(),
});
export type BooksSearch = Partial<z.output<typeof booksSearch>>;
