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
  "plan",
  "attachments",
  "secretaries",
  "history",
] as const;

export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/projects/$projectId",
  validateSearch: safeSearch(
    z.object({
      tab: z.enum(projectTabs).optional(),
      year: z.number().int().min(2000).max(2100).optional(),
      booksOn: isoDate.optional(),
    }),
  ),
  component: ProjectPageView,
});
