import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, test } from "vitest";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { migrations } from "#migrations/migrations.ts";
import { backupTo } from "#store/backup.ts";
import { openStore } from "#store/open.ts";
import { tempFolder } from "../helpers/replica.ts";

const options = (dataFolder: string) => ({ dataFolder, version: "0.1.0", shell: "browser" as const, printPdf: null });

test('fault "two programs open on one database": a second start on the same database is refused with a sentence, and works after the first has closed', async () => {
  const folder = tempFolder();
  const core = await openCore(options(folder));
  await expect(openCore(options(folder))).rejects.toThrow("正由另一个连心桥窗口使用");
  core.close();
  (await openCore(options(folder))).close();
});

test("every commit reaches the disk: WAL with synchronous FULL", async () => {
  const store = await openStore(join(tempFolder(), DATABASE_FILE));
  expect(store.sqlite.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(store.sqlite.pragma("synchronous", { simple: true })).toBe(2);
  store.close();
});

test("a database of a newer program is refused and left as it is", async () => {
  const path = join(tempFolder(), DATABASE_FILE);
  (await openStore(path)).close();
  const raw = new Database(path);
  raw.exec("insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')");
  raw.close();
  const before = readFileSync(path);
  await expect(openStore(path)).rejects.toThrow("更新版本的连心桥");
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("a file that is no database, or another program's, is refused and left as it is", async () => {
  const path = join(tempFolder(), DATABASE_FILE);
  writeFileSync(path, "这不是数据库".repeat(500));
  await expect(openStore(path)).rejects.toThrow("已损坏或不是连心桥数据库");
  expect(readFileSync(path, "utf8")).toContain("这不是数据库");
  const foreign = join(tempFolder(), DATABASE_FILE);
  const other = new Database(foreign);
  other.exec("create table other (x)");
  other.close();
  await expect(openStore(foreign)).rejects.toThrow("已损坏或不是连心桥数据库");
});

test("each migration is applied once, in order, in one transaction", async () => {
  const path = join(tempFolder(), DATABASE_FILE);
  const store = await openStore(path);
  const applied = store.sqlite.prepare("select name from kysely_migration order by name").pluck().all();
  expect(applied).toEqual(Object.keys(migrations));
  store.close();
  (await openStore(path)).close();
  expect(existsSync(join(path, "../backups"))).toBe(false);
});

test("a migration over existing data is preceded by a checked copy", async () => {
  const folder = tempFolder();
  const path = join(folder, DATABASE_FILE);
  const raw = new Database(path);
  // As a program without the last migration would have left it.
  const earlier = Object.fromEntries(Object.entries(migrations).slice(0, -1));
  const migrator = new Migrator({
    db: new Kysely({ dialect: new SqliteDialect({ database: raw }) }),
    provider: { getMigrations: async () => earlier },
  });
  await migrator.migrateToLatest();
  raw.pragma("application_id = 0x4c585131");
  raw.close();
  (await openStore(path)).close();
  const [copy] = readdirSync(join(folder, "backups"));
  expect(copy).toMatch(/^lianxinqiao-before-migration-.*\.db$/);
});

test("a restored backup is a new life of the database: same records, new replica id", async () => {
  const folder = tempFolder();
  const core = await openCore(options(folder));
  await localClient(core.router).setup.createCityHub({ personName: "张示例", duty: "" });
  core.close();
  const store = await openStore(join(folder, DATABASE_FILE));
  const restored = tempFolder();
  backupTo(store.sqlite, join(restored, DATABASE_FILE));
  const replica = store.readMeta("replica");
  store.close();
  const copy = await openCore(options(restored));
  expect(await localClient(copy.router).setup.state()).toMatchObject({ office: { id: "2102" } });
  copy.close();
  const reopened = await openStore(join(restored, DATABASE_FILE));
  expect(reopened.readMeta("replica")).toMatch(/^[0-9a-z]{8}$/);
  expect(reopened.readMeta("replica")).not.toBe(replica);
  reopened.close();
});

test("a first start that was killed before anything was stored starts again", async () => {
  const path = join(tempFolder(), DATABASE_FILE);
  const raw = new Database(path);
  raw.pragma("journal_mode = WAL");
  raw.close();
  expect(readFileSync(path).length).toBeGreaterThan(0);
  (await openStore(path)).close();
});

test("a database that cannot be opened is named with its folder", async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, DATABASE_FILE));
  await expect(openStore(join(folder, DATABASE_FILE))).rejects.toThrow(folder);
});
