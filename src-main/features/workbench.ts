/** 工作台: what waits for this office today. */
import { sql } from "kysely";
import type { workbench as contract } from "#contract/reports.ts";
import { addDays, monthOf } from "#domain/calendar.ts";
import { keysOf, type Light, lights } from "#domain/values.ts";
import { query } from "#store/store.ts";
import { readLinks } from "#sync/links.ts";
import { linkState } from "./exchange.ts";
import { basisOn } from "./figures/basis.ts";
import { figuresOn } from "./figures/figures.ts";
import type { Handlers } from "./handlers.ts";
import { countUnfinishedNodes, nodesInState, unfinishedNodes } from "./node-lists.ts";
import { describeNodes, type StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";
import { countOverdueEntries } from "./plans/stats-entry.ts";
import { inActiveProject, rowsOf } from "./project-facts.ts";
import { filteredProjects } from "./projects/list.ts";
import { countDue, waitingReports } from "./reports/list.ts";
import { missingVisits } from "./visits.ts";

/** Rows per list; the totals count all. */
const SHOWN = 50;
const DUE_DAYS = 30;

export const workbench: Handlers<typeof contract> = {
  summary: (office, { asOf }) => {
    const dueDays = { from: asOf, to: addDays(asOf, DUE_DAYS), asOf };
    const overdue = unfinishedNodes(office, { from: null, to: addDays(asOf, -1), asOf }, SHOWN);
    const due = unfinishedNodes(office, dueDays, SHOWN);
    const returned = nodesInState(office, "returned", SHOWN);
    const awaitingReview = nodesInState(office, "submitted", SHOWN);
    const visitsMissing = missingVisits(office, asOf, 0, SHOWN);
    const { lightCounts, incompleteTotal, overdueTotal } = projectCounts(office, asOf);
    const describe = (rows: StoredNode[]) => describeNodes(office, rows, asOf);
    return {
      asOf,
      projectTotal: Object.values(lightCounts).reduce((sum, count) => sum + count, 0),
      lightCounts,
      overdue: describe(overdue),
      overdueTotal,
      due: describe(due),
      dueTotal: countUnfinishedNodes(office, dueDays),
      returned: describe(returned.rows),
      returnedTotal: returned.total,
      awaitingReview: describe(awaitingReview.rows),
      awaitingReviewTotal: awaitingReview.total,
      visitsMissing: visitsMissing.rows,
      visitsMissingTotal: visitsMissing.total,
      lacksSecretaryTotal: countLackingSecretary(office, asOf),
      incompleteTotal,
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

function projectCounts(office: Office, asOf: string) {
  const { store, subtree } = office;
  const counted = rowsOf(
    store,
    sql<{ light: Light; count: number; incomplete: number; overdue: number }>`select light, count(*) as count,
      sum(is_incomplete) as incomplete, sum(nodes_overdue) as overdue from ${figuresOn(store, basisOn(office, asOf))}
      where is_archived = 0 and managed_by in (${sql.join([...subtree])}) group by light`,
  );
  const byLight = new Map(counted.map(({ light, count }) => [light, count]));
  return {
    lightCounts: Object.fromEntries(keysOf(lights).map((light) => [light, byLight.get(light) ?? 0])) as Record<
      Light,
      number
    >,
    overdueTotal: counted.reduce((sum, { overdue }) => sum + overdue, 0),
    incompleteTotal: counted.reduce((sum, { incomplete }) => sum + incomplete, 0),
  };
}

function countLackingSecretary(office: Office, asOf: string): number {
  const counted = filteredProjects(office, { lacksSecretary: true, officeId: office.id }, asOf);
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
