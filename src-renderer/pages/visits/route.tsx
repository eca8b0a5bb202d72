import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { isoDate } from "#contract/base.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { VisitsPage } from "./visits-page.tsx";

const search = z.object({
  tab: z.enum(["list", "missing"]).optional(),
  search: z.string().max(100).optional(),
  projectId: z.string().optional(),
  personId: z.string().optional(),
  from: isoDate.optional(),
  to: isoDate.optional(),
});
export type VisitsSearch = Partial<z.output<typeof search>>;

/** Visits by project and secretary, and the projects that wait for one. */
export const visitsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/visits",
  validateSearch: safeSearch(search),
  component: VisitsPage,
});
