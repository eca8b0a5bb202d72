import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { projectFilter, projectSort } from "#contract/ledger.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { ProjectsPage } from "./projects-page.tsx";

const search = projectFilter.extend({ sort: projectSort.optional(), create: z.boolean().optional() });
export type ProjectsSearch = Partial<z.output<typeof search>>;

/** The ledger; filter and sort are search parameters, so back and forward keep them. */
export const projectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/projects",
  validateSearch: safeSearch(search),
  component: ProjectsPage,
});
