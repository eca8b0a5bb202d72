/** 体检: each kind of damage is named, with what to do; tables are made anew from the log. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { CheckProgress } from "#contract/office.ts";
import type { HealthPart } from "#domain/health.ts";
import { checkUpOf } from "#features/doctor/doctor.ts";
import { maintenance } from "#features/maintenance.ts";
import { projects } from "#features/projects/projects.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { createKeys } from "#sync/keys.ts";
import { type Desk, DISTRICT, failure, openDesk, put, STREET, TODAY } from "../helpers/office.ts";
import { logOf, openReplica, receive } from "../helpers/replica.ts";

/** An office with keys, acts of its own (small ones and a large one) and a section from elsewhere. */
async function busyDesk(): Promise<Desk> {
  const desk = await openDesk(DISTRICT);
  await createKeys(desk.folder, TODAY);
  const id = put(desk, "project", { name: "轴承产业园", owner: "原单位" });
  await projects.update(desk.office, { id, values: { owner: "新单位" } });
  const many = Array.from({ length: 60 }, (_, at): Write => {
    const values = { project_id: id, name: `节点${at}`, audit_state: "draft" as const };
    return { entity: "node", id: newId("node"), values };
  });
  desk.clock.now += 1000;
  desk.journal.write(desk.actor, "create_node", many);
  const other = await openReplica("other");
  receive(other, logOf(desk));
  other.clock.now = desk.clock.now + 1000;
  const actor = { officeId: STREET, officeName: "甘井子街道", personId: "p-other", personName: "王演示" };
  other.journal.write(actor, "update_project", [{ entity: "project", id, values: { note: "街道写的" } }]);
  receive(desk, logOf(other));
  desk.clock.now += 1000;
  put(desk, "visit", { project_id: id });
  return desk;
}

const check = async (desk: Desk, part: HealthPart) => maintenance.check(desk.office, { part });
const bad = async (desk: Desk, part: HealthPart) =>
  (await check(desk, part)).filter(({ state }) => state === "bad").map(({ text }) => text);

/** A link to a street that sent bundle 3 and was sent bundle 2, as the exchange would have left it. */
function linkStreet(desk: Desk): void {
  const end = desk.journal.log.end();
  const link = { peer_id: STREET, peer_name: "甘井子街道", role: "child" as const, state: "active" as const };
  const received = { peer_replica: "streetaa", received_number: 3, received_position: 70 };
  const sent = { sent_number: 2, acked_number: 1, acked_position: end - 1 };
  desk.store.run(query.insertInto("link").values({ ...link, ...received, ...sent }));
  const common = { peer_id: STREET, hash: "", file_name: "", at: "", person_name: "", summary: "", record_changes: 0 };
  desk.store.run(
    query.insertInto("exchange").values([
      {
        ...common,
        id: "1",
        direction: "out",
        number: 2,
        replica: desk.journal.replica,
        outcome: "sent",
        position: end,
      },
      { ...common, id: "2", direction: "in", number: 3, replica: "streetaa", outcome: "applied", position: 70 },
    ]),
  );
}

function parkRow(desk: Desk, id: string): void {
  const facts = { peer_id: STREET, number: 5, replica: "streetaa", base_position: 90, position: 95 };
  desk.store.run(query.insertInto("parked").values({ id, ...facts, file_name: "", reason: "", at: "" }));
}

test("tables are compared while others are answered; how far it is can be watched, and it can be stopped", async () => {
  const desk = await busyDesk();
  const id = put(desk, "project", { name: "节点很多的项目" });
  const many = Array.from({ length: 4000 }, (_, at): Write => {
    const values = { project_id: id, name: `节点${at}`, audit_state: "draft" as const };
    return { entity: "node", id: newId("node"), values };
  });
  desk.clock.now += 1000;
  desk.journal.write(desk.actor, "create_node", many);
  const looking = check(desk, "tables").catch((error: unknown) => error);
  for (let turns = 0; turns < 3; turns++) await turn();
  expect(desk.store.prepare("select count(*) from node").pluck().get()).toBeGreaterThan(4000);
  expect(maintenance.cancelCheck(desk.office, undefined)).toBe(true);
  expect(await looking).toMatchObject({ code: "check_cancelled" });
  expect(maintenance.cancelCheck(desk.office, undefined)).toBe(false);
  const ofKeys = check(desk, "keys").catch((error: unknown) => error);
  maintenance.cancelCheck(desk.office, undefined);
  expect(await ofKeys).toMatchObject({ code: "check_cancelled" });

  // One state of the database is looked at, whatever is written meanwhile.
  const again = check(desk, "tables");
  put(desk, "project", { name: "检查时新建的项目" });
  const told: (CheckProgress | null)[] = [];
  for await (const step of checkUpOf(desk.office).progress.watch()) told.push(step);
  expect(told.some((step) => step !== null && step.total > 4000)).toBe(true);
  expect(told.at(-1)).toBeNull();
  expect((await again).filter(({ state }) => state !== "ok")).toEqual([]);
});

test("an office that is well is told so, part by part", async () => {
  const desk = await busyDesk();
  linkStreet(desk);
  const { ok, findings } = await maintenance.verify(desk.office, undefined);
  expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
  expect(ok).toBe(true);
  const texts = findings.map(({ text }) => text).join("\n");
  for (const part of [
    "数据库文件完整性：正常",
    "逐条读过，编号不缺不重",
    "节点：60 条，与改动日志一致",
    "与甘井子街道的往来：发到第 2 号包（对方确认到第 1 号），收到第 3 号，与记录相符",
    "没有暂存的包",
    "附件：0 个完好",
    "密钥：完好，指纹",
  ]) {
    expect(texts).toContain(part);
  }
});

test.each([
  ["update change_log set body = '{' where id = 3", "第 3 次操作读不出来"],
  [
    "update change_log set body = x'00ff' where id = (select max(id) from change_log where hash is not null)",
    "读不出来",
  ],
  ["update change_log set body = zeroblob(length(body)) where hash is null and typeof(body) = 'blob'", "读不出来"],
  ["update change_log set hash = 'x' where hash is not null", "与登记的校验值不符"],
  ["update change_log set body = json_set(body, '$.personName', '别人') where id = 3", "第 3 次操作与登记的校验值不符"],
  ["update change_log set records = records + 1 where id = 2", "第 2 次操作与登记的条数不符"],
  ["delete from change_log where id = 2", "缺第 2—2 次操作"],
  ["update change_log set sets = 5 where id = 2", "的编号重复"],
  ["update change_log set clock = '5.0' where id = 3", "第 3 次操作的时钟不对"],
  [
    "update change_log set body = (select body from change_log where id = 1), records = (select records from change_log where id = 1), checksum = (select checksum from change_log where id = 1) where id = 3",
    "第 3 次操作的时间不晚于前一次",
  ],
])("a log damaged by “%s” is named and cannot be rebuilt from", async (damage, expected) => {
  const desk = await busyDesk();
  expect(await bad(desk, "log")).toEqual([]);
  desk.store.sqlite.exec(damage);
  const [problem = ""] = await bad(desk, "log");
  expect(problem).toContain(expected);
  expect(problem).toContain("从最近的备份恢复");
  await failure(() => maintenance.rebuild(desk.office, undefined), "log_damaged");
  expect(existsSync(join(desk.folder, "backups"))).toBe(false);
});

test("a log that cannot be replayed is said to be so, and nothing changes", async () => {
  const desk = await busyDesk();
  desk.store.sqlite.exec("update change_log set body = '{' where id = 3");
  expect(await bad(desk, "tables")).toEqual([expect.stringContaining("没法与各表对照")]);
  expect(desk.store.sqlite.inTransaction).toBe(false);
  expect(desk.store.sqlite.prepare("select count(*) from node").pluck().get()).toBe(60);
});

test("tables that differ from the log are made anew from it, after a backup of what was there", async () => {
  for (const damage of [
    "update project set owner = '改动'",
    "delete from node where name = '节点7'",
    "update project_search set search = ''",
    "insert into field_heads values ('node', 'x', 'name', 'edit', 0, '[]', '[]')",
    "update project set versions = ''",
  ]) {
    const desk = await busyDesk();
    const sound = contents(desk);
    desk.store.sqlite.exec(damage);
    expect(await bad(desk, "tables")).toEqual([expect.stringContaining("请按日志重建")]);
    const { backup, findings } = await maintenance.rebuild(desk.office, undefined);
    expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
    expect(contents(desk)).toEqual(sound);
    expect(dirname(backup)).toBe(join(desk.folder, "backups"));
    const copy = new Database(backup, { readonly: true });
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(copy.prepare("select count(*) from change_log").pluck().get()).toBe(
      desk.store.sqlite.prepare("select count(*) from change_log").pluck().get(),
    );
    copy.close();
    expect(readdirSync(join(desk.folder, "backups"))).toHaveLength(1);
  }
});

function contents(desk: Desk): unknown[] {
  const tables = desk.store.sqlite.prepare("select name from sqlite_master where type = 'table' order by name");
  return (tables.pluck().all() as string[]).map((table) => [
    table,
    desk.store.sqlite.prepare(`select * from ${table}`).all(),
  ]);
}

test.each([
  ["update link set acked_position = 9999", "本机日志只到第"],
  ["update link set acked_number = 3", "对方确认的包号比发出的还大"],
  ["update link set sent_number = 1, acked_number = 1", "第 2 号包已经发过"],
  ["update exchange set position = 9999 where direction = 'out'", "本机日志里已经没有"],
  ["update link set received_number = 4", "没有导入第 4 号包的记录"],
  ["update link set received_position = 71", "进度与它不符"],
  ["update link set received_position = 60", "进度与它不符"],
  ["delete from exchange where direction = 'in'", "没有导入第 3 号包的记录"],
])("a link damaged by “%s” is named", async (damage, expected) => {
  const desk = await busyDesk();
  linkStreet(desk);
  desk.store.sqlite.exec(damage);
  expect(await bad(desk, "exchange")).toEqual([expect.stringContaining(expected)]);
});

test("parked bundles without their file, and files that nobody parked, are told apart", async () => {
  const desk = await busyDesk();
  linkStreet(desk);
  mkdirSync(join(desk.folder, "parked"));
  parkRow(desk, "here");
  writeFileSync(join(desk.folder, "parked", "here"), "x");
  expect((await check(desk, "exchange")).map(({ state }) => state)).toEqual(["ok", "ok"]);
  parkRow(desk, "gone");
  writeFileSync(join(desk.folder, "parked", "stray"), "x");
  const findings = await check(desk, "exchange");
  expect(findings.map(({ state }) => state)).toEqual(["ok", "ok", "bad", "note"]);
  expect(findings[2]?.text).toBe("暂存的甘井子街道第 5 号包不见了：请对方重新导出一次");
  expect(findings[3]?.text).toContain("1 个没有登记的文件");
});

test("attachments that are damaged or not here are named", async () => {
  const desk = await busyDesk();
  const project = desk.store.first(query.selectFrom("project").select("id"));
  const [here, lost] = [desk.store.blobs.write(Buffer.from("照片")), "0".repeat(64)];
  for (const [name, hash] of [
    ["现场.jpg", here],
    ["合同.pdf", lost],
  ] as const) {
    const values = { project_id: project?.id ?? "", name, hash, size: 6, media_type: "image/jpeg" };
    desk.journal.write(desk.actor, "add_attachment", [{ entity: "attachment", id: newId("attachment"), values }]);
  }
  expect((await check(desk, "attachments")).map(({ state, text }) => [state, text])).toEqual([
    ["ok", "附件：1 个完好"],
    ["note", expect.stringContaining("1 个附件的内容不在本机（“合同.pdf”）")],
  ]);
  writeFileSync(join(desk.folder, "attachments", here.slice(0, 2), here), "改");
  expect(await bad(desk, "attachments")).toEqual([expect.stringContaining("1 个附件文件已损坏")]);
});

test("keys that are missing or damaged are named with what to do", async () => {
  const desk = await busyDesk();
  writeFileSync(join(desk.folder, "keys.json"), "{");
  expect(await bad(desk, "keys")).toEqual([expect.stringContaining("keys.json 已损坏")]);
  rmSync(join(desk.folder, "keys.json"));
  expect(await bad(desk, "keys")).toEqual([expect.stringContaining("恢复密钥备份")]);
});

test("a damaged page of the file is found, and nothing is rebuilt on it", async () => {
  const desk = await busyDesk();
  const { sqlite } = desk.store;
  sqlite.unsafeMode();
  sqlite.pragma("writable_schema = on");
  sqlite.exec("update sqlite_master set rootpage = 3 where name = 'node_by_project'");
  sqlite.pragma("writable_schema = reset");
  expect(await bad(desk, "file")).toEqual([expect.stringContaining("从最近的备份恢复")]);
  await failure(() => maintenance.rebuild(desk.office, undefined), "log_damaged");
});

test("free space is told", async () => {
  const desk = await busyDesk();
  expect((await check(desk, "space"))[0]?.text).toMatch(/^数据所在的磁盘还剩 [\d.]+ (MB|GB)/);
});
