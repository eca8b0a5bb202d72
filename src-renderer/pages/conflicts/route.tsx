import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { ConflictsPage } from "./conflicts-page.tsx";

export const conflictsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/conflicts",
  component: ConflictsPage,
});
