import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { WorkbenchPage } from "./workbench-page.tsx";

export const workbenchRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", component: WorkbenchPage });
