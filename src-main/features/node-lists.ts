/** Lists of nodes across the projects of an office: by month, by audit state, overdue and due. */
import { sql } from "kysely";
import { monthRange } from "#domain/calendar.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { query } from "#store/store.ts";
import { isDoneOn, type StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";

/**
 * Active nodes of the active projects of an office and everything below it. The plus leaves the node's other
 * conditions to choose the index: they narrow down far more than the office does. SQLite asks conditions in the
 * order written: `narrowing` comes before the project is looked up.
 */
function activeNodes(office: Office, officeId = office.id, narrowing = sql<boolean>`true`) {
  return query
    .selectFrom("node")
    .where("node.archived_on", "is", null)
    .where(narrowing)
    .where(sql<boolean>`+node.project_id in (${activeProjectIds(office, officeId)})`);
}

/** A select of the ids of the active projects of an office and everything below it. */
export function activeProjectIds(office: Office, officeId = office.id) {
  return query
    .selectFrom("project")
    .select("id")
    .where("archived_on", "is", null)
    .where("office_id", "in", [...subtreeIds(office.offices, officeId)]);
}

/** Nodes planned in the month (by day or by monthly plan), with `includeOverdue` also older unfinished ones. */
export function nodesOfMonth(
  office: Office,
  {
    month,
    asOf,
    officeId,
    includeOverdue,
  }: { month: string; asOf: string; officeId?: string; includeOverdue: boolean },
): StoredNode[] {
  const { first, last } = monthRange(month);
  const overdue = sql`union select id from node where planned_on < ${first} and not ${isDoneOn(office, asOf)}`;
  const chosen = sql<string>`(select id from node where planned_on between ${first} and ${last}
    union select id from node where planned_month = ${month} ${includeOverdue ? overdue : sql``})`;
  return office.store.all(
    activeNodes(office, officeId)
      .selectAll("node")
      .where("node.id", "in", chosen)
      .orderBy(sql`node.planned_on is null`)
      .orderBy("node.planned_on")
      .orderBy("node.project_id")
      .orderBy("node.position")
      .orderBy("node.id"),
  );
}

/** Nodes in an audit state that waits for someone, the longest waiting first; `limit` bounds the rows, not the total. */
export function nodesInState(office: Office, state: "submitted" | "returned", limit = -1) {
  // Both conditions: the first is that of the partial index, word for word.
  const base = activeNodes(office)
    .where(sql<boolean>`node.audit_state in ('submitted', 'returned')`)
    .where("node.audit_state", "=", state);
  const since = state === "submitted" ? "node.submitted_on" : "node.reviewed_on";
  return {
    rows: office.store.all(base.selectAll("node").orderBy(since).orderBy("node.id").limit(limit)),
    total: office.store.first(base.select(sql<number>`count(*)`.as("total")))?.total ?? 0,
  };
}

/** Nodes planned between two days (inclusive; null: from the beginning) that are not done on `asOf`, earliest first. */
export function unfinishedNodes(
  office: Office,
  { from, to, asOf, limit }: { from: string | null; to: string; asOf: string; limit: number },
) {
  const base = activeNodes(office, office.id, sql<boolean>`not ${isDoneOn(office, asOf)}`)
    .where("node.planned_on", ">=", from ?? "")
    .where("node.planned_on", "<=", to);
  return {
    rows: office.store.all(base.selectAll("node").orderBy("node.planned_on").orderBy("node.id").limit(limit)),
    total: office.store.first(base.select(sql<number>`count(*)`.as("total")))?.total ?? 0,
  };
}
