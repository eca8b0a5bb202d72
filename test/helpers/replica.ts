/** A bare replica for tests of the journal: a real SQLite file in a temporary folder, with a clock of its own. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { entityNames } from "#domain/registry.ts";
import type { Actor, ChangeSet } from "#journal/change-set.ts";
import { Journal } from "#journal/journal.ts";
import { openPacked } from "#journal/section/pack.ts";
import { openStore } from "#store/open.ts";
import type { Store } from "#store/store.ts";
import { scratchPlace } from "./scratch-place.ts";

export type Replica = { name: string; store: Store; journal: Journal; actor: Actor; clock: { now: number } };

/** A folder that goes away with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(scratchPlace, "lianxinqiao-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const DATABASE = "lianxinqiao.db";
let fresh: Promise<Buffer> | undefined;

/** A database that was just made: its migrations take longer than most tests. */
async function makeDatabase(): Promise<Buffer> {
  const folder = mkdtempSync(join(scratchPlace, "lianxinqiao-test-"));
  try {
    (await openStore(join(folder, DATABASE))).close();
    return readFileSync(join(folder, DATABASE));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the database in the folder, or a new one. */
export async function openReplica(name: string, folder = tempFolder()): Promise<Replica> {
  fresh ??= makeDatabase();
  const path = join(folder, DATABASE);
  if (!existsSync(path)) writeFileSync(path, await fresh);
  const store = await openStore(path);
  onTestFinished(() => store.close());
  const clock = { now: Date.parse("2026-11-22T08:00:00Z") };
  const journal = new Journal(store, name.padStart(8, "0"), () => clock.now);
  const actor = { officeId: name, officeName: `${name}单位`, personId: `p-${name}`, personName: `${name}示例` };
  return { name, store, journal, actor, clock };
}

/** The replica's whole log as another replica would receive it. */
export function logOf({ journal: { log } }: Pick<Replica, "journal">): ChangeSet[] {
  return [...log.blocks(0, log.end())].flatMap(({ contents }) =>
    contents.kind === "set" ? [contents.set] : openPacked(contents.packed).toSets(),
  );
}

/** Every change of every record in the replica's log. */
export function changesIn(replica: Pick<Replica, "journal">): ChangeSet["records"] {
  return logOf(replica).flatMap(({ records }) => records);
}

export function receive(to: Replica, sets: readonly ChangeSet[], via = "peer") {
  return to.store.transaction(() => to.journal.ingestSets(sets, via));
}

/** Every replicated and derived table, for comparing replicas; without what only this log numbers. */
export function tablesOf(store: Store): Record<string, unknown[]> {
  const tables = [...entityNames, "project_search", "field_heads", "unknown_record"];
  return Object.fromEntries(
    tables.map((table) => {
      const rows = store.sqlite.prepare(`select * from ${table} order by 1, 2, 3, 4`).all() as Record<
        string,
        unknown
      >[];
      return [table, rows.map(({ touched_by: _, ...row }) => row)];
    }),
  );
}
