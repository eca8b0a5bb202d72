import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { ReportsPage } from "./reports-page.tsx";
import { reportsSearch } from "./search.ts";

/** 月报: the grid of a month, investment against 序时, funds, and 入统入库, over the projects of the office. */
export const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports",
  validateSearch: safeSearch(reportsSearch),
  component: ReportsPage,
});
