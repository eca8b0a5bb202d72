import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { OfficesPage } from "./offices-page.tsx";

const search = z.object({
  tab: z.enum(["offices", "settings", "templates", "keys", "care", "about"]).optional(),
  search: z.string().max(100).optional(),
  /** 显示全市: the whole tree, also below the city. */
  whole: z.boolean().optional(),
  /** 显示已停用 among the templates. */
  archived: z.boolean().optional(),
});

/** The office tree and its enrolment, the city's settings, keys, care of the database, about. */
export const officesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/offices",
  validateSearch: safeSearch(search),
  component: OfficesPage,
});
