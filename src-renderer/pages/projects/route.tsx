import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const projectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/projects",
  component: () => <PageHeader title="项目台账" />,
});
