/** A bare replica for tests of the journal: a real SQLite file in a temporary folder, with a clock of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { entityNames } from "#domain/registry.ts";
import { type Actor, type IncomingRow, type IncomingSet, Journal } from "#journal/journal.ts";
import { openStore } from "#store/open.ts";
import type { Store } from "#store/store.ts";

export type Replica = { name: string; store: Store; journal: Journal; actor: Actor; clock: { now: number } };

/** A folder that goes away with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lianxinqiao-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openReplica(name: string, folder = tempFolder()): Promise<Replica> {
  const store = await openStore(join(folder, "lianxinqiao.db"));
  onTestFinished(() => store.close());
  const clock = { now: Date.parse("2026-11-22T08:00:00Z") };
  const journal = new Journal(store, name.padStart(8, "0"), () => clock.now);
  const actor = { officeId: name, officeName: `${name}单位`, personId: `p-${name}`, personName: `${name}示例` };
  return { name, store, journal, actor, clock };
}

/** The replica's whole log as another replica would receive it. */
export function logOf({ store }: Replica): (IncomingSet & { rows: IncomingRow[] })[] {
  const rows = store.sqlite
    .prepare(
      `select change_set.*, change_row.entity, change_row.row_id, change_row.body from change_row
       join change_set on change_set.id = change_row.set_id order by change_row.id`,
    )
    .all() as Record<string, string>[];
  const sets = new Map<string, IncomingSet & { rows: IncomingRow[] }>();
  for (const row of rows) {
    const stamp = String(row.stamp);
    const set = sets.get(stamp) ?? {
      stamp,
      officeId: String(row.office_id),
      officeName: String(row.office_name),
      personId: String(row.person_id),
      personName: String(row.person_name),
      action: String(row.action),
      rows: [],
    };
    set.rows.push([String(row.entity), String(row.row_id), String(row.body)]);
    sets.set(stamp, set);
  }
  return [...sets.values()];
}

export function receive(to: Replica, sets: readonly IncomingSet[], via = "peer") {
  return to.store.transaction(() => to.journal.ingest(sets, via));
}

/** Every replicated and derived table, for comparing replicas. */
export function tablesOf(store: Store): Record<string, unknown[]> {
  const tables = [...entityNames, "project_search", "field_heads"];
  return Object.fromEntries(
    tables.map((table) => [table, store.sqlite.prepare(`select * from ${table} order by 1, 2, 3`).all()]),
  );
}
