import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { SyncPage } from "./sync-page.tsx";

const search = z.object({ tab: z.enum(["links", "log"]).optional() });

/** Exchange by file: the links, bundles out and in, and their log. */
export const syncRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sync",
  validateSearch: safeSearch(search),
  component: SyncPage,
});
