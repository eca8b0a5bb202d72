import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { PeoplePage } from "./people-page.tsx";

const search = z.object({
  tab: z.enum(["roster", "secretaries", "lacking"]).optional(),
  search: z.string().max(100).optional(),
  stopped: z.boolean().optional(),
  /** The person whose card is open. */
  personId: z.string().max(80).optional(),
});

/** The offices' people, the secretaries among them, and the projects that lack one. */
export const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people",
  validateSearch: safeSearch(search),
  component: PeoplePage,
});
