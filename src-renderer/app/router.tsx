import { createHashHistory, createRouter } from "@tanstack/react-router";
import { booksRoute } from "#renderer/pages/books/route.tsx";
import { conflictsRoute } from "#renderer/pages/conflicts/route.tsx";
import { helpRoute } from "#renderer/pages/help/route.tsx";
import { importRoute } from "#renderer/pages/import/route.tsx";
import { issuesRoute } from "#renderer/pages/issues/route.tsx";
import { nodesRoute } from "#renderer/pages/nodes/route.tsx";
import { officesRoute } from "#renderer/pages/offices/route.tsx";
import { peopleRoute } from "#renderer/pages/people/route.tsx";
import { permitsRoute } from "#renderer/pages/permits/route.tsx";
import { printRoute } from "#renderer/pages/print/route.tsx";
import { projectRoute } from "#renderer/pages/project/route.tsx";
import { projectsRoute } from "#renderer/pages/projects/route.tsx";
import { reportsRoute } from "#renderer/pages/reports/route.tsx";
import { syncRoute } from "#renderer/pages/sync/route.tsx";
import { visitsRoute } from "#renderer/pages/visits/route.tsx";
import { workbenchRoute } from "#renderer/pages/workbench/route.tsx";
import { rootRoute } from "./root-route.tsx";

const routeTree = rootRoute.addChildren([
  workbenchRoute,
  projectsRoute,
  projectRoute,
  importRoute,
  nodesRoute,
  reportsRoute,
  issuesRoute,
  permitsRoute,
  visitsRoute,
  booksRoute,
  peopleRoute,
  officesRoute,
  syncRoute,
  conflictsRoute,
  printRoute,
  helpRoute,
]);

/** Pages live behind the #, so that the address works the same under app:// and on loopback. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
