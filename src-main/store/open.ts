/** Opening the database: the one place that sets durability, takes the lock, and brings the schema up to date. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { Failure } from "#domain/failure.ts";
import { migrations } from "#migrations/migrations.ts";
import { backupBeforeMigration } from "./backup.ts";
import { StoreLock } from "./lock.ts";
import { storageFailure } from "./storage-failure.ts";
import { Store } from "./store.ts";

/** "LXQ1": tells our databases from other SQLite files. */
const APPLICATION_ID = 0x4c585131;

/** How long a second connection waits for the first to end a write; writes take turns, so it hardly has to. */
const BESIDE_WAITS_MS = 60_000;

/**
 * Opens (or creates) the database of one office and keeps other programs out until closed.
 * Throws Failure: database_busy, database_newer, database_damaged, folder_unusable, disk_full.
 */
export async function openStore(path: string): Promise<Store> {
  mkdirSync(dirname(path), { recursive: true });
  let lock: StoreLock | undefined;
  let sqlite: Database.Database | undefined;
  try {
    lock = StoreLock.take(path);
    sqlite = connect(path, 0);
    sqlite.exec("begin immediate; commit");
    await migrate(sqlite, path);
    return new Store(sqlite, path, lock);
  } catch (error) {
    sqlite?.close();
    lock?.release();
    throw openFailure(error, path);
  }
}

/** A second connection to a database that this program has open, for another thread. Throws as openStore. */
export function openBeside(path: string): Store {
  try {
    return new Store(connect(path, BESIDE_WAITS_MS), path);
  } catch (error) {
    throw openFailure(error, path);
  }
}

/** WAL, so that what one connection reads does not wait for what the other writes. */
function connect(path: string, waitMs: number): Database.Database {
  const sqlite = new Database(path, { timeout: waitMs });
  try {
    sqlite.pragma("journal_mode = WAL");
    // better-sqlite3 defaults WAL to NORMAL, which loses acknowledged work in a power cut.
    sqlite.pragma("synchronous = FULL");
    if (sqlite.pragma("synchronous", { simple: true }) !== 2) throw new Error("synchronous is not FULL");
    sqlite.pragma("cache_size = -32768");
    sqlite.pragma("temp_store = MEMORY");
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

async function migrate(sqlite: Database.Database, path: string): Promise<void> {
  // Also a first start that was killed before its migrations: the file is there, but nothing is in it.
  const isNew = sqlite.prepare("select count(*) from sqlite_master").pluck().get() === 0;
  const applicationId = sqlite.pragma("application_id", { simple: true });
  if (!isNew && applicationId !== APPLICATION_ID) throw new Failure("database_damaged", { path });
  const known = Object.keys(migrations);
  const applied = isNew ? [] : appliedMigrations(sqlite);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Failure("database_newer", { found: unknown.at(-1) ?? "", known: known.at(-1) ?? "" });
  }
  if (applied.length === known.length) return;
  if (!isNew) backupBeforeMigration(sqlite, path);
  // Kysely's Migrator does not wrap SQLite migrations in a transaction.
  sqlite.exec("begin immediate");
  try {
    sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    const migrator = new Migrator({
      db: new Kysely({ dialect: new SqliteDialect({ database: sqlite }) }),
      provider: { getMigrations: async () => migrations },
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    sqlite.exec("commit");
  } catch (error) {
    sqlite.exec("rollback");
    throw error;
  }
}

function appliedMigrations(sqlite: Database.Database): string[] {
  const hasTable = sqlite.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
  if (!hasTable) return [];
  return sqlite.prepare("select name from kysely_migration order by name").pluck().all() as string[];
}

function openFailure(error: unknown, path: string): unknown {
  return storageFailure(error, path) ?? error;
}
