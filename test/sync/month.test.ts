import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readyLink } from "#sync/links.ts";
import { waitingRows } from "#sync/waiting.ts";
import { changesIn, tablesOf } from "../helpers/replica.ts";
import {
  CITY,
  carry,
  createNode,
  createProject,
  DISTRICT,
  enrol,
  names,
  OTHER_STREET,
  openNetwork,
  readAll,
  record,
  STREET,
  send,
  take,
} from "./network.ts";

test("a street's work reaches the city, and the review comes back", async () => {
  const { city, district, street } = await openNetwork();
  const project = createProject(street, "示例产业园");
  const node = createNode(street, project, "主体封顶");
  record(street, [{ entity: "node", id: node, values: { audit_state: "submitted", actual_on: "2026-11-20" } }]);
  await carry(street, district);
  expect(names(district)).toEqual(["示例产业园"]);
  record(district, [{ entity: "node", id: node, values: { audit_state: "approved", reviewed_on: "2026-11-21" } }]);
  await carry(district, city);
  expect(readAll(city, "node")).toMatchObject([{ audit_state: "approved" }]);
  await carry(city, district);
  await carry(district, street);
  expect(readAll(street, "node")).toMatchObject([{ audit_state: "approved", reviewed_on: "2026-11-21" }]);
});

test('law 4, fault "duplicate bundle": importing a bundle twice changes nothing the second time', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例产业园");
  const bundle = await send(street, district);
  expect(await take(district, bundle)).toMatchObject({ outcome: "applied", added: 2 });
  const before = tablesOf(district.store);
  const log = readAll(district, "change_log").length;
  expect(await take(district, bundle)).toMatchObject({ outcome: "already", added: 0, changed: 0 });
  expect(tablesOf(district.store)).toEqual(before);
  expect(readAll(district, "change_log")).toHaveLength(log);
});

test("law 6: a lost bundle is healed by the next, and an acknowledged one is not sent again", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "甲项目");
  await send(street, district);
  createProject(street, "乙项目");
  expect(await carry(street, district)).toMatchObject({ outcome: "applied", number: 2 });
  expect(names(district)).toEqual(["乙项目", "甲项目"]);
  await carry(district, street);
  expect(waitingRows(street.context, readyLink(street.store, DISTRICT))).toBe(0);
  createProject(street, "丙项目");
  expect((await send(street, district)).recordChanges).toBe(1);
});

test("law 6: nothing new and no receipt owed says so instead of making an empty file", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "甲项目");
  await carry(street, district);
  await carry(district, street);
  await carry(street, district);
  district.clock.now += 3_600_000;
  street.clock.now += 3_600_000;
  await carry(district, street);
  street.clock.now += 3_600_000;
  await send(street, district);
  street.clock.now += 3_600_000;
  await expect(send(street, district)).rejects.toThrow("没有需要发给");
});

test('law 6, fault "gap": a gap is named, the file parked, and applied by itself when the gap closes', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "甲项目");
  const first = await send(street, district);
  // The district answers from a copy that had the first bundle, so the street's next one starts after it.
  street.store.sqlite.prepare("update link set acked_position = (select max(id) from change_log)").run();
  createProject(street, "乙项目");
  const second = await send(street, district);
  expect(await take(district, second)).toMatchObject({ outcome: "parked", parked: 1 });
  expect((await take(district, second)).summary).toContain("缺 海军广场街道 第 1 号包");
  expect(names(district)).toEqual([]);
  expect(await take(district, first)).toMatchObject({ outcome: "applied", released: [2] });
  expect(names(district)).toEqual(["乙项目", "甲项目"]);
  expect(readdirSync(`${district.folder}/parked`)).toEqual([]);
});

test('fault "out of order": bundles out of order end in the same tables', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "甲项目");
  const first = await send(street, district);
  createProject(street, "乙项目");
  const second = await send(street, district);
  expect(await take(district, second)).toMatchObject({ outcome: "applied" });
  expect(await take(district, first)).toMatchObject({ outcome: "applied", added: 0, changed: 0 });
  expect(readyLink(district.store, STREET).received_number).toBe(2);
});

test("law 8: a street gets its own projects and city-wide settings only", async () => {
  const { city, district, street } = await openNetwork();
  createProject(district, "海军广场的项目", STREET);
  createProject(district, "人民路的项目", OTHER_STREET);
  createProject(district, "区里自管的项目");
  record(city, [
    { entity: "setting", id: "s", values: { key: "light.redAfterDays", value: "5", source: "测试" } },
    { entity: "person", id: "elsewhere", values: { office_id: "210203", name: "西岗示例" } },
  ]);
  await carry(city, district);
  await carry(district, street);
  expect(names(street)).toEqual(["海军广场的项目"]);
  expect(readAll(street, "setting")).toMatchObject([{ key: "light.redAfterDays", value: "5" }]);
  expect(names(street, "person").join()).not.toContain("西岗示例");
});

test('law 8, fault "project changes scope": a project that moves brings its whole history to the new street and retires at the old one', async () => {
  const { district, street } = await openNetwork();
  const other = await enrol(district, OTHER_STREET, "other");
  const project = createProject(street, "会搬家的项目");
  const node = createNode(street, project, "旧节点");
  await carry(street, district);
  await carry(district, street);
  record(district, [{ entity: "project", id: project, values: { office_id: OTHER_STREET } }]);
  await carry(district, other);
  expect(names(other)).toEqual(["会搬家的项目"]);
  expect(readAll(other, "node")).toMatchObject([{ id: node, name: "旧节点" }]);
  expect(changesIn(other).filter(({ id }) => id === project)).toHaveLength(2);
  record(other, [{ entity: "project", id: project, values: { owner: "搬家后的业主" } }]);
  await carry(other, district);
  await carry(district, street);
  // The old street learns that it is gone, and nothing of what happens after.
  expect(readAll(street, "project")).toMatchObject([{ office_id: OTHER_STREET, owner: null }]);
});

test("law 8: a late edit of the street that no longer has the project is kept, not refused", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "会搬家的项目");
  await carry(street, district);
  await carry(district, street);
  record(district, [{ entity: "project", id: project, values: { office_id: OTHER_STREET } }]);
  record(street, [{ entity: "project", id: project, values: { owner: "街道补的业主" } }]);
  expect(await carry(street, district)).toMatchObject({ outcome: "applied", changed: 1 });
  expect(readAll(district, "project")).toMatchObject([{ owner: "街道补的业主", office_id: OTHER_STREET }]);
});

test("a conflict between street and district is counted in the import's numbers and settled for both", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "争议项目");
  await carry(street, district);
  record(street, [{ entity: "project", id: project, values: { owner: "街道的业主" } }]);
  record(district, [{ entity: "project", id: project, values: { owner: "区里的业主" } }]);
  expect(await carry(street, district)).toMatchObject({ conflicts: 1 });
  record(
    district,
    [{ entity: "project", id: project, values: { owner: "街道的业主" }, settles: true }],
    "settle_conflict",
  );
  expect(await carry(district, street)).toMatchObject({ conflicts: 0 });
  for (const office of [district, street]) {
    expect(readAll(office, "project")).toMatchObject([{ owner: "街道的业主" }]);
    expect(office.store.sqlite.prepare("select * from field_heads where agreed = 0").all()).toEqual([]);
  }
});

test('fault "office restored from backup": it gets back what it had made and handed over', async () => {
  const { district, street } = await openNetwork();
  const backup = `${street.folder}/backup.db`;
  street.store.sqlite.prepare("vacuum into ?").run(backup);
  createProject(street, "恢复前做的项目");
  await carry(street, district);
  await carry(district, street);
  // The restored street: the old copy under a new replica id.
  const { openReplica, tempFolder } = await import("../helpers/replica.ts");
  const { copyFileSync } = await import("node:fs");
  const folder = tempFolder();
  copyFileSync(backup, `${folder}/lianxinqiao.db`);
  const reopened = await openReplica("restored", folder);
  reopened.clock.now = street.clock.now;
  const context = { ...street.context, store: reopened.store, journal: reopened.journal, dataFolder: folder };
  const restored = { ...street, ...reopened, actor: street.actor, context, folder };
  expect(names(restored)).toEqual([]);
  createProject(restored, "恢复后做的项目");
  // The district's acknowledgements go to a replica that is gone; its next bundle starts after a gap.
  expect(await carry(district, restored).catch((error: Error) => error.message)).toBeDefined();
  expect(await carry(restored, district)).toMatchObject({ outcome: "applied", added: 1 });
  await carry(district, restored);
  expect(names(restored)).toEqual(["恢复前做的项目", "恢复后做的项目"]);
  expect(names(district)).toEqual(["恢复前做的项目", "恢复后做的项目"]);
});

test('fault "USB pulled out while writing": an export that cannot be written leaves no half file and the next one still carries everything', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "甲项目");
  const missing = { ...street, stick: `${street.folder}/no-such-stick` };
  await expect(send(missing, district)).rejects.toThrow("不能写入");
  expect(existsSync(missing.stick)).toBe(false);
  expect(await carry(street, district)).toMatchObject({ outcome: "applied", number: 2 });
  expect(names(district)).toEqual(["甲项目"]);
  expect(readdirSync(street.stick).filter((file) => file.endsWith(".part"))).toEqual([]);
  expect(readyLink(street.store, DISTRICT).peer_id).not.toBe(CITY);
});

test('law 6, fault "lost acknowledgement": what was taken in is sent again, changes nothing, and is acknowledged then', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "甲项目");
  const bundle = await send(street, district);
  await take(district, bundle);
  await send(district, street);
  const again = await send(street, district);
  expect(again.recordChanges).toBe(bundle.recordChanges);
  expect(await take(district, again)).toMatchObject({ outcome: "applied", added: 0, changed: 0, conflicts: 0 });
  await carry(district, street);
  expect(waitingRows(street.context, readyLink(street.store, DISTRICT))).toBe(0);
});
