/** What a shell hands to the core, and what its parts share. */
import type { Office } from "#features/office.ts";
import type { Journal } from "#journal/journal.ts";
import type { Store } from "#store/store.ts";

export type CoreOptions = {
  dataFolder: string;
  version: string;
  shell: "electron" | "browser";
  printPdf: ((html: string) => Promise<Uint8Array>) | null;
  now?: () => Date;
};

/** What the setup procedures and the router share: the open store and, once set up, its office. */
export type CoreState = {
  readonly store: Store;
  readonly journal: Journal;
  readonly options: Required<CoreOptions>;
  office: Office | null;
};
