import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import",
  component: () => <PageHeader title="导入台账" />,
});
