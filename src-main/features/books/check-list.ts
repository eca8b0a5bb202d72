/** What had better be done before a month is closed: nothing here forbids it. */

import { sql } from "kysely";
import type { OpenItem } from "#contract/books.ts";
import { addMonths, monthRange } from "#domain/calendar.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import type { Row } from "#domain/registry.ts";
import { basisOf } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import type { Office } from "#features/office.ts";
import { inActiveProject, rowsOf } from "#features/project-facts.ts";
import { countConflicts } from "#features/projects/conflict-counts.ts";
import { mustReport } from "#features/reports/must-report.ts";
import { query } from "#store/store.ts";
import { readLinks } from "#sync/links.ts";
import { closedMonths } from "./statements.ts";

export function openItems(office: Office, of: Row<"office">, month: string): OpenItem[] {
  const { last } = monthRange(month);
  const before = addMonths(month, -1);
  const items: OpenItem[] = [
    item("review", nodesToReview(office, of.id, last), (count) => `${count} 个节点已上报未审核`),
    item("reports", reportsToReview(office, of.id, month), (count) => `${count} 份 ${month} 月报已上报未审核`),
    item(
      "missingReports",
      missingReports(office, of.id, month),
      (count) => `${count} 个应报的项目没有上报 ${month} 月报`,
    ),
    item("conflicts", countConflicts(office.store), (count) => `${count} 处冲突没有处理`),
  ];
  if (of.id === office.id) {
    const silent = readLinks(office.store).filter(
      ({ role, state, received_at }) => role === "child" && state === "active" && (received_at ?? "") <= `${last}T99`,
    );
    items.push(
      named(
        "bundles",
        silent.map(({ peer_name }) => peer_name),
        `在 ${month} 过完以后还没有送来同步包`,
      ),
      named("children", unclosedDistricts(office, of, month), `还没有对 ${month} 的账`),
    );
    const closed = closedMonths(office.store, of.id);
    if (closed.length > 0 && !closed.includes(before))
      items.push({ kind: "earlier", count: 1, text: `上个月（${before}）还没有对账` });
  }
  return items.filter(({ count }) => count > 0);
}

function item(kind: OpenItem["kind"], count: number, words: (count: number) => string): OpenItem {
  return { kind, count, text: words(count) };
}

const NAMED = 5;

function named(kind: OpenItem["kind"], names: readonly string[], what: string): OpenItem {
  const shown = names.slice(0, NAMED).join("、");
  const rest = names.length > NAMED ? `等 ${names.length} 个单位` : "";
  return { kind, count: names.length, text: `${shown}${rest}${what}` };
}

function nodesToReview(office: Office, officeId: string, last: string): number {
  const waiting = query
    .selectFrom("node")
    .select(sql<number>`count(*)`.as("count"))
    // Both conditions: the first is that of the partial index, word for word.
    .where(sql<boolean>`audit_state in ('submitted', 'returned')`)
    .where("audit_state", "=", "submitted")
    .where("archived_on", "is", null)
    .where("planned_on", "<=", last)
    .where(inActiveProject(office, "node.project_id", officeId));
  return office.store.first(waiting)?.count ?? 0;
}

function reportsToReview(office: Office, officeId: string, month: string): number {
  const waiting = query
    .selectFrom("monthly_progress")
    .select(sql<number>`count(*)`.as("count"))
    .where("month", "=", month)
    .where("report_state", "=", "submitted")
    .where("archived_on", "is", null)
    .where(inActiveProject(office, "monthly_progress.project_id", officeId));
  return office.store.first(waiting)?.count ?? 0;
}

/** Projects of the stages that report each month, whose report is neither sent up nor approved. */
function missingReports(office: Office, officeId: string, month: string): number {
  const [missing] = rowsOf(
    office.store,
    sql<{ count: number }>`select count(*) as count from ${figuresOn(office.store, basisOf(office, month))}
      where is_archived = 0 and managed_by in (${sql.join([...subtreeIds(office.offices, officeId)])})
        and ${mustReport(office.settings)}
        and coalesce(report_state, '') not in ('submitted', 'approved')`,
  );
  return missing?.count ?? 0;
}

/** Districts that exchange with us and have projects, but have not closed the month. */
function unclosedDistricts({ store, offices }: Office, of: Row<"office">, month: string): string[] {
  if (of.level !== "city") return [];
  const active = new Set(readLinks(store).flatMap(({ peer_id, state }) => (state === "active" ? [peer_id] : [])));
  return offices
    .filter(({ id, parent_id }) => parent_id === of.id && active.has(id) && !closedMonths(store, id).includes(month))
    .map(({ name }) => name);
}
