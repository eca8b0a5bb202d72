import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { PrintPage } from "./print-page.tsx";
import { printSearch } from "./search.ts";

export const printRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/print",
  validateSearch: safeSearch(printSearch),
  component: PrintPage,
});
