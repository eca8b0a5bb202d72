import { createRootRoute } from "@tanstack/react-router";
import { NotFound, PageCrashed } from "./page-fallbacks.tsx";
import { Shell } from "./shell.tsx";

/** Parent of every page's route. */
export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: PageCrashed,
});
