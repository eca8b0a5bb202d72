/** Care of the database, and the folders it may be carried to. */
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { folders } from "#features/folders.ts";
import { maintenance } from "#features/maintenance.ts";
import { nodes } from "#features/nodes.ts";
import { projects } from "#features/projects/projects.ts";
import { createKeys } from "#sync/keys.ts";
import { type Desk, DISTRICT, failure, openDesk, put, TODAY } from "../helpers/office.ts";

test("a backup is a whole database under a name that says what it is; the next one gets a number", async () => {
  const desk = await openDesk(DISTRICT);
  put(desk, "project", { name: "轴承产业园" });
  const folder = join(desk.folder, "U盘");
  mkdirSync(folder);
  const made = await maintenance.backup(desk.office, { folder });
  expect(basename(made.path)).toBe("连心桥备份-甘井子区-2026-11-22.db");
  expect(made.bytes).toBe(statSync(made.path).size);
  const copy = new Database(made.path, { readonly: true });
  expect(copy.prepare("select name from project").pluck().all()).toEqual(["轴承产业园"]);
  copy.close();
  await maintenance.backup(desk.office, { folder });
  const names = readdirSync(folder).filter((name) => name.endsWith(".db"));
  expect(names.sort()).toEqual(["连心桥备份-甘井子区-2026-11-22-2.db", "连心桥备份-甘井子区-2026-11-22.db"]);
});

test("a backup into a folder that is gone is refused in words and leaves nothing", async () => {
  const desk = await openDesk();
  const folder = join(desk.folder, "没有");
  expect(await failure(() => maintenance.backup(desk.office, { folder }), "folder_unusable")).toContain("文件夹不存在");
});

async function busyDesk() {
  const desk = await openDesk();
  await createKeys(desk.folder, TODAY);
  const projectId = put(desk, "project", { name: "轴承产业园" });
  const { id } = await nodes.save(desk.office, { projectId, values: { name: "开工", actual_on: TODAY } });
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  await projects.update(desk.office, { id: projectId, values: { name: "轴承产业园二期" } });
  return desk;
}

function contents(desk: Desk): unknown[] {
  const tables = desk.store.sqlite.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  return tables.map((table) => [table, desk.store.sqlite.prepare(`select * from ${table}`).all()]);
}

test("a sound database is said to be sound, and verifying changes nothing", async () => {
  const desk = await busyDesk();
  const before = contents(desk);
  const { ok, findings } = await maintenance.verify(desk.office, undefined);
  expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
  expect(ok).toBe(true);
  expect(findings.map(({ text }) => text)).toContain("项目：1 条，与改动日志一致");
  expect(contents(desk)).toEqual(before);
  expect(desk.store.sqlite.inTransaction).toBe(false);
});

test("a table that was changed behind the journal's back is found and left as it is", async () => {
  for (const damage of [
    "update project set owner = '改动'",
    "delete from node",
    "update project_search set search = ''",
    "insert into field_heads values ('node', 'x', 'name', 'edit', 0, '[]', '[]')",
  ]) {
    const desk = await busyDesk();
    desk.store.sqlite.exec(damage);
    const damaged = contents(desk);
    const { ok, findings } = await maintenance.verify(desk.office, undefined);
    expect(ok).toBe(false);
    expect(findings.filter(({ text }) => text.includes("不一致"))).toHaveLength(1);
    expect(contents(desk)).toEqual(damaged);
  }
});

test("the folder list shows folders only, hidden ones left out, and how to go up", async () => {
  const desk = await openDesk();
  const root = join(desk.folder, "浏览");
  for (const name of ["乙", "甲", "第10期", "第2期", ".隐藏"]) mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, "文件.txt"), "");
  symlinkSync(join(root, "甲"), join(root, "链接"));
  symlinkSync(join(root, "没有"), join(root, "断链"));
  const listing = await folders.list(desk.office, { path: root });
  expect(listing.folders.map(({ name }) => name)).toEqual(["第2期", "第10期", "甲", "链接", "乙"]);
  expect(listing).toMatchObject({ path: root, parent: desk.folder, writable: true });
  expect(listing.freeBytes).toBeGreaterThan(0);
  expect(listing.places.map(({ name }) => name)).toContain("个人文件夹");
  expect((await folders.list(desk.office, { path: "/" })).parent).toBeNull();
});

test("without a path the list starts where something can be written; a missing folder is named", async () => {
  const desk = await openDesk();
  const start = await folders.list(desk.office, {});
  expect(start.places.map((place) => place.path)).toContain(start.path);
  expect(start.writable).toBe(true);
  expect(statSync(start.path).isDirectory()).toBe(true);
  const path = join(desk.folder, "没有");
  expect(await failure(() => folders.list(desk.office, { path }), "folder_unusable")).toContain("文件夹不存在");
  writeFileSync(path, "");
  expect(await failure(() => folders.list(desk.office, { path }), "folder_unusable")).toContain("这不是文件夹");
});
