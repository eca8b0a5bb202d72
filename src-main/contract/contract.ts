/** The one contract of every call from a window, a browser or a test into the core. */
import { attachments } from "./attachments.ts";
import { books } from "./books.ts";
import { exchange } from "./exchange.ts";
import { keys } from "./keys.ts";
import { assignments, monthlyProgress, nodes, projects, visits } from "./ledger.ts";
import { folders, maintenance, offices, people, settings } from "./office.ts";
import { sheets, workbench } from "./reports.ts";
import { setup } from "./setup.ts";
import { spreadsheet } from "./spreadsheet.ts";

export const contract = {
  setup,
  offices,
  people,
  settings,
  maintenance,
  folders,
  projects,
  nodes,
  visits,
  attachments,
  assignments,
  monthlyProgress,
  spreadsheet,
  exchange,
  keys,
  books,
  workbench,
  sheets,
};
export type Contract = typeof contract;
