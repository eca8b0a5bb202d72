/** What a shell hands to the core, and what its parts share. */
import type { Office, OfficeEnvironment } from "#features/office.ts";
import type { Journal } from "#journal/journal.ts";
import type { Store } from "#store/store.ts";
import type { Turns } from "./turns.ts";

export type CoreOptions = {
  dataFolder: string;
  version: string;
  shell: "electron" | "browser";
  printPdf: OfficeEnvironment["printPdf"];
  /** Path of the built import-worker.js; without it large imports keep the core from answering. */
  importProgram?: string;
  now?: () => Date;
};

/** What the setup procedures and the router share: the open store and, once set up, its office. */
export type CoreState = {
  readonly store: Store;
  readonly journal: Journal;
  readonly options: CoreOptions & Required<Pick<CoreOptions, "now">>;
  readonly turns: Turns;
  office: Office | null;
};
