/** Checked copies of the database: VACUUM INTO a temporary name, integrity check, rename. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { Failure } from "#domain/failure.ts";
import { isDiskFull } from "./safe-write.ts";

const KEPT_GENERATIONS = 7;

/**
 * Writes a verified copy of the open database to `target` (which must not exist).
 * Throws Failure disk_full or folder_unusable; the target then does not exist.
 */
export function backupTo(sqlite: Database.Database, target: string): { bytes: number } {
  const partial = `${target}.part`;
  try {
    rmSync(partial, { force: true });
    sqlite.prepare("vacuum into ?").run(partial);
    const copy = new Database(partial);
    try {
      // A restored copy is a new life of the database: without its id, the next open makes a new replica.
      copy.exec("delete from meta where key = 'replica'");
      const verdict = copy.pragma("integrity_check", { simple: true });
      if (verdict !== "ok") throw new Error(`backup failed its integrity check: ${String(verdict)}`);
    } finally {
      copy.close();
    }
    renameSync(partial, target);
    return { bytes: statSync(target).size };
  } catch (error) {
    rmSync(partial, { force: true });
    if (isDiskFull(error)) throw new Failure("disk_full");
    throw new Failure("folder_unusable", { folder: dirname(target), reason: "写入或核对失败" });
  }
}

/** The copy kept before every migration. */
export function backupBeforeMigration(sqlite: Database.Database, path: string): void {
  backupGeneration(sqlite, path, `before-migration-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`);
}

/** The copy kept before the tables are made anew; its path. Throws as backupTo. */
export function backupBeforeRebuild(sqlite: Database.Database, path: string): string {
  return backupGeneration(sqlite, path, `before-rebuild-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`);
}

/** One automatic copy per day in the folder backups/ beside the database; the oldest generations go. */
export function backupDaily(sqlite: Database.Database, path: string, today: string): void {
  backupGeneration(sqlite, path, today);
}

function backupGeneration(sqlite: Database.Database, path: string, name: string): string {
  const folder = join(dirname(path), "backups");
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `lianxinqiao-${name}.db`);
  if (existsSync(target)) return target;
  backupTo(sqlite, target);
  const generations = readdirSync(folder)
    .filter((file) => /^lianxinqiao-.*\.db$/.test(file))
    .map((file) => join(folder, file))
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  for (const old of generations.slice(KEPT_GENERATIONS)) rmSync(old, { force: true });
  return target;
}
