import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { ImportPage } from "./import-page.tsx";

/** A ledger from a spreadsheet: file, preview, confirmation, result. */
export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import",
  component: ImportPage,
});
