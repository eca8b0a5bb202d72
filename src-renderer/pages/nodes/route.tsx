import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { isoMonth } from "#contract/base.ts";
import { keysOf, lights } from "#domain/values.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { NodesPage } from "./nodes-page.tsx";

const search = z.object({
  tab: z.enum(["month", "submitted", "returned"]).optional(),
  month: isoMonth.optional(),
  /** False leaves out the unfinished nodes of earlier months. */
  overdue: z.boolean().optional(),
  officeId: z.string().optional(),
  group: z.enum(["day", "light"]).optional(),
  /** Of the month's nodes only these. */
  lights: z
    .array(z.enum(keysOf(lights)))
    .max(20)
    .optional(),
});

/** Nodes across projects: what is due in a month, what waits for review, what came back. */
export const nodesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/nodes",
  validateSearch: safeSearch(search),
  component: NodesPage,
});
