import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";

export const officesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/offices",
  component: () => <PageHeader title="单位与设定" />,
});
