import { createRoute } from "@tanstack/react-router";
import { permitFilter } from "#contract/permits.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { PermitsPage } from "./permits-page.tsx";

/** How all projects stand with their permits; reached from the ledger, the nodes and the workbench. */
export const permitsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/permits",
  validateSearch: safeSearch(permitFilter),
  component: PermitsPage,
});
