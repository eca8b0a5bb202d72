import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { IssuesPage } from "./issues-page.tsx";
import { issuesSearch } from "./search.ts";

/** Issues: the lists of the sources as views of the same records, and what waits for an answer or a follow-up. */
export const issuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/issues",
  validateSearch: safeSearch(issuesSearch),
  component: IssuesPage,
});
