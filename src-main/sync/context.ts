/** What the exchange works on: one open office database and its folder. */
import type { Journal } from "#journal/journal.ts";
import type { Store } from "#store/store.ts";

export type SyncContext = {
  store: Store;
  journal: Journal;
  /** This office. */
  officeId: string;
  officeName: string;
  /** Keys and parked bundles live here, beside the database. */
  dataFolder: string;
  now: () => Date;
};

/** A file as it was picked, and who brings it in. */
export type Delivery = { bytes: Uint8Array; fileName: string; person: string };
