import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openBundle, sealBundle } from "#sync/bundle-file.ts";
import { rotateKeys } from "#sync/key-change.ts";
import { isRevoked } from "#sync/key-revocation.ts";
import { createKeys, fingerprintOf, type OfficeKeys, readKeys } from "#sync/keys.ts";
import { readLink } from "#sync/links.ts";
import type { Payload } from "#sync/payload.ts";
import { retireKey } from "#sync/retire-key.ts";
import { failure } from "../helpers/office.ts";
import { tempFolder } from "../helpers/replica.ts";
import {
  carry,
  createProject,
  DISTRICT,
  enrol,
  names,
  OTHER_STREET,
  openNetwork,
  STREET,
  send,
  type TestOffice,
  take,
} from "./network.ts";

const DAY = 86_400_000;

async function rotate(office: TestOffice): Promise<void> {
  const { store, folder, keys, context } = office;
  office.keys = await rotateKeys(store, folder, keys, context.officeId, "2026-11-22");
}

/** Two offices that have exchanged both ways. */
async function acquainted() {
  const network = await openNetwork();
  await carry(network.district, network.street);
  createProject(network.street, "甲项目");
  await carry(network.street, network.district);
  return network;
}

const keyKnown = (office: TestOffice, peer: string) => readLink(office.store, peer)?.fingerprint;

/** A bundle of `from` with nothing in it, sealed and signed with any keys, its header changed at will. */
async function forged(
  from: TestOffice,
  to: TestOffice,
  keys: OfficeKeys,
  facts: {
    number?: number;
    base?: number;
    replica?: string;
    keyChanges?: NonNullable<ReturnType<typeof openBundle>["header"]["keyChanges"]>;
  } = {},
) {
  const head = { number: 77, replica: from.journal.replica, base: 0, position: 1000, ...facts };
  const { keyChanges, ...inner } = head;
  const payload: Payload = {
    from: from.context.officeId,
    to: to.context.officeId,
    receiver: null,
    acknowledges: null,
    sets: 0,
    records: 0,
    sections: [],
    attachments: [],
    later: [],
    wants: [],
    ...inner,
  };
  const header = {
    ...head,
    program: "0.1.0",
    from: { id: from.context.officeId, name: from.context.officeName },
    to: { id: to.context.officeId, name: to.context.officeName },
    senderKey: fingerprintOf(keys),
    recipientKey: fingerprintOf(to.keys),
    previous: "",
    madeAt: "2026-11-22T00:00:00Z",
  };
  return { bytes: Buffer.from(await sealBundle(payload, header, keys, to.keys.ageRecipient)), fileName: "伪造.lxq" };
}

test("rotation: the next bundle brings the new key, and the answer comes back to it", async () => {
  const { district, street } = await acquainted();
  const before = fingerprintOf(street.keys);
  await rotate(street);
  createProject(street, "乙项目");
  const report = await carry(street, district);
  expect(report.keyNews).toContain(fingerprintOf(street.keys));
  expect(keyKnown(district, STREET)).toBe(fingerprintOf(street.keys));
  expect(fingerprintOf(street.keys)).not.toBe(before);
  expect(readLink(street.store, DISTRICT)?.our_key).toBe(before);
  expect((await carry(district, street)).outcome).toBe("applied");
  expect(readLink(street.store, DISTRICT)?.our_key).toBe(fingerprintOf(street.keys));
});

test("rotation: lost bundles, several rotations and both sides at once do no harm", async () => {
  const { district, street } = await acquainted();
  await rotate(street);
  createProject(street, "乙项目");
  await send(street, district);
  await rotate(street);
  await rotate(district);
  createProject(street, "丙项目");
  const fromDistrict = await send(district, street);
  expect((await carry(street, district)).outcome).toBe("applied");
  expect(names(district)).toEqual(["丙项目", "乙项目", "甲项目"].sort());
  // Made before either knew of the other's change: encrypted to a replaced key, signed by a new one.
  expect((await take(street, fromDistrict)).outcome).toBe("applied");
  expect((await carry(district, street)).outcome).toBe("applied");
  expect(keyKnown(district, STREET)).toBe(fingerprintOf(street.keys));
  expect(keyKnown(street, DISTRICT)).toBe(fingerprintOf(district.keys));
});

test("rotation: the key moves only with the import; a refused or parked bundle moves nothing", async () => {
  const { district, street } = await acquainted();
  const before = fingerprintOf(street.keys);
  await rotate(street);
  const keyChanges = street.keys.retired.flatMap(({ change }) => change ?? []);
  const afterGap = await forged(street, district, street.keys, { base: 999, keyChanges });
  expect((await take(district, afterGap)).outcome).toBe("parked");
  expect(keyKnown(district, STREET)).toBe(before);
  createProject(street, "乙项目");
  const bundle = await send(street, district);
  const cut = { ...bundle, bytes: bundle.bytes.subarray(0, bundle.bytes.length - 1) };
  await failure(() => take(district, cut), "file_damaged");
  expect(keyKnown(district, STREET)).toBe(before);
  await take(district, bundle);
  expect(keyKnown(district, STREET)).toBe(fingerprintOf(street.keys));
});

test("overlap: a bundle that was on its way when the key changed is taken in late, one made afterwards is not", async () => {
  const { district, street } = await acquainted();
  const old = street.keys;
  createProject(street, "乙项目");
  const late = await send(street, district);
  await rotate(street);
  createProject(street, "丙项目");
  await carry(street, district);
  expect((await take(district, late)).outcome).toBe("applied");
  await failure(async () => take(district, await forged(street, district, old)), "key_replaced");
  const strangeLife = await forged(street, district, old, { number: 1, replica: "zzzzzzzz" });
  await failure(() => take(district, strangeLife), "key_replaced");
});

test('fault "unknown, revoked or expired key": the overlap ends after ninety days, with a next step', async () => {
  const { district, street } = await acquainted();
  createProject(street, "乙项目");
  const late = await send(street, district);
  await rotate(street);
  createProject(street, "丙项目");
  await carry(street, district);
  district.clock.now += 91 * DAY;
  expect(await failure(() => take(district, late), "key_replaced")).toContain("重新导出");
});

test("a statement counts only when both keys signed it, for this office, after the key we know", async () => {
  const { district, street } = await acquainted();
  const known = street.keys;
  await rotate(street);
  const [change] = street.keys.retired.flatMap((retired) => retired.change ?? []);
  if (!change) throw new Error("no statement");
  const thief = await createKeys(tempFolder());
  const body = JSON.parse(change.body);
  const stolen = { ...body, signingKey: thief.signingKey, ageRecipient: thief.ageRecipient };
  const attempts = [
    { ...change, body: JSON.stringify(stolen) },
    { ...change, oldSignature: change.newSignature },
    { ...change, newSignature: change.oldSignature },
    { ...change, body: JSON.stringify({ ...body, officeId: OTHER_STREET }) },
  ];
  for (const attempt of attempts) {
    const keys = attempt.body === attempts[0]?.body ? thief : street.keys;
    const bundle = await forged(street, district, keys, { keyChanges: [attempt] });
    await failure(() => take(district, bundle), "sender_key_unknown");
  }
  expect(keyKnown(district, STREET)).toBe(fingerprintOf(known));
});

test('fault "unknown, revoked or expired key": an unknown key, and a bundle signed again by another enrolled office, are told apart', async () => {
  const { district, street } = await acquainted();
  const other = await enrol(district, OTHER_STREET, "other");
  await failure(async () => take(district, await forged(street, district, other.keys)), "signature_invalid");
  const stranger = await createKeys(tempFolder());
  await failure(async () => take(district, await forged(street, district, stranger)), "sender_key_unknown");
});

test("a peer that fell behind holds further rotations up, before it could no longer follow", async () => {
  const { district, street } = await acquainted();
  for (let change = 0; change < 8; change++) await rotate(street);
  expect(await failure(() => rotate(street), "key_changes_pending")).toContain("中山区");
  createProject(street, "乙项目");
  expect((await carry(street, district)).outcome).toBe("applied");
  await carry(district, street);
  await rotate(street);
  createProject(street, "丙项目");
  expect((await carry(street, district)).outcome).toBe("applied");
});

test("a peer restored from a backup that knows only the former key can follow at once", async () => {
  const { district, street } = await acquainted();
  const before = district.store.sqlite.prepare("select * from link where peer_id = ?").get(STREET) as Record<
    string,
    string
  >;
  await rotate(street);
  createProject(street, "乙项目");
  await carry(street, district);
  await carry(district, street);
  district.store.sqlite
    .prepare(
      "update link set signing_key = :signing_key, age_recipient = :age_recipient, fingerprint = :fingerprint where peer_id = :peer_id",
    )
    .run(before);
  createProject(street, "丙项目");
  expect((await carry(street, district)).outcome).toBe("applied");
});

test('fault "unknown, revoked or expired key": what revoked ones sign is refused with the next step, former ones too', async () => {
  const { district, street } = await acquainted();
  const old = street.keys;
  await rotate(street);
  createProject(street, "乙项目");
  await carry(street, district);
  createProject(street, "丙项目");
  const late = await send(street, district);
  retireKey(district.context, STREET, "电脑丢失或被盗");
  expect(await failure(() => take(district, late), "key_revoked")).toContain("重新办理加入手续");
  const renewed = await enrol(district, STREET, "renewed");
  await failure(() => take(district, late), "key_revoked");
  await failure(async () => take(district, await forged(renewed, district, old, { number: 1 })), "key_revoked");
  expect((await carry(district, renewed)).outcome).toBe("applied");
});

test('fault "replay of an old hub bundle": the revocation list goes down in every bundle; an old hub bundle rolls nothing back', async () => {
  const { city, district, street } = await acquainted();
  const other = await enrol(district, OTHER_STREET, "other");
  await carry(district, other);
  createProject(district, "区里的项目", STREET);
  const replay = await send(district, street);
  const unseen = await send(district, street);
  const lost = fingerprintOf(other.keys);
  retireKey(district.context, OTHER_STREET, "U盘丢失");
  const cityLost = fingerprintOf(district.keys);
  city.store.sqlite
    .prepare("insert into revocation values (?, ?, ?, 1, '2026-11-22', '示例', null, null)")
    .run(city.context.officeId, "0000 0000 0000 0000 0000", DISTRICT);
  await carry(city, district);
  await carry(district, street);
  expect(isRevoked(street.store, OTHER_STREET, lost)).toBe(true);
  expect(isRevoked(street.store, DISTRICT, "0000 0000 0000 0000 0000")).toBe(true);
  expect(isRevoked(street.store, DISTRICT, cityLost)).toBe(false);
  const list = () => street.store.sqlite.prepare("select issuer, fingerprint, serial from revocation").all();
  const before = list();
  await take(street, replay);
  await take(street, unseen);
  await take(street, replay);
  expect(list()).toEqual(before);
  expect(list()).toHaveLength(2);
});

test('fault "hub restored from backup": it relearns what it had revoked from any child, and stops the link again', async () => {
  const { district, street } = await acquainted();
  const other = await enrol(district, OTHER_STREET, "other");
  await carry(district, other);
  createProject(other, "被盗电脑上的项目");
  const stolen = await send(other, district);
  retireKey(district.context, OTHER_STREET, "电脑丢失或被盗");
  await carry(district, street);
  district.store.sqlite.exec("delete from revocation");
  district.store.sqlite.prepare("update link set state = 'active' where peer_id = ?").run(OTHER_STREET);
  createProject(street, "乙项目");
  await carry(street, district);
  expect(readLink(district.store, OTHER_STREET)?.state).toBe("revoked");
  await failure(() => take(district, stolen), "key_revoked");
});

test("a child can revoke nobody, and a list with a signature that does not hold refuses the whole bundle", async () => {
  const { district, street } = await acquainted();
  const entry = {
    issuer: DISTRICT,
    officeId: OTHER_STREET,
    fingerprint: "1111 1111 1111 1111 1111",
    serial: 1,
    revokedOn: "2026-11-22",
    reason: "",
    signingKey: district.keys.signingKey,
    signature: Buffer.alloc(64).toString("base64"),
  };
  const withList = async (from: TestOffice, to: TestOffice, signingKey: string) => {
    const { header } = openBundle((await forged(from, to, from.keys)).bytes, "x");
    const payload: Payload = {
      from: from.context.officeId,
      to: to.context.officeId,
      replica: header.replica,
      receiver: null,
      number: header.number,
      base: 0,
      position: 1000,
      acknowledges: null,
      revocations: [{ ...entry, signingKey }],
      sets: 0,
      records: 0,
      sections: [],
      attachments: [],
      later: [],
      wants: [],
    };
    return {
      bytes: Buffer.from(await sealBundle(payload, header, from.keys, to.keys.ageRecipient)),
      fileName: "x.lxq",
    };
  };
  await failure(
    async () => take(street, await withList(district, street, district.keys.signingKey)),
    "content_invalid",
  );
  await failure(
    async () => take(district, await withList(street, district, district.keys.signingKey)),
    "content_invalid",
  );
  await take(district, await withList(street, district, street.keys.signingKey));
  expect(isRevoked(district.store, OTHER_STREET, entry.fingerprint)).toBe(false);
});

test("keys.json: readable by its owner only, named when missing or spoilt, set aside before others take its place", async () => {
  const folder = tempFolder();
  await failure(() => readKeys(folder), "keys_missing");
  const keys = await createKeys(folder);
  const path = join(folder, "keys.json");
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readKeys(folder)).toEqual(keys);
  const text = readFileSync(path, "utf8");
  const spoilt = [
    text.slice(0, 200),
    "",
    text.replace(keys.ageIdentity.slice(20, 30), "QQQQQQQQQQ"),
    text.replace(keys.signingKey, (await createKeys(tempFolder())).signingKey),
  ];
  for (const each of spoilt) {
    writeFileSync(path, each);
    expect(await failure(() => readKeys(folder), "keys_damaged")).toContain("恢复密钥备份");
  }
  await createKeys(folder);
  expect(readdirSync(folder).filter((name) => name.startsWith("keys"))).toHaveLength(2);
});
