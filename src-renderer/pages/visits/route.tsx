import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { visitsSearch } from "./search.ts";
import { VisitsPage } from "./visits-page.tsx";

/** Visits by project and secretary, and the projects that wait for one. */
export const visitsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/visits",
  validateSearch: safeSearch(visitsSearch),
  component: VisitsPage,
});
