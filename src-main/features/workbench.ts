/** 工作台: what waits for this office today. */
import { sql } from "kysely";
import type { ProjectFilter } from "#contract/ledger.ts";
import type { workbench as contract } from "#contract/reports.ts";
import { addDays, monthOf } from "#domain/calendar.ts";
import { query } from "#store/store.ts";
import { readLinks } from "#sync/links.ts";
import { linkState } from "./exchange.ts";
import type { Handlers } from "./handlers.ts";
import { activeProjectIds, nodesInState, unfinishedNodes } from "./node-lists.ts";
import { describeNodes, type StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";
import { countOverdueEntries } from "./plans/stats-entry.ts";
import { countLights, filteredProjects } from "./projects/list.ts";
import { countDue, waitingReports } from "./reports/list.ts";
import { missingVisits } from "./visits.ts";

/** Rows per list; the totals count all. */
const SHOWN = 50;
const DUE_DAYS = 30;

export const workbench: Handlers<typeof contract> = {
  summary: (office, { asOf }) => {
    const overdue = unfinishedNodes(office, { from: null, to: addDays(asOf, -1), asOf, limit: SHOWN });
    const due = unfinishedNodes(office, { from: asOf, to: addDays(asOf, DUE_DAYS), asOf, limit: SHOWN });
    const returned = nodesInState(office, "returned", SHOWN);
    const awaitingReview = nodesInState(office, "submitted", SHOWN);
    const visitsMissing = missingVisits(office, asOf, SHOWN);
    const lightCounts = countLights(office, { officeId: office.id }, asOf);
    const describe = (rows: StoredNode[]) => describeNodes(office, rows, asOf);
    return {
      asOf,
      projectTotal: Object.values(lightCounts).reduce((sum, count) => sum + count, 0),
      lightCounts,
      overdue: describe(overdue.rows),
      overdueTotal: overdue.total,
      due: describe(due.rows),
      dueTotal: due.total,
      returned: describe(returned.rows),
      returnedTotal: returned.total,
      awaitingReview: describe(awaitingReview.rows),
      awaitingReviewTotal: awaitingReview.total,
      visitsMissing: visitsMissing.rows,
      visitsMissingTotal: visitsMissing.total,
      lacksSecretaryTotal: countProjects(office, { lacksSecretary: true }, asOf),
      incompleteTotal: countProjects(office, { incompleteOnly: true }, asOf),
      conflictTotal: countConflicts(office),
      reports: reportCounts(office, asOf),
      followUps: openFollowUps(office),
      links: readLinks(office.store)
        .map((link) => linkState(office, link))
        .map(({ peerId, peerName, role, lastSentAt, lastReceivedAt, waiting, parked }) => ({
          peerId,
          peerName,
          role,
          lastSentAt,
          lastReceivedAt,
          waiting,
          parked: parked.length,
        })),
    };
  },
};

function countProjects(office: Office, filter: ProjectFilter, asOf: string): number {
  const counted = filteredProjects(office, { ...filter, officeId: office.id }, asOf);
  return office.store.first(counted.select(sql<number>`count(*)`.as("count")))?.count ?? 0;
}

function reportCounts(office: Office, asOf: string) {
  const month = monthOf(asOf);
  const waiting = waitingReports(office);
  const of = (state: "submitted" | "returned") => waiting.filter((entry) => entry.state === state);
  const sum = (state: "submitted" | "returned") => of(state).reduce((total, { count }) => total + count, 0);
  return {
    month,
    due: countDue(office, month),
    submitted: sum("submitted"),
    submittedMonth: of("submitted")[0]?.month ?? month,
    returned: sum("returned"),
    returnedMonth: of("returned")[0]?.month ?? month,
    entriesOverdue: countOverdueEntries(office, asOf),
  };
}

function countConflicts(office: Office): number {
  const open = query.selectFrom("field_heads").where("agreed", "=", 0);
  return office.store.first(open.select(sql<number>`count(*)`.as("count")))?.count ?? 0;
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
      .where(sql<boolean>`+visit.project_id in (${activeProjectIds(office)})`)
      .orderBy(sql`visit.follow_up_on is null`)
      .orderBy("visit.follow_up_on")
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
