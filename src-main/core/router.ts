/** Binds every procedure of the contract to its feature, and turns failures into typed errors. */
import type { AnyContractProcedure, ContractRouterClient } from "@orpc/contract";
import { createRouterClient, implement, ORPCError, type Router } from "@orpc/server";
import type { ProcedureMeta } from "#contract/base.ts";
import { type Contract, contract } from "#contract/contract.ts";
import { Failure, failureText } from "#domain/failure.ts";
import { assignments } from "#features/assignments.ts";
import { attachments } from "#features/attachments.ts";
import { books } from "#features/books/books.ts";
import { charts } from "#features/charts.ts";
import { exchange } from "#features/exchange.ts";
import { folders } from "#features/folders.ts";
import { issues } from "#features/issues/issues.ts";
import { keys } from "#features/keys.ts";
import { lists } from "#features/lists/lists.ts";
import { maintenance } from "#features/maintenance.ts";
import { nodes } from "#features/nodes.ts";
import type { Office } from "#features/office.ts";
import { offices } from "#features/offices.ts";
import { past } from "#features/past/past.ts";
import { people } from "#features/people.ts";
import { permits } from "#features/permits/permits.ts";
import { funds } from "#features/plans/funds.ts";
import { plans } from "#features/plans/plans.ts";
import { statsEntry } from "#features/plans/stats-entry.ts";
import { projects } from "#features/projects/projects.ts";
import { monthlyReports } from "#features/reports/reports.ts";
import { schedule } from "#features/schedule.ts";
import { settings } from "#features/settings.ts";
import { sheets } from "#features/sheets/sheets.ts";
import { spreadsheet } from "#features/spreadsheet/spreadsheet.ts";
import { templates } from "#features/templates.ts";
import { views } from "#features/views.ts";
import { visits } from "#features/visits.ts";
import { workbench } from "#features/workbench.ts";
import { isDiskFull } from "#store/safe-write.ts";
import type { CoreState } from "./core-state.ts";
import { setupHandlers } from "./setup.ts";
import type { Turns } from "./turns.ts";

export type CoreRouter = Router<Contract, Record<never, never>>;

type Bound = Record<string, (office: never, input: never) => unknown>;

export function createRouter(state: CoreState): CoreRouter {
  const office = (): Office => {
    if (!state.office) throw new Failure("office_not_set_up");
    return state.office;
  };
  const features = {
    offices,
    people,
    settings,
    maintenance,
    folders,
    projects,
    nodes,
    visits,
    issues,
    attachments,
    assignments,
    monthlyReports,
    plans,
    funds,
    statsEntry,
    permits,
    templates,
    schedule,
    spreadsheet,
    exchange,
    keys,
    books,
    past,
    workbench,
    sheets,
    charts,
    lists,
    views,
  };
  const { turns } = state;
  const slices = Object.entries(features).map(([name, handlers]) => [
    name,
    bind(contract[name as keyof typeof features], handlers as Bound, office, turns),
  ]);
  return {
    ...Object.fromEntries(slices),
    setup: bind(contract.setup, setupHandlers() as Bound, () => state, turns),
  } as CoreRouter;
}

/** Calls the router in the same process: the CLI and the tests. */
export function localClient(router: CoreRouter): ContractRouterClient<Contract> {
  return createRouterClient(router, { context: {} }) as ContractRouterClient<Contract>;
}

/** What only reads is called at once; everything else takes its turn. */
function bind(slice: Record<string, AnyContractProcedure>, handlers: Bound, subject: () => unknown, turns: Turns) {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const procedure = slice[name];
      if (!procedure) throw new Error(`no procedure ${name} in the contract`);
      const { reads = false } = procedure["~orpc"].meta as ProcedureMeta;
      const bound = implement(procedure).handler(async ({ input }) => {
        const call = () => handler(subject() as never, input as never);
        try {
          return await (reads ? call() : turns.take(call));
        } catch (error) {
          throw typedError(error);
        }
      });
      return [name, bound];
    }),
  );
}

function typedError(error: unknown): ORPCError<string, unknown> {
  const failure = error instanceof Failure ? error : systemFailure(error);
  return new ORPCError("FAILURE", {
    defined: true,
    status: 422,
    message: failure.message,
    data: { code: failure.code, details: failure.details },
    cause: error,
  });
}

/** What the system threw, as a sentence; the cause goes to the log of the process. */
function systemFailure(error: unknown): Failure {
  if (isDiskFull(error)) return new Failure("disk_full");
  console.error(failureText("internal"), error);
  return new Failure("internal");
}
