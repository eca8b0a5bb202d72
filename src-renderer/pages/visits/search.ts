import { z } from "zod";
import { isoDate } from "#contract/base.ts";

/** What the address of the page may say. */
export const visitsSearch = z.object({
  tab: z.enum(["list", "missing"]).optional(),
  search: z.string().max(100).optional(),
  projectId: z.string().optional(),
  personId: z.string().optional(),
  from: isoDate.optional(),
  to: isoDate.optional(),
});
export type VisitsSearch = Partial<z.output<typeof visitsSearch>>;
