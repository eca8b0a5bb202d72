/** What the disk says reaches the clerk as a sentence with a next step, from whatever call it comes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { storageFailure } from "#store/storage-failure.ts";
import { tempFolder } from "../helpers/replica.ts";

const options = (dataFolder: string) => ({ dataFolder, version: "0.1.0", shell: "browser" as const, printPdf: null });

test.each([
  ["SQLITE_FULL", "disk_full"],
  ["ENOSPC", "disk_full"],
  ["SQLITE_IOERR_WRITE", "disk_failing"],
  ["SQLITE_IOERR_FSYNC", "disk_failing"],
  ["EIO", "disk_failing"],
  ["SQLITE_CORRUPT", "database_damaged"],
  ["SQLITE_CORRUPT_INDEX", "database_damaged"],
  ["SQLITE_NOTADB", "database_damaged"],
  ["SQLITE_BUSY", "database_busy"],
  ["SQLITE_READONLY_DBMOVED", "folder_unusable"],
  ["SQLITE_CANTOPEN", "folder_unusable"],
])("%s is told as %s", (code, told) => {
  expect(storageFailure(Object.assign(new Error("as SQLite says it"), { code }), "/数据/连心桥.db")?.code).toBe(told);
});

test("what the disk has no part in is not blamed on it", () => {
  expect(storageFailure(new Error("a mistake of ours"), "/数据/连心桥.db")).toBeNull();
  expect(storageFailure(null, "/数据/连心桥.db")).toBeNull();
});

test("a database that breaks under the running program is named, with what to do", async () => {
  const folder = tempFolder();
  const path = join(folder, DATABASE_FILE);
  const first = await openCore(options(folder));
  await localClient(first.router).setup.createCityHub({ personName: "张示例", duty: "科员" });
  await first.close();
  const core = await openCore(options(folder));
  const whole = readFileSync(path);
  // All but the first page, of which the program has read some.
  const page = whole.readUInt16BE(16);
  writeFileSync(path, Buffer.concat([whole.subarray(0, page), Buffer.alloc(whole.length - page, 0x5a)]));
  const call = localClient(core.router);
  await expect(call.issues.list({ filter: {}, offset: 0, limit: 10, asOf: "2026-11-22" })).rejects.toThrow("已损坏");
  writeFileSync(path, whole);
  await core.close();
});
