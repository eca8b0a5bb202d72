import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { isoMonth } from "#contract/base.ts";
import { projectFilter, projectSort } from "#contract/ledger.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { PrintPage } from "./print-page.tsx";

/** Which sheet to open with; other pages link here with the project, the visit or their filter. */
const search = z.object({
  sheet: z.enum(["progress", "card", "visit"]).optional(),
  paper: z.enum(["A4", "A3"]).optional(),
  fromMonth: isoMonth.optional(),
  month: isoMonth.optional(),
  projectId: z.string().optional(),
  visitId: z.string().optional(),
  filter: projectFilter.optional(),
  sort: projectSort.optional(),
});
export type PrintSearch = Partial<z.output<typeof search>>;

export const printRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/print",
  validateSearch: safeSearch(search),
  component: PrintPage,
});
