/** What the exchange works on: one open office database and its folder. */
import type { ImportProgress } from "#contract/exchange.ts";
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
  /** Told how far an import is. What it throws ends the import; after `write` the import can no longer fail. */
  onProgress?: (step: ImportStep) => void;
};

export type ImportStep = Omit<ImportProgress, "fileName">;

/** A file as it was picked, and who brings it in. */
export type Delivery = { bytes: Uint8Array; fileName: string; person: string };
