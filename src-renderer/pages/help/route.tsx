import { createRoute } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { HelpPage } from "./help-page.tsx";

/** 帮助: one page of help for every page of the program; `topic` is its id. */
export const helpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/help",
  validateSearch: safeSearch(z.object({ topic: z.string().max(40).optional() })),
  component: HelpPage,
});
