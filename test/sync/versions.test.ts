/** Law 10 with the programs of two versions, each opening its own database. */
import { expect, test } from "vitest";
import { openTwoVersions } from "./versions.ts";

test('law 10, fault "old office, new hub": the office keeps what it does not know, shows it after the upgrade, and hands it back whole', async () => {
  const { office, hub, write, carry, upgrade, lateFieldAt } = await openTwoVersions("newer", "today");
  write(hub, { name: "新版程序的项目", office_id: office.office.id, carbon_note: "甲级" });
  await carry(hub, office);
  write(office, { name: "旧版程序的项目", office_id: office.office.id });
  expect(await carry(office, hub)).toMatchObject({ outcome: "applied" });
  expect(lateFieldAt(hub)).toEqual({ 新版程序的项目: "甲级", 旧版程序的项目: null });
  await upgrade(office);
  expect(lateFieldAt(office)).toEqual({ 新版程序的项目: "甲级", 旧版程序的项目: null });
});

test('law 10, fault "new office, old hub": the hub takes in what it knows, keeps the rest, and shows it after the upgrade', async () => {
  const { office, hub, write, carry, upgrade, lateFieldAt } = await openTwoVersions("today", "newer");
  write(office, { name: "新版程序的项目", office_id: office.office.id, carbon_note: "甲级" });
  expect(await carry(office, hub)).toMatchObject({ outcome: "applied" });
  write(hub, { name: "旧版程序的项目", office_id: office.office.id });
  expect(await carry(hub, office)).toMatchObject({ outcome: "applied" });
  expect(lateFieldAt(office)).toEqual({ 新版程序的项目: "甲级", 旧版程序的项目: null });
  await upgrade(hub);
  expect(lateFieldAt(hub)).toEqual({ 新版程序的项目: "甲级", 旧版程序的项目: null });
});
