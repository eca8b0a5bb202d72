import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { ProjectsPage } from "./projects-page.tsx";
import { projectsSearch } from "./search.ts";

/** The ledger; filter and sort are search parameters, so back and forward keep them. */
export const projectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/projects",
  validateSearch: safeSearch(projectsSearch),
  component: ProjectsPage,
});
