import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { projectFilter, projectSort } from "#contract/ledger.ts";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { PageHeader } from "#renderer/components/page-header.tsx";

/** Which sheet to open with; other pages link here with the project, the visit or their filter. */
const search = z.object({
  sheet: z.enum(["progress", "card", "visit"]).optional(),
  projectId: z.string().optional(),
  visitId: z.string().optional(),
  filter: projectFilter.optional(),
  sort: projectSort.optional(),
});

export const printRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/print",
  validateSearch: safeSearch(search),
  component: () => <PageHeader title="打印" />,
});
