import { zstdCompressSync } from "node:zlib";
import { Encrypter } from "age-encryption";
import { expect, test } from "vitest";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import type { ChangeSet } from "#journal/change-set.ts";
import { newId } from "#journal/journal.ts";
import { packSets } from "#journal/section/pack.ts";
import { openBundle, sealBundle } from "#sync/bundle-file.ts";
import type { ImportStep } from "#sync/context.ts";
import { makeInvitation, readInvitation } from "#sync/enrolment.ts";
import { createKeys, fingerprintOf, type OfficeKeys, sha256, signBytes } from "#sync/keys.ts";
import type { Payload } from "#sync/payload.ts";
import { sealSection } from "#sync/seal.ts";
import { changesIn, tablesOf } from "../helpers/replica.ts";
import {
  type Carried,
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
  type TestOffice,
  take,
} from "./network.ts";

/** Everything in the database that an import could touch. */
function stateOf(office: TestOffice) {
  const local = ["change_log", "exchange", "parked"].map((table) => readAll(office, table));
  return [tablesOf(office.store), local, office.store.sqlite.prepare("select * from link order by 1").all()];
}

/** Expects the import to be refused with these words and to leave no trace. */
async function expectRefused(office: TestOffice, bundle: Pick<Carried, "bytes" | "fileName">, words: string | RegExp) {
  const before = stateOf(office);
  await expect(take(office, bundle)).rejects.toThrow(words);
  expect(stateOf(office)).toEqual(before);
}

type Forged = Partial<Omit<Payload, "sections" | "sets">> & { sets?: ChangeSet[]; isSealed?: boolean };

/** A bundle from `from` to `to` with any payload, properly sealed and signed. */
async function forge(
  from: TestOffice,
  to: TestOffice,
  { sets = [], isSealed = false, ...head }: Forged,
  keys: OfficeKeys = from.keys,
) {
  const section = () => {
    const { packed } = packSets(sets, () => ({ by: "project", column: "project_id" }));
    return { packed, seal: isSealed ? sealSection(keys, from.context.officeId, packed) : null };
  };
  const full: Payload = {
    from: from.context.officeId,
    to: to.context.officeId,
    replica: from.journal.replica,
    receiver: null,
    number: 77,
    base: 0,
    position: 1000,
    acknowledges: null,
    sets: sets.length,
    records: sets.reduce((sum, { records }) => sum + records.length, 0),
    sections: sets.length > 0 ? [section()] : [],
    attachments: [],
    later: [],
    wants: [],
    ...head,
  };
  const facts = {
    program: "0.1.0",
    from: { id: full.from, name: from.context.officeName },
    to: { id: full.to, name: to.context.officeName },
    senderKey: fingerprintOf(keys),
    recipientKey: fingerprintOf(to.keys),
    replica: full.replica,
    number: full.number,
    base: full.base,
    position: full.position,
    previous: "",
    madeAt: "2026-11-22T00:00:00Z",
  };
  return { bytes: Buffer.from(await sealBundle(full, facts, keys, to.keys.ageRecipient)), fileName: "伪造.lxq" };
}

function setOf(office: TestOffice, entity: string, id: string, values: Record<string, StoredValue>): ChangeSet {
  const { actor } = office;
  return {
    ...actor,
    stamp: "0mxyz0001abc00street",
    action: "update",
    records: [{ entity, id, values, replaced: null }],
  };
}

test('fault "cut off at any byte": a bundle is refused and changes nothing', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例产业园");
  const bundle = await send(street, district);
  const before = stateOf(district);
  for (let length = 0; length < bundle.bytes.length; length += length < 700 ? 13 : 97) {
    await expect(
      take(district, { ...bundle, bytes: bundle.bytes.subarray(0, length) }),
      `cut at ${length}`,
    ).rejects.toThrow(/空的|不完整|不是连心桥同步包|签名不对/);
  }
  expect(stateOf(district)).toEqual(before);
  expect(await take(district, bundle)).toMatchObject({ outcome: "applied" });
});

test('fault "any bit flipped": a bundle is refused and changes nothing', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例产业园");
  const bundle = await send(street, district);
  const before = stateOf(district);
  for (let byte = 0; byte < bundle.bytes.length; byte += 7) {
    const bytes = Buffer.from(bundle.bytes);
    bytes.writeUInt8((bytes[byte] ?? 0) ^ (1 << (byte % 8)), byte);
    await expect(take(district, { ...bundle, bytes }), `flipped in byte ${byte}`).rejects.toThrow();
  }
  expect(stateOf(district)).toEqual(before);
});

test("files of another kind say what they are not", async () => {
  const { district } = await openNetwork();
  await expectRefused(district, { bytes: Buffer.alloc(0), fileName: "空.lxq" }, "是空的");
  await expectRefused(district, { bytes: Buffer.from("项目名称,总投资\n"), fileName: "表.csv" }, "不是连心桥同步包");
  const { bytes } = makeInvitation(district.context, district.keys, OTHER_STREET);
  await expectRefused(district, { bytes: Buffer.from(bytes), fileName: "邀请.lxq" }, "不是连心桥同步包");
  expect(() => readInvitation(Buffer.from("LXQB"), "包.lxq-invite", "2026-11-22")).toThrow("不是连心桥邀请文件");
  expect(() => readInvitation(bytes.subarray(0, bytes.length - 40), "断.lxq-invite", "2026-11-22")).toThrow("不完整");
  expect(() => readInvitation(bytes, "旧.lxq-invite", "2027-11-22")).toThrow("过期");
  const later = Buffer.from(Buffer.from(bytes).toString().replace('"version": 1', '"version": 3'));
  expect(() => readInvitation(later, "新.lxq-invite", "2026-11-22")).toThrow("请升级到能读第 3 版格式的连心桥");
});

test("files over their caps are refused before anything of them is read", async () => {
  const { district } = await openNetwork();
  const huge = Buffer.alloc(256 * 1024 * 1024 + 1);
  await expectRefused(district, { bytes: huge, fileName: "巨大.lxq" }, "超过上限 256 MB");
  expect(() => readInvitation(Buffer.alloc(9_000_000), "巨大.lxq-invite", "2026-11-22")).toThrow("超过上限 8 MB");
});

test('fault "wrong recipient": a bundle for another office names its recipient', async () => {
  const { city, district, street } = await openNetwork();
  createProject(street, "示例产业园");
  await expectRefused(city, await send(street, district), "是给“中山区”的");
});

test('fault "re-signed by another enrolled office": an office that is not enrolled, and an enrolled one that signs for another, are refused', async () => {
  const { district, street } = await openNetwork();
  const stranger = await openNetwork();
  const strange = await forge(stranger.street, district, { from: OTHER_STREET });
  await expectRefused(district, strange, "没有建立同步关系");
  const other = await enrol(district, OTHER_STREET, "other");
  await expectRefused(district, await forge(street, district, {}, other.keys), "签名不对");
});

test('fault "same number with other bytes (fork alarm)": the alarm is raised', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例产业园");
  const bundle = await send(street, district);
  await take(district, bundle);
  await expectRefused(district, await forge(street, district, { number: bundle.number }), "两个不同的版本");
});

test('fault "same number with other bytes (fork alarm)": also while the first of them waits for a gap to close', async () => {
  const { district, street } = await openNetwork();
  createProject(street, "在缺的包里");
  await send(street, district);
  street.store.sqlite.prepare("update link set acked_position = ?").run(street.journal.log.end());
  createProject(street, "在后一个包里");
  const waiting = await send(street, district);
  expect(await take(district, waiting)).toMatchObject({ outcome: "parked" });
  const { base, position } = openBundle(waiting.bytes, waiting.fileName).header;
  await expectRefused(district, await forge(street, district, { number: waiting.number, base, position }), "两个不同");
  expect(await take(district, waiting)).toMatchObject({ outcome: "parked" });
});

test("law 9: a section that a child gives back under a seal of its own making is refused and counted", async () => {
  const { district, street } = await openNetwork();
  const values = { key: "light.redAfterDays", value: "90" };
  const given = { sets: [setOf(street, "setting", "s", values)], isSealed: true };
  const before = readAll(district, "setting");
  const report = await take(district, await forge(street, district, given));
  expect(report).toMatchObject({ outcome: "applied", added: 0, changed: 0, refused: 1 });
  expect(report.summary).toContain("拒收 1 段");
  expect(readAll(district, "setting")).toEqual(before);
});

test('fault "acknowledgement of something never sent": the bundle is refused', async () => {
  const { district, street } = await openNetwork();
  const receipt = { replica: district.journal.replica, number: 99, position: 1 };
  await expectRefused(district, await forge(street, district, { acknowledges: receipt }), "没有发过的内容");
});

test('law 9, fault "writes outside scope": a street may not decide reviews, change settings, or write what another office manages', async () => {
  const { district, street } = await openNetwork();
  const foreign = createProject(district, "人民路的项目", OTHER_STREET);
  const foreignNode = createNode(district, foreign, "人民路的节点");
  const own = createProject(street, "本街道项目");
  const node = createNode(street, own, "主体封顶");
  await carry(street, district);
  const attempts: [string, string, Record<string, StoredValue>, string][] = [
    ["node", node, { audit_state: "approved" }, "审核状态"],
    ["node", node, { review_note: "自己审自己" }, "审核意见"],
    ["setting", "s", { key: "light.redAfterDays", value: "90" }, "应由市级填写"],
    ["office", DISTRICT, { name: "改名区" }, "应由市级填写"],
    ["project", foreign, { owner: "抢来的" }, "不归其管理的项目"],
    ["node", foreignNode, { project_id: own }, "不归其管理的节点"],
    ["project", "new", { name: "塞给别人", office_id: OTHER_STREET }, "不归其管理的项目"],
    [
      "visit",
      "v",
      { project_id: foreign, person_id: "p", visited_on: "2026-11-22", form: "visit" },
      "不归其管理的走访",
    ],
  ];
  for (const [entity, rowId, values, words] of attempts) {
    await expectRefused(
      district,
      await forge(street, district, { sets: [setOf(street, entity, rowId, values)] }),
      words,
    );
  }
  const posing = { ...street, actor: { ...street.actor, officeId: DISTRICT } };
  await expectRefused(
    district,
    await forge(street, district, { sets: [setOf(posing, "node", node, { audit_state: "approved" })] }),
    "其他单位的修改",
  );
});

test("law 9: a closed month is not made again by whoever closed it", async () => {
  const { city, district } = await openNetwork();
  const month = { office_id: DISTRICT, month: "2026-10", frozen_on: "2026-11-01", rules: "{}", totals: "{}" };
  const id = newId("month_statement");
  record(district, [{ entity: "month_statement", id, values: month }], "close_month");
  await carry(district, city);
  const again = setOf(district, "month_statement", id, { ...month, totals: '{"red":0}' });
  await expectRefused(city, await forge(district, city, { sets: [again] }), "改动已封存的月对账");

  const other = newId("month_statement");
  const twice = [month, { ...month, totals: '{"red":0}' }].map((values, place) => ({
    ...setOf(district, "month_statement", other, values),
    stamp: `0mxyz000${place}abc00street`,
  }));
  await expectRefused(city, await forge(district, city, { sets: twice }), "改动已封存的月对账");
});

test("a value that no field allows refuses the whole bundle, the good rows too", async () => {
  const { district, street } = await openNetwork();
  const good = setOf(street, "project", "good", { name: "好项目", office_id: STREET });
  const bad = {
    ...setOf(street, "project", "bad", { name: "坏项目", office_id: STREET, total_investment: -5 }),
    stamp: "0mxyz0002abc00street",
  };
  await expectRefused(district, await forge(street, district, { sets: [good, bad] }), "总投资");
});

test('fault "missing parent row": a record whose project has not arrived is kept and counted', async () => {
  const { district, street } = await openNetwork();
  const sets = [setOf(street, "node", "n", { project_id: "nowhere", name: "孤儿节点", audit_state: "draft" })];
  expect(await take(district, await forge(street, district, { sets }))).toMatchObject({ added: 1, missingParents: 1 });
});

test('fault "unknown optional field": it is kept and passed on to the city', async () => {
  const { city, district, street } = await openNetwork();
  const sets = [setOf(street, "project", "future", { name: "新版项目", office_id: STREET, carbon_score: "甲级" })];
  await take(district, await forge(street, district, { sets }));
  await carry(district, city);
  expect(JSON.stringify(changesIn(city))).toContain("carbon_score");
});

test('fault "decompression bomb, deep nesting, hostile names inside": a bomb is stopped by the cap, and hostile names and nesting end in a sentence', async () => {
  const { district, street } = await openNetwork();
  const sealed = await forge(street, district, {});
  const { header } = openBundle(sealed.bytes, "x");
  const wrap = async (plain: Buffer) => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(district.keys.ageRecipient);
    const ciphertext = await encrypter.encrypt(plain);
    const text = Buffer.from(JSON.stringify({ ...header, length: ciphertext.length, sha256: sha256(ciphertext) }));
    const prefix = Buffer.concat([Buffer.from("LXQB\u0001"), Buffer.alloc(4)]);
    prefix.writeUInt32BE(text.length, 5);
    const signed = Buffer.concat([prefix, text]);
    return { bytes: Buffer.concat([signed, signBytes(street.keys, signed), ciphertext]), fileName: "炸弹.lxq" };
  };
  const part = (kind: number, bytes: Buffer) => {
    const prefix = Buffer.from([kind, 0, 0, 0, 0]);
    prefix.writeUInt32BE(bytes.length, 1);
    return Buffer.concat([prefix, bytes]);
  };
  const head = part(
    1,
    zstdCompressSync(
      JSON.stringify({
        from: STREET,
        to: DISTRICT,
        replica: street.journal.replica,
        receiver: null,
        number: 77,
        base: 0,
        position: 1000,
        sets: 1,
        records: 1,
        acknowledges: null,
        later: [],
        wants: [],
      }),
    ),
  );
  const zeros = zstdCompressSync(Buffer.alloc(400_000_000));
  await expectRefused(district, await wrap(part(1, zeros)), "不可读");
  await expectRefused(district, await wrap(Buffer.concat([head, part(2, zeros)])), "不可读");
  await expectRefused(district, await wrap(part(1, zstdCompressSync("[".repeat(2_000_000)))), "不可读");
  await expectRefused(district, await wrap(Buffer.concat([head, part(2, zstdCompressSync("[".repeat(9)))])), "不可读");
  await expectRefused(district, await wrap(Buffer.concat([head, Buffer.from([2, 255, 255, 255, 255])])), "不可读");
  const hostile = setOf(street, 'project"; drop table project; --', "x", { name: "注入" });
  await expectRefused(district, await forge(street, district, { sets: [hostile] }), "不可读");
  const proto = setOf(street, "project", "p2", JSON.parse('{"__proto__":"x","name":"原型","office_id":"210202001"}'));
  await expectRefused(district, await forge(street, district, { sets: [proto] }), "不可读");
});

test("a bundle that needs a newer program says which version, and the file stays as it is", async () => {
  const { district, street } = await openNetwork();
  const sealed = await forge(street, district, {});
  const opened = openBundle(sealed.bytes, "x");
  const text = Buffer.from(JSON.stringify({ ...opened.header, schema: 99, program: "9.0.0" }));
  const prefix = Buffer.concat([Buffer.from("LXQB\u0001"), Buffer.alloc(4)]);
  prefix.writeUInt32BE(text.length, 5);
  const signed = Buffer.concat([prefix, text]);
  const bytes = Buffer.concat([signed, signBytes(street.keys, signed), opened.ciphertext]);
  await expectRefused(district, { bytes, fileName: "新版.lxq" }, "9.0.0");
});

test("a revoked link, a former key of ours, and a later file format are each named", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例产业园");
  const bundle = await send(street, district);
  district.store.sqlite.prepare("update link set state = 'revoked' where peer_id = ?").run(STREET);
  await expectRefused(district, bundle, `文件“${bundle.fileName}”使用的密钥已停用`);
  district.store.sqlite.prepare("update link set state = 'active' where peer_id = ?").run(STREET);
  await expectRefused({ ...district, keys: await createKeys(district.folder) }, bundle, "本单位以前的密钥");
  const later = Buffer.from(bundle.bytes);
  later.writeUInt8(2, 4);
  await expectRefused(district, { ...bundle, bytes: later }, "第 2 版格式，由更新版本的连心桥生成；本程序只读第 1 版");
});

test("a conflict that a file brings stays until a person settles it", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "争议项目");
  await carry(street, district);
  record(district, [{ entity: "project", id: project, values: { archived_on: "2026-11-22" } }]);
  record(street, [{ entity: "project", id: project, values: { owner: "仍在推进" } }]);
  expect(await carry(street, district)).toMatchObject({ conflicts: 1 });
  expect(await carry(street, district).catch(() => ({ conflicts: 0 }))).toMatchObject({ conflicts: 0 });
  expect(district.store.sqlite.prepare("select kind from field_heads").pluck().all()).toEqual(["delete"]);
});

test("an import can be given up while its contents are checked, and leaves nothing", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "示例项目");
  const bundle = await send(street, district);
  const seen: number[] = [];
  const onProgress = ({ phase, done, total }: ImportStep) => {
    if (phase !== "check" || done === 0) return;
    seen.push(done, total);
    throw new Failure("import_cancelled");
  };
  const before = stateOf(district);
  const impatient = { ...district, context: { ...district.context, onProgress } };
  await expect(take(impatient, bundle)).rejects.toMatchObject({ code: "import_cancelled" });
  expect(seen).toEqual([bundle.recordChanges, bundle.recordChanges]);
  expect(names(district)).toEqual([]);
  expect(stateOf(district)).toEqual(before);
  await take(district, bundle);
  expect(names(district)).toEqual(["示例项目"]);
});
