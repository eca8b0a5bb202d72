/**
 * The core: a plain program that opens one data folder and answers the contract. It never imports electron;
 * shells hand it what differs between them.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { closingOf } from "#features/books/closing.ts";
import { checkUpOf } from "#features/doctor/doctor.ts";
import { warmUp } from "#features/figures/ready.ts";
import { Office } from "#features/office.ts";
import { pastBooksOf } from "#features/past/past.ts";
import { removePastFiles } from "#features/past/past-books.ts";
import { syncContext } from "#features/sync-context.ts";
import { Journal } from "#journal/journal.ts";
import { takeUpLateFields } from "#journal/late-fields.ts";
import { backupDaily } from "#store/backup.ts";
import { openStore } from "#store/open.ts";
import type { Store } from "#store/store.ts";
import { takeUpParked } from "#sync/import.ts";
import type { CoreOptions, CoreState } from "./core-state.ts";
import { type CoreRouter, createRouter } from "./router.ts";
import { Turns } from "./turns.ts";

export const DATABASE_FILE = "lianxinqiao.db";

/** `close` gives up an import, a closing of a month or a check-up that runs, and lets the writes that wait for it be done. */
export type Core = { router: CoreRouter; close(): Promise<void> };

/** Opens a data folder. Throws Failure database_busy, database_newer or database_damaged. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const store = await openStore(join(options.dataFolder, DATABASE_FILE));
  const filled = { now: () => new Date(), ...options };
  const journal = new Journal(store, replicaOf(store), () => filled.now().getTime());
  takeUpLateFields(store);
  removePastFiles(options.dataFolder);
  const state: CoreState = { store, journal, options: filled, turns: new Turns(), office: null };
  state.office = openOffice(state);
  if (state.office) {
    const context = syncContext(state.office);
    void state.turns.take(() => takeUpParked(context)).catch(console.error);
    void warmUp(state.office).catch(console.error);
  }
  return {
    router: createRouter(state),
    close: async () => {
      state.office?.imports.cancel();
      if (state.office) closingOf(state.office).cancel();
      if (state.office) checkUpOf(state.office).cancel();
      while (state.turns.idle) await state.turns.idle;
      try {
        if (state.office) pastBooksOf(state.office).close();
        if (state.office) backupDaily(store.sqlite, store.path, state.office.today);
      } catch (error) {
        // A full disk must not keep the program from closing; the next close tries again.
        console.error(error);
      } finally {
        store.close();
      }
    },
  };
}

/** The office of this database, or null before it is set up. */
function openOffice({ store, journal, options }: CoreState): Office | null {
  const id = store.readMeta("office_id");
  return id === undefined ? null : new Office(store, journal, id, options);
}

/** The random id of this replica, made with the database. */
function replicaOf(store: Store): string {
  const known = store.readMeta("replica");
  if (known) return known;
  const made = (randomBytes(8).readBigUInt64BE() % 36n ** 8n).toString(36).padStart(8, "0");
  store.writeMeta("replica", made);
  return made;
}
