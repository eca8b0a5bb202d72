import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal } from "#journal/journal.ts";
import {
  admitOffice,
  makeInvitation,
  makeRenewal,
  makeRequest,
  readInvitation,
  readRequest,
  requireJoining,
} from "#sync/enrolment.ts";
import { acceptRenewal, remakeKeys } from "#sync/key-renewal.ts";
import { isRevoked } from "#sync/key-revocation.ts";
import { fingerprintOf } from "#sync/keys.ts";
import { readLink, readyLink } from "#sync/links.ts";
import { retireKey } from "#sync/retire-key.ts";
import { waitingRows } from "#sync/waiting.ts";
import { failure } from "../helpers/office.ts";
import { tablesOf } from "../helpers/replica.ts";
import {
  carry,
  createNode,
  createProject,
  DISTRICT,
  enrol,
  names,
  OTHER_STREET,
  openNetwork,
  readAll,
  STREET,
  send,
  type TestOffice,
  take,
} from "./network.ts";

const TODAY = "2026-11-22";

const loseKeys = (office: TestOffice) => rmSync(join(office.folder, "keys.json"));

async function rejoin(parent: TestOffice, child: TestOffice, officeId: string): Promise<void> {
  const { bytes, fileName } = makeInvitation(parent.context, parent.keys, officeId);
  const invitation = readInvitation(bytes, fileName, TODAY);
  child.keys = await acceptRenewal(child.context, invitation, fileName);
  const request = makeRequest(child.context, child.keys, "张示例");
  admitOffice(parent.context, readRequest(parent.context, request.bytes, request.fileName), request.fingerprint);
}

async function acquainted() {
  const network = await openNetwork();
  await carry(network.district, network.street);
  createProject(network.street, "交过的项目");
  await carry(network.street, network.district);
  await carry(network.district, network.street);
  return network;
}

test("a street that lost its keys joins again with its data; only what was not acknowledged is sent again", async () => {
  const { district, street } = await acquainted();
  const lost = fingerprintOf(street.keys);
  createProject(street, "没有交的项目");
  const onItsWay = await send(street, district);
  const before = tablesOf(street.store);
  loseKeys(street);
  retireKey(district.context, STREET, "电脑损坏或重装");
  await rejoin(district, street, STREET);
  expect(fingerprintOf(street.keys)).not.toBe(lost);
  expect(tablesOf(street.store)).toEqual(before);
  expect(isRevoked(street.store, STREET, lost)).toBe(true);
  await failure(() => take(district, onItsWay), "key_revoked");

  createProject(district, "区里交办的项目", STREET);
  expect((await carry(district, street)).outcome).toBe("applied");
  const again = await send(street, district);
  // The receipt told what the district has: one project, not the whole log.
  expect(again.recordChanges).toBe(1);
  expect((await take(district, again)).outcome).toBe("applied");
  expect(names(district)).toEqual(["交过的项目", "区里交办的项目", "没有交的项目"].sort());
  await carry(district, street);
  expect(waitingRows(street.context, readyLink(street.store, DISTRICT))).toBe(0);
  expect(readAll(street, "project")).toEqual(readAll(district, "project"));
});

test("a street that exports before it hears from the district again offers everything, and nothing is lost", async () => {
  const { district, street } = await acquainted();
  createProject(street, "没有交的项目");
  loseKeys(street);
  retireKey(district.context, STREET);
  await rejoin(district, street, STREET);
  expect((await carry(street, district)).outcome).toBe("applied");
  await carry(district, street);
  expect(readAll(street, "project")).toEqual(readAll(district, "project"));
  expect(names(district)).toEqual(["交过的项目", "没有交的项目"]);
});

test("a street with a new database gets back what it had handed over", async () => {
  const { district, street } = await acquainted();
  createNode(street, String(readAll(street, "project")[0]?.id), "施工许可证");
  await carry(street, district);
  retireKey(district.context, STREET, "电脑丢失或被盗");
  const renewed = await enrol(district, STREET, "renewed");
  await carry(district, renewed);
  expect(readAll(renewed, "node")).toEqual(readAll(district, "node"));
  expect(names(renewed)).toEqual(["交过的项目"]);
});

test("a street whose database came from a backup joins again: neither side waits for what the other thinks it has", async () => {
  const { district, street } = await acquainted();
  createProject(street, "没有交的项目");
  // A restored database is a new life with a replica id of its own.
  street.journal = new Journal(street.store, "restored", () => street.clock.now);
  street.context.journal = street.journal;
  loseKeys(street);
  retireKey(district.context, STREET, "电脑损坏或重装");
  await rejoin(district, street, STREET);
  expect((await carry(street, district)).outcome).toBe("applied");
  expect((await carry(district, street)).outcome).toBe("applied");
  expect(names(district)).toEqual(["交过的项目", "没有交的项目"]);
  expect(readAll(street, "project")).toEqual(readAll(district, "project"));
});

test("a key that was revoked is not admitted again, even with a new invitation", async () => {
  const { district, street } = await acquainted();
  retireKey(district.context, STREET);
  const { bytes, fileName } = makeInvitation(district.context, district.keys, STREET);
  const { nonce } = readInvitation(bytes, fileName, TODAY);
  street.store.sqlite.prepare("update link set nonce = ? where peer_id = ?").run(nonce, DISTRICT);
  const request = makeRequest(street.context, street.keys, "张示例");
  const read = readRequest(district.context, request.bytes, request.fileName);
  await failure(() => admitOffice(district.context, read, request.fingerprint), "request_key_revoked");
});

test("a district that lost its keys is followed by its streets with one file; they keep keys and data", async () => {
  const { district, street } = await acquainted();
  const lost = fingerprintOf(district.keys);
  createProject(district, "区里交办的项目", STREET);
  const stale = await send(district, street);
  createProject(street, "没有交的项目");
  const sealedForLost = await send(street, district);
  loseKeys(district);
  district.keys = await remakeKeys(district.context);

  await failure(() => take(district, sealedForLost), "recipient_key_changed");
  await failure(async () => take(street, await send(district, street)), "sender_key_unknown");
  const { bytes, fileName } = makeRenewal(district.context, district.keys, STREET);
  const renewal = readInvitation(bytes, fileName, TODAY);
  expect(await failure(() => requireJoining(renewal, fileName), "file_wrong_kind")).toContain("单位与设定—密钥");
  expect(await acceptRenewal(street.context, renewal, fileName)).toEqual(street.keys);
  expect(isRevoked(street.store, DISTRICT, lost)).toBe(true);
  await failure(() => take(street, stale), "key_revoked");

  expect((await carry(street, district)).outcome).toBe("applied");
  expect((await carry(district, street)).outcome).toBe("applied");
  expect(names(street)).toEqual(["交过的项目", "区里交办的项目", "没有交的项目"].sort());
  expect(readAll(street, "project")).toEqual(readAll(district, "project"));
});

test("an old invitation cannot bring a lost or replaced parent key back, and one for others is named", async () => {
  const { district, street } = await acquainted();
  const old = makeRenewal(district.context, district.keys, STREET);
  const foreign = makeInvitation(district.context, district.keys, OTHER_STREET);
  loseKeys(district);
  district.keys = await remakeKeys(district.context);
  const { bytes, fileName } = makeRenewal(district.context, district.keys, STREET);
  await acceptRenewal(street.context, readInvitation(bytes, fileName, TODAY), fileName);
  const before = readLink(street.store, DISTRICT);
  const accept = (made: typeof old) =>
    acceptRenewal(street.context, readInvitation(made.bytes, made.fileName, TODAY), made.fileName);
  await failure(() => accept(old), "invitation_used");
  expect(await failure(() => accept(foreign), "invitation_foreign")).toContain("人民路街道");
  expect(readLink(street.store, DISTRICT)).toEqual(before);
});

test("keys that are well are not remade, and what is remade is set aside first", async () => {
  const { district } = await acquainted();
  await failure(() => remakeKeys(district.context), "keys_usable");
  writeFileSync(join(district.folder, "keys.json"), "spoilt");
  await remakeKeys(district.context);
  expect(readdirSync(district.folder).filter((name) => name.startsWith("keys"))).toHaveLength(2);
});
