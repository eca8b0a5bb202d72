/** The open office as the exchange sees it. */
import type { SyncContext } from "#sync/context.ts";
import type { Office } from "./office.ts";

export function syncContext(office: Office): SyncContext {
  return {
    store: office.store,
    journal: office.journal,
    officeId: office.id,
    officeName: office.self.name,
    dataFolder: office.environment.dataFolder,
    now: office.environment.now,
  };
}
