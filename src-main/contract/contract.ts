/** The one contract of every call from a window, a browser or a test into the core. */
import { attachments } from "./attachments.ts";
import { books } from "./books.ts";
import { charts } from "./charts.ts";
import { exchange } from "./exchange.ts";
import { issues } from "./issues.ts";
import { keys } from "./keys.ts";
import { assignments, nodes, projects, visits } from "./ledger.ts";
import { lists } from "./lists.ts";
import { monthlyReports } from "./monthly-reports.ts";
import { folders, maintenance, offices, people, settings } from "./office.ts";
import { past } from "./past.ts";
import { permits } from "./permits.ts";
import { funds, plans, statsEntry } from "./plans.ts";
import { sheets, workbench } from "./reports.ts";
import { schedule } from "./schedule.ts";
import { setup } from "./setup.ts";
import { spreadsheet } from "./spreadsheet.ts";
import { templates } from "./templates.ts";
import { views } from "./views.ts";

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
export type Contract = typeof contract;
