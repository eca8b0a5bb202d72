import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const workbenchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: () => <PageHeader title="工作台" />,
});
