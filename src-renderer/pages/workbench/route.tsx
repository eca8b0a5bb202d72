import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { WorkbenchPage } from "./workbench-page.tsx";

export const workbenchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: safeSearch(z.object({ part: z.enum(["tasks", "charts"]).optional() })),
  component: WorkbenchPage,
});
