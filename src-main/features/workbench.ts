/** 工作台: what waits for this office today. */

import { setImmediate as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { workbench as contract } from "#contract/reports.ts";
import { addDays, monthOf } from "#domain/calendar.ts";
import { keysOf, type Light, lights } from "#domain/values.ts";
import { query } from "#store/store.ts";
import { readLinks } from "#sync/links.ts";
import { linkState } from "./exchange.ts";
import { basisOn } from "./figures/basis.ts";
import { figuresOn } from "./figures/figures.ts";
import { figuresReady } from "./figures/ready.ts";
import { SOON_DAYS } from "./figures/source.ts";
import type { Handlers } from "./handlers.ts";
import { firstOverdueNodes, nodesInState, unfinishedNodes } from "./node-lists.ts";
import { describeNodes, type StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";
import { countOverdueEntries } from "./plans/stats-entry.ts";
import { inActiveProject, rowsOf } from "./project-facts.ts";
import { countConflicts } from "./projects/conflict-counts.ts";
import { needsSecretary } from "./projects/filter.ts";
import { waitingReports } from "./reports/list.ts";
import { mustReport } from "./reports/must-report.ts";
import { isVisitMissing, missingVisits } from "./visits.ts";

/** Rows per list; the totals count all. */
const SHOWN = 50;

export const workbench: Handlers<typeof contract> = {
  summary: async (office, { asOf }) => {
    await figuresReady(office, basisOn(office, asOf));
    const overdue = firstOverdueNodes(office, asOf, SHOWN);
    const due = unfinishedNodes(office, { from: asOf, to: addDays(asOf, SOON_DAYS), asOf }, SHOWN);
    const returned = nodesInState(office, "returned", SHOWN);
    const awaitingReview = nodesInState(office, "submitted", SHOWN);
    // Right after a start its pages are read for the first time: others are answered in between.
    await pause();
    const {
      projects,
      incomplete,
      overdue: overdueTotal,
      soon,
      due: dueReports,
      lacking,
      unvisited,
      ...lightCounts
    } = projectCounts(office, asOf);
    const describe = (rows: StoredNode[]) => describeNodes(office, rows, asOf);
    return {
      asOf,
      projectTotal: projects,
      lightCounts,
      overdue: describe(overdue),
      overdueTotal,
      due: describe(due),
      dueTotal: soon,
      returned: describe(returned.rows),
      returnedTotal: returned.total,
      awaitingReview: describe(awaitingReview.rows),
      awaitingReviewTotal: awaitingReview.total,
      visitsMissing: missingVisits(office, asOf, 0, SHOWN),
      visitsMissingTotal: unvisited,
      lacksSecretaryTotal: lacking,
      incompleteTotal: incomplete,
      conflictTotal: countConflicts(office.store),
      reports: { ...reportCounts(office, asOf), due: dueReports },
      followUps: openFollowUps(office),
      links: readLinks(office.store)
        .map((link) => linkState(office, link))
        .map(({ peerId, peerName, role, lastSentAt, lastReceivedAt, parked }) => ({
          peerId,
          peerName,
          role,
          lastSentAt,
          lastReceivedAt,
          parked: parked.length,
        })),
    };
  },
};

/** What whole ledgers are counted for, in one walk through the figures of the projects. */
function projectCounts(office: Office, asOf: string) {
  const { store, subtree, settings } = office;
  const lightCount = (light: Light) => sql`count(*) filter (where light = ${light}) as ${sql.ref(light)}`;
  const [counted] = rowsOf(
    store,
    sql<
      Record<Light | "projects" | "incomplete" | "overdue" | "soon" | "due" | "lacking" | "unvisited", number>
    >`select count(*) as projects,
      ${sql.join(keysOf(lights).map(lightCount))}, coalesce(sum(is_incomplete), 0) as incomplete,
      coalesce(sum(nodes_overdue), 0) as overdue, coalesce(sum(nodes_soon), 0) as soon,
      count(*) filter (where coalesce(report_state, 'draft') = 'draft' and ${mustReport(settings)}) as due,
      count(*) filter (where secretaries = 0 and ${needsSecretary(settings, "figures")}) as lacking,
      count(*) filter (where ${isVisitMissing(office, asOf)}) as unvisited
      from ${figuresOn(store, basisOn(office, asOf))} as figures
      where is_archived = 0 and managed_by in (${sql.join([...subtree])})`,
  );
  return (
    counted ?? {
      projects: 0,
      red: 0,
      yellow: 0,
      green: 0,
      none: 0,
      incomplete: 0,
      overdue: 0,
      soon: 0,
      due: 0,
      lacking: 0,
      unvisited: 0,
    }
  );
}

function reportCounts(office: Office, asOf: string) {
  const month = monthOf(asOf);
  const waiting = waitingReports(office);
  const of = (state: "submitted" | "returned") => waiting.filter((entry) => entry.state === state);
  const sum = (state: "submitted" | "returned") => of(state).reduce((total, { count }) => total + count, 0);
  return {
    month,
    submitted: sum("submitted"),
    submittedMonth: of("submitted")[0]?.month ?? month,
    returned: sum("returned"),
    returnedMonth: of("returned")[0]?.month ?? month,
    entriesOverdue: countOverdueEntries(office, asOf),
  };
}

/** Follow-ups of visits that nobody has closed, the earliest deadline first. */
function openFollowUps(office: Office) {
  const visits = office.store.all(
    query
      .selectFrom("visit")
      .leftJoin("project", "project.id", "visit.project_id")
      .select(["visit.id", "visit.project_id", "project.name", "visit.follow_up", "visit.follow_up_on"])
      .where("visit.follow_up", "is not", null)
      .where("visit.followed_up_on", "is", null)
      .where("visit.archived_on", "is", null)
      .where(inActiveProject(office, "visit.project_id"))
      .orderBy("visit.follow_up_on", (order) => order.asc().nullsLast())
      .orderBy("visit.id")
      .limit(SHOWN),
  );
  return visits.map((visit) => ({
    visitId: visit.id,
    projectId: visit.project_id,
    projectName: visit.name ?? "",
    followUp: visit.follow_up ?? "",
    dueOn: visit.follow_up_on,
  }));
}
