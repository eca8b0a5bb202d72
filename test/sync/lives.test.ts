/** Restores from backup and copied databases: contents go from one present life of a database to the other. */
import { expect, test } from "vitest";
import { requireNews } from "#features/bundles.ts";
import { Office } from "#features/office.ts";
import { readyLink } from "#sync/links.ts";
import { waitingRows } from "#sync/waiting.ts";
import {
  backUp,
  carry,
  createProject,
  DISTRICT,
  enrol,
  names,
  OTHER_STREET,
  openNetwork,
  readAll,
  record,
  restore,
  STREET,
  send,
  type TestOffice,
  take,
} from "./network.ts";

const edit = (office: TestOffice, id: string, values: Record<string, string>) =>
  record(office, [{ entity: "project", id, values }]);

/** Both directions until nothing waits; a handful of rounds at most. */
async function settle(upper: TestOffice, lower: TestOffice) {
  for (let round = 0; round < 5; round++) {
    await carry(lower, upper).catch(onlyNothingToSay);
    await carry(upper, lower).catch(onlyNothingToSay);
  }
  const waiting = (from: TestOffice, to: TestOffice) =>
    waitingRows(from.context, readyLink(from.store, to.context.officeId));
  expect([waiting(upper, lower), waiting(lower, upper)]).toEqual([0, 0]);
}

function onlyNothingToSay(error: Error) {
  expect(error.message).toContain("没有需要发给");
}

test("a bundle for the database before a restore is left aside with the next step, and what is in it comes again", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(district, "会搬来的项目");
  await carry(street, district);
  await carry(district, street);
  await carry(street, district);
  const backup = backUp(district);
  edit(district, project, { office_id: STREET });
  await carry(district, street);
  edit(street, project, { owner: "街道的业主" });
  const honest = await send(street, district);
  // The restored district does not know that it had moved the project to the street.
  const restored = await restore(district, backup, "later");
  const before = readAll(restored, "project");
  const report = await take(restored, honest);
  expect(report).toMatchObject({ outcome: "parked", added: 0, changed: 0, parked: 0 });
  expect(report.summary).toContain("恢复备份以前");
  expect(report.summary).toContain("请先向海军广场街道导出一个同步包");
  expect(readAll(restored, "project")).toEqual(before);
  await carry(restored, street);
  expect(await carry(street, restored)).toMatchObject({ outcome: "applied", refused: 0 });
  expect(readAll(restored, "project")).toMatchObject([{ office_id: STREET, owner: "街道的业主" }]);
  await settle(restored, street);
});

test('fault "hub restored from backup": a district that knows the project, but not that its street had it, takes edits of the street', async () => {
  const { district, street } = await openNetwork();
  const other = await enrol(district, OTHER_STREET, "other");
  await carry(street, district);
  await carry(district, street);
  const backup = backUp(district);
  const project = createProject(district, "会搬走的项目", STREET);
  await carry(district, street);
  edit(street, project, { owner: "街道的业主" });
  edit(district, project, { office_id: OTHER_STREET });
  await carry(district, other);
  const restored = await restore(district, backup, "later");
  // The other street gives the project back first, so the first one's has nothing new but its own edit.
  await carry(restored, other);
  await carry(other, restored);
  expect(readAll(restored, "project")).toMatchObject([{ office_id: OTHER_STREET, owner: null }]);
  await carry(restored, street);
  expect(await carry(street, restored)).toMatchObject({ outcome: "applied", changed: 1 });
  await settle(restored, street);
  // It hears that the project left, although nobody remembers having given it.
  expect(readAll(street, "project")).toMatchObject([{ office_id: OTHER_STREET, owner: "街道的业主" }]);
});

test("two offices that were both restored, and have not heard of each other's restore, find to each other", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "老项目");
  await carry(street, district);
  const olderDistrict = backUp(district);
  createProject(street, "备份以后的项目");
  await settle(district, street);
  const laterStreet = backUp(street);
  const upper = await restore(district, olderDistrict, "upper");
  const lower = await restore(street, laterStreet, "lower");
  createProject(lower, "恢复以后的项目");
  await settle(upper, lower);
  expect(names(upper)).toEqual(["备份以后的项目", "恢复以后的项目", "老项目"]);
  expect(names(lower)).toEqual(names(upper));
});

test("what a late bundle of a life that is over brings reaches the life that came after it", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  await settle(district, street);
  const backup = backUp(district);
  edit(district, project, { owner: "恢复时丢失的业主" });
  const late = await send(district, street);
  const restored = await restore(district, backup, "later");
  edit(restored, project, { note: "恢复以后的备注" });
  await carry(restored, street);
  await carry(street, restored);
  expect(await take(street, late)).toMatchObject({ outcome: "applied", changed: 1 });
  await settle(restored, street);
  for (const office of [restored, street]) {
    expect(readAll(office, "project")).toMatchObject([{ owner: "恢复时丢失的业主", note: "恢复以后的备注" }]);
  }
});

test("a receipt to a peer that was restored names nothing that only its earlier life had sent", async () => {
  const { district, street } = await openNetwork();
  await carry(street, district);
  const districtBackup = backUp(district);
  createProject(district, "街道的项目", STREET);
  await settle(district, street);
  const streetBackup = backUp(street);
  const upper = await restore(district, districtBackup, "upper");
  const lower = await restore(street, streetBackup, "lower");
  await carry(upper, lower);
  expect(await carry(lower, upper)).toMatchObject({ outcome: "applied" });
  await settle(upper, lower);
  expect(names(upper)).toEqual(["街道的项目"]);
});

test('fault "cloned PC with the same replica id": what the one that is put away had handed in comes to the one that stays', async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  await settle(district, street);
  const twin = await restore(street, backUp(street), "street");
  twin.clock.now += 30_000;
  edit(twin, project, { owner: "另一台电脑的业主" });
  await carry(twin, district);
  edit(street, project, { note: "这台电脑的备注" });
  await send(street, district);
  await expect(carry(street, district)).rejects.toThrow("两个不同的版本");
  const stays = await restore(street, backUp(street), "lower");
  await carry(stays, district);
  // Its next one was made before it could hear of the district again.
  edit(stays, project, { address: "恢复以后的地址" });
  await carry(stays, district);
  await settle(district, stays);
  const all = { owner: "另一台电脑的业主", note: "这台电脑的备注", address: "恢复以后的地址" };
  for (const office of [district, stays]) expect(readAll(office, "project")).toMatchObject([all]);
});

test('fault "cloned PC with the same replica id": what its late bundle brings goes to the other PC as to anybody', async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  await settle(district, street);
  const twin = await restore(street, backUp(street), "street");
  twin.clock.now += 30_000;
  edit(twin, project, { owner: "另一台电脑的业主" });
  const late = await send(twin, district);
  edit(street, project, { note: "这台电脑的备注" });
  await send(street, district);
  await carry(street, district);
  expect(await take(district, late)).toMatchObject({ outcome: "applied", changed: 1 });
  await carry(district, street);
  expect(readAll(street, "project")).toMatchObject([{ owner: "另一台电脑的业主", note: "这台电脑的备注" }]);
});

test('fault "cloned PC with the same replica id": a receipt for what the other PC had sent under the same number raises the alarm', async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  await settle(district, street);
  const twin = await restore(street, backUp(street), "street");
  twin.clock.now += 30_000;
  edit(twin, project, { owner: "另一台电脑的业主" });
  await carry(twin, district);
  edit(street, project, { note: "这台电脑的备注" });
  await send(street, district);
  await expect(carry(district, street)).rejects.toThrow("没有发过的内容");
});

test("receipts of two bundles that left at the same position both count", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例项目");
  const first = await send(street, district);
  const second = await send(street, district);
  await take(district, second);
  await take(district, first);
  await carry(district, street);
  expect(readyLink(street.store, DISTRICT)).toMatchObject({ acked_number: 2 });
});

test("a restored office that has nothing new can still tell its peer of its new life", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例项目");
  await carry(street, district);
  await carry(district, street);
  street.clock.now += 3_600_000;
  await carry(street, district);
  const backup = backUp(street);
  createProject(street, "备份以后的项目");
  await carry(street, district);
  const restored = await restore(street, backup, "later");
  await carry(restored, district);
  await carry(district, restored);
  expect(names(restored)).toEqual(["备份以后的项目", "示例项目"]);
});

test("a receipt is owed whatever the clocks say", async () => {
  const { district, street } = await openNetwork();
  await settle(district, street);
  createProject(district, "区里给的项目", STREET);
  const now = district.clock.now;
  district.clock.now = Date.parse("2099-01-01T00:00:00Z");
  await carry(district, street);
  district.clock.now = now;
  createProject(street, "街道的项目");
  await carry(street, district);
  await carry(district, street);
  expect(waitingRows(street.context, readyLink(street.store, DISTRICT))).toBe(0);
});

test("bundles that were parked for an earlier life of the peer are let go when its new life is met", async () => {
  const { district, street } = await openNetwork();
  await settle(district, street);
  const backup = backUp(street);
  createProject(street, "甲项目");
  createProject(street, "甲项目二");
  await send(street, district);
  street.store.sqlite.prepare("update link set acked_position = (select max(id) from change_log)").run();
  createProject(street, "乙项目");
  expect(await carry(street, district)).toMatchObject({ outcome: "parked", parked: 1 });
  const restored = await restore(street, backup, "later");
  createProject(restored, "丙项目");
  expect(await carry(restored, district)).toMatchObject({ outcome: "applied" });
  expect(readAll(district, "parked")).toEqual([]);
});

test("after a restore an unattended export makes a new bundle, although the folder still holds the last one", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例项目");
  await send(street, district);
  const ask = ({ store, journal, context, keys, stick }: TestOffice) => {
    const environment = { dataFolder: context.dataFolder, version: "0.1.0", printPdf: null, now: context.now };
    requireNews(new Office(store, journal, STREET, environment), keys, DISTRICT, stick);
  };
  expect(() => ask(street)).toThrow("导出");
  const restored = await restore(street, backUp(street), "later");
  expect(() => ask(restored)).not.toThrow();
});

test("a project that the city moved, which city and district both lost, is named, and taken in once the city moves it", async () => {
  const { city, district, street } = await openNetwork();
  const project = createProject(city, "市里交下来的项目");
  for (const [from, to] of [
    [street, district],
    [district, city],
    [city, district],
  ] as const)
    await carry(from, to);
  const backups = [backUp(city), backUp(district)] as const;
  edit(city, project, { office_id: STREET });
  await carry(city, district);
  await carry(district, street);
  edit(street, project, { owner: "街道的业主" });
  const top = await restore(city, backups[0], "top");
  const upper = await restore(district, backups[1], "upper");
  await carry(top, upper);
  await carry(upper, street);
  await carry(street, upper);
  expect(readAll(upper, "project")).toMatchObject([{ office_id: STREET, owner: "街道的业主" }]);
  // The street's word, under the district's seal, does not prove to the city what the city once did.
  const bundle = await send(upper, top);
  await expect(take(top, bundle)).rejects.toThrow("不归其管理的项目（市里交下来的项目）");
  edit(top, project, { office_id: STREET });
  expect(await take(top, bundle)).toMatchObject({ outcome: "applied" });
  expect(readAll(top, "project")).toMatchObject([{ office_id: STREET, owner: "街道的业主" }]);
});

test("a copied parent: the PC that did not give a project away hears of its twin, not of a breach", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(district, "会搬来的项目");
  await settle(district, street);
  const twin = await restore(district, backUp(district), "district");
  twin.clock.now += 30_000;
  edit(district, project, { office_id: STREET });
  await carry(district, street);
  edit(street, project, { owner: "街道的业主" });
  createProject(twin, "另一个项目", STREET);
  await send(twin, street);
  await expect(take(twin, await send(street, district))).rejects.toThrow("没有发过的内容");
});
