/** All help pages, in the order of the menu. A new page of the program adds its file and its name here. */
import type { HelpTopic } from "./topic.ts";
import { booksHelp } from "./topics/books.ts";
import { conflictsHelp } from "./topics/conflicts.ts";
import { importHelp } from "./topics/import.ts";
import { issuesHelp } from "./topics/issues.ts";
import { nodesHelp } from "./topics/nodes.ts";
import { officesHelp } from "./topics/offices.ts";
import { peopleHelp } from "./topics/people.ts";
import { permitsHelp } from "./topics/permits.ts";
import { printHelp } from "./topics/print.ts";
import { projectHelp } from "./topics/project.ts";
import { projectsHelp } from "./topics/projects.ts";
import { reportsHelp } from "./topics/reports.ts";
import { syncHelp } from "./topics/sync.ts";
import { visitsHelp } from "./topics/visits.ts";
import { workbenchHelp } from "./topics/workbench.ts";

export const helpTopics: readonly HelpTopic[] = [
  workbenchHelp,
  projectsHelp,
  projectHelp,
  nodesHelp,
  reportsHelp,
  issuesHelp,
  permitsHelp,
  visitsHelp,
  booksHelp,
  peopleHelp,
  syncHelp,
  conflictsHelp,
  importHelp,
  printHelp,
  officesHelp,
];

/** The help of the page with this route path; the workbench's where there is none. */
export function topicOf(page: string): HelpTopic {
  return helpTopics.find((topic) => topic.page === page) ?? workbenchHelp;
}
