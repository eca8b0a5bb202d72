import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { isoDate } from "#contract/base.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { ProjectPageView } from "./project-page.tsx";

export const projectTabs = [
  "nodes",
  "permits",
  "visits",
  "issues",
  "attachments",
  "secretaries",
  "progress",
  "history",
] as const;

export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/projects/$projectId",
  validateSearch: safeSearch(z.object({ tab: z.enum(projectTabs).optional(), booksOn: isoDate.optional() })),
  component: ProjectPageView,
});
