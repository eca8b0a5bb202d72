/** Binds every procedure of the contract to its feature, and turns failures into typed errors. */
import type { AnyContractProcedure, ContractRouterClient } from "@orpc/contract";
import { createRouterClient, implement, ORPCError, type Router } from "@orpc/server";
import type { ProcedureMeta } from "#contract/base.ts";
import { type Contract, contract } from "#contract/contract.ts";
import { Failure } from "#domain/failure.ts";
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
import { storageFailure } from "#store/storage-failure.ts";
import type { CoreState } from "./core-state.ts";
import { setupHandlers } from "./setup.ts";
import type { Turns } from "./turns.ts";

export type CoreRouter = Router<Contract, Record<never, never>>;

type Bound = Record<string, (office: never, input: never, signal?: AbortSignal) => unknown>;

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
  const { turns, store } = state;
  const bound = (slice: Record<string, AnyContractProcedure>, handlers: Bound, subject: () => unknown) =>
    bind(slice, handlers, subject, turns, store.path);
  const slices = Object.entries(features).map(([name, handlers]) => [
    name,
    bound(contract[name as keyof typeof features], handlers as Bound, office),
  ]);
  return {
    ...Object.fromEntries(slices),
    setup: bound(contract.setup, setupHandlers() as Bound, () => state),
  } as CoreRouter;
}

/** Calls the router in the same process: the CLI and the tests. */
export function localClient(router: CoreRouter): ContractRouterClient<Contract> {
  return createRouterClient(router, { context: {} }) as ContractRouterClient<Contract>;
}

/** What only reads is called at once; everything else takes its turn. `path`: of the database, for what fails below it. */
function bind(
  slice: Record<string, AnyContractProcedure>,
  handlers: Bound,
  subject: () => unknown,
  turns: Turns,
  path: string,
) {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const procedure = slice[name];
      if (!procedure) throw new Error(`no procedure ${name} in the contract`);
      const { reads = false } = procedure["~orpc"].meta as ProcedureMeta;
      const bound = implement(procedure).handler(async ({ input, signal }) => {
        const call = () => handler(subject() as never, input as never, signal);
        try {
          return await (reads ? call() : turns.take(call));
        } catch (error) {
          throw typedError(error, path);
        }
      });
      return [name, bound];
    }),
  );
}

function typedError(error: unknown, path: string): ORPCError<string, unknown> {
  const failure = error instanceof Failure ? error : systemFailure(error, path);
  return new ORPCError("FAILURE", {
    defined: true,
    status: 422,
    message: failure.message,
    data: { code: failure.code, details: failure.details },
    cause: error,
  });
}

/** What the system threw, as a sentence; the cause goes to the log of the process. */
function systemFailure(error: unknown, path: string): Failure {
  const failure = storageFailure(error, path) ?? new Failure("internal");
  if (failure.code !== "disk_full") console.error(failure.message, error);
  return failure;
}
