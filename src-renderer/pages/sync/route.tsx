import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const syncRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sync",
  component: () => <PageHeader title="同步" />,
});
