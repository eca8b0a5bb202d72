/** Lists of nodes across the projects of an office: by month, by audit state, overdue and due. */
import { sql } from "kysely";
import type { NodeRow, NodesOfMonth } from "#contract/ledger.ts";
import { monthRange } from "#domain/calendar.ts";
import { nodeLights } from "#domain/light.ts";
import { groupNodes, type MonthLine } from "#domain/node-groups.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import type { Light } from "#domain/values.ts";
import { query } from "#store/store.ts";
import { basisOn } from "./figures/basis.ts";
import { figuresOn } from "./figures/figures.ts";
import { describeNodes, isDoneOn, type StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";
import { inActiveProject, rowsOf } from "./project-facts.ts";

/**
 * Active nodes of the active projects of an office and everything below it. SQLite asks conditions in the order
 * written: `narrowing` comes before the project is looked up.
 */
function activeNodes(office: Office, officeId = office.id, narrowing = sql<boolean>`true`) {
  return query
    .selectFrom("node")
    .where("node.archived_on", "is", null)
    .where(narrowing)
    .where(inActiveProject(office, "node.project_id", officeId));
}

/** A select of the ids of the active projects of an office and everything below it. */
export function activeProjectIds(office: Office, officeId = office.id) {
  return query
    .selectFrom("project")
    .select("id")
    .where("archived_on", "is", null)
    .where("office_id", "in", [...subtreeIds(office.offices, officeId)]);
}

/** What tells a node's place in a month: read from indexes, without the rows. */
type MonthNode = Pick<StoredNode, "id" | "project_id" | "planned_on" | "actual_on" | "audit_state">;

/** Nodes planned in the month (by day or by monthly plan), with `includeOverdue` also older unfinished ones; by day. */
export function nodesOfMonth(
  office: Office,
  { month, officeId, includeOverdue }: Pick<NodesOfMonth, "month" | "officeId" | "includeOverdue">,
  asOf: string,
): MonthNode[] {
  const { store } = office;
  const { first, last } = monthRange(month);
  const narrow = sql`node.id, node.project_id, planned_on, actual_on, audit_state`;
  const byDay = sql`select ${narrow} from node indexed by node_by_planned_day where archived_on is null and`;
  const isOpen = sql`planned_on < ${first} and not ${isDoneOn(office, asOf)}`;
  // Overdue nodes are few: found by their projects, not among all that were planned before.
  const older = sql`and not coalesce(${isOpen}, false)
    union all select ${narrow} from ${figuresOn(store, basisOn(office, asOf))} as late
      cross join node indexed by node_by_project on node.project_id = late.project_id
      where nodes_overdue > 0 and archived_on is null and planned_on < ${asOf} and ${isOpen}
    union all ${byDay} planned_on >= ${asOf} and ${isOpen}`;
  // Most nodes of a monthly plan have their day in the month: those are left out before any row is read.
  const otherwisePlanned = sql`select id from node indexed by node_by_planned_month where planned_month = ${month}
    except select id from node indexed by node_by_planned_day where planned_on between ${first} and ${last}`;
  return rowsOf(
    store,
    sql<MonthNode>`select * from (
      ${byDay} planned_on between ${first} and ${last}
      union all select ${narrow} from node where id in (${otherwisePlanned}) and archived_on is null
        ${includeOverdue ? older : sql``}) as node
      where ${inActiveProject(office, "node.project_id", officeId)}
      order by planned_on nulls last, project_id, id`,
  );
}

/** A window of the lines of a month, with a head before each group of nodes. */
export function monthLines(office: Office, input: NodesOfMonth & { asOf: string; offset: number; limit: number }) {
  const { lightRules } = office;
  const { asOf, lights: chosen, group, month, offset, limit } = input;
  const lightOf = nodeLights(asOf, lightRules);
  const lit = nodesOfMonth(office, input, asOf).map((node) => ({ ...node, light: lightOf(node) }));
  const counts: Record<Light, number> = { red: 0, yellow: 0, green: 0, none: 0 };
  for (const { light } of lit) counts[light] += 1;
  const shown = chosen.length === 0 ? lit : lit.filter(({ light }) => chosen.includes(light));
  const lines = groupNodes(shown, group, month);
  const window = lines.slice(offset, offset + limit);
  const ids = window.flatMap((line) => ("node" in line ? [line.node.id] : []));
  const rows = new Map(describeNodes(office, storedNodes(office, ids), asOf).map((node) => [node.id, node]));
  return {
    rows: window.flatMap((line): MonthLine<NodeRow>[] => {
      if (!("node" in line)) return [line];
      const node = rows.get(line.node.id);
      return node ? [{ key: line.key, node }] : [];
    }),
    total: lines.length,
    nodes: shown.length,
    counts,
  };
}

/** The nodes of these ids in their order. */
export function storedNodes(office: Office, ids: readonly string[]): StoredNode[] {
  const wanted = sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;
  const rows = office.store.all(query.selectFrom("node").selectAll().where("id", "in", wanted));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Nodes in an audit state that waits for someone, the longest waiting first; `limit` bounds the rows, not the total. */
export function nodesInState(office: Office, state: "submitted" | "returned", limit = -1) {
  // Both conditions: the first is that of the partial index, word for word.
  const base = activeNodes(office)
    .where(sql<boolean>`node.audit_state in ('submitted', 'returned')`)
    .where("node.audit_state", "=", state);
  const since = state === "submitted" ? "node.submitted_on" : "node.reviewed_on";
  // One walk finds the window and counts them all.
  const window = office.store.all(
    base
      .select(["node.id", sql<number>`count(*) over ()`.as("total")])
      .orderBy(since)
      .orderBy("node.id")
      .limit(limit),
  );
  return {
    rows: storedNodes(
      office,
      window.map(({ id }) => id),
    ),
    total: window[0]?.total ?? 0,
  };
}

/** The first nodes planned between two days (inclusive) that are not done on `asOf`. */
export function unfinishedNodes(
  office: Office,
  { from, to, asOf }: { from: string; to: string; asOf: string },
  limit: number,
): StoredNode[] {
  return office.store.all(
    activeNodes(office, office.id, sql<boolean>`not ${isDoneOn(office, asOf)}`)
      .selectAll("node")
      .where("node.planned_on", ">=", from)
      .where("node.planned_on", "<=", to)
      .orderBy("node.planned_on")
      .orderBy("node.id")
      .limit(limit),
  );
}

/** The nodes longest overdue on `asOf`: they are among those of as many projects that have waited longest for one. */
export function firstOverdueNodes(office: Office, asOf: string, limit: number): StoredNode[] {
  const { store, subtree } = office;
  const projects = sql<string>`(select project_id from ${figuresOn(store, basisOn(office, asOf))}
    where nodes_overdue > 0 and is_archived = 0 and managed_by in (${sql.join([...subtree])})
    order by overdue_since, project_id limit ${limit})`;
  return store.all(
    query
      .selectFrom("node")
      .selectAll()
      .where("project_id", "in", projects)
      .where("archived_on", "is", null)
      .where("planned_on", "<", asOf)
      .where(sql<boolean>`not ${isDoneOn(office, asOf)}`)
      .orderBy("planned_on")
      .orderBy("id")
      .limit(limit),
  );
}
