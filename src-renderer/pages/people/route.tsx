import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people",
  component: () => <PageHeader title="人员与秘书" />,
});
