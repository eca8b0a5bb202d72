import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const visitsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/visits",
  component: () => <PageHeader title="走访" />,
});
