/**
 * The thirteen laws of the exchange, in order, each by example. What else is proved of a law bears its number in the
 * titles of the other files, in test/journal, and in the histories of test/evidence.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "#domain/failure.ts";
import { entityNames } from "#domain/registry.ts";
import type { Head } from "#journal/heads.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import { stampMs } from "#journal/stamp.ts";
import type { ImportStep } from "#sync/context.ts";
import { importBundle, takeUpParked } from "#sync/import.ts";
import { contentOf } from "../evidence/convergence/look.ts";
import { tablesOf } from "../helpers/replica.ts";
import {
  carry,
  createNode,
  createProject,
  enrol,
  names,
  OTHER_STREET,
  openNetwork,
  readAll,
  record,
  send,
  type TestOffice,
  take,
} from "./network.ts";
import { openTwoVersions } from "./versions.ts";

const edit = (office: TestOffice, id: string, values: Record<string, string | null>, settles = false) =>
  record(office, [{ entity: "project", id, values, settles }]);

type Conflict = { field: string; kind: string; heads: Head[] };

function conflictsAt(office: TestOffice): Conflict[] {
  const open = office.store.sqlite.prepare("select * from field_heads where agreed = 0").all();
  return (open as Record<string, unknown>[]).map(({ field, kind, heads }) => ({
    field: String(field),
    kind: String(kind),
    heads: JSON.parse(String(heads)) as Head[],
  }));
}

/** District and street with a project that both have. */
async function openShared() {
  const network = await openNetwork();
  const project = createProject(network.street, "示例产业园");
  await carry(network.street, network.district);
  return { ...network, project };
}

describe("law 1: one door", () => {
  test("nothing but the journal writes replicated tables", () => {
    const source = resolve(import.meta.dirname, "../../src-main");
    const table = `(${[...entityNames, "field_heads", "change_log"].join("|")})`;
    const writing = new RegExp(
      `(insertInto|updateTable|deleteFrom)\\("${table}"\\)|(insert (or \\w+ )?into|update|delete from) ${table}\\b`,
    );
    const files = readdirSync(source, { recursive: true })
      .map(String)
      .filter((file) => /\.tsx?$/.test(file));
    const writers = files.filter((file) => writing.test(readFileSync(join(source, file), "utf8")));
    // The link's side of the log, which is local: through whom a change set came.
    const known = ["sync/acknowledgement.ts", "sync/take-in.ts", "sync/retire-key.ts"];
    expect(writers.filter((file) => !file.startsWith("journal/") && !known.includes(file))).toEqual([]);
  });

  test("a write is log, tables and clock in one transaction, or nothing at all", async () => {
    const { street } = await openNetwork();
    createProject(street, "示例产业园");
    const before = contentOf(street.store);
    const writes = ["好项目", null].map((name) => ({ entity: "project", id: `p-${name}`, values: { name } }));
    expect(() => record(street, writes as never)).toThrow();
    expect(contentOf(street.store)).toBe(before);
    createProject(street, "另一个项目");
    expect(names(street)).toEqual(["另一个项目", "示例产业园"]);
    expect(readAll(street, "change_log")).toHaveLength(4);
  });
});

describe("law 2: the log is the truth", () => {
  test("tables that were spoilt come out of the log as they were", async () => {
    const { district, street, project } = await openShared();
    edit(district, project, { owner: "区里的业主" });
    edit(street, project, { owner: "街道的业主" });
    await carry(street, district);
    const before = tablesOf(district.store);
    district.store.sqlite.exec("delete from field_heads; update project set owner = '改动'; delete from person");
    rebuildTables(district.store);
    expect(tablesOf(district.store)).toEqual(before);
  });
});

describe("law 3: convergence", () => {
  test("whatever the order, the duplicates and the batches, the tables are the same", async () => {
    const { city, district, street, project } = await openShared();
    edit(district, project, { owner: "区里的业主" });
    edit(street, project, { owner: "街道的业主" });
    const early = await send(street, district);
    createNode(street, project, "主体封顶");
    await carry(street, district);
    await take(district, early);
    await take(district, early);
    await carry(district, street);
    await carry(district, city);
    const tables = tablesOf(district.store);
    for (const office of [street, city]) {
      for (const table of ["project", "node", "field_heads"])
        expect(tablesOf(office.store)[table]).toEqual(tables[table]);
    }
  });
});

describe("law 4: idempotence", () => {
  test("a bundle taken in again changes nothing in the whole database", async () => {
    const { district, street, project } = await openShared();
    createNode(street, project, "主体封顶");
    const bundle = await send(street, district);
    expect(await take(district, bundle)).toMatchObject({ outcome: "applied", added: 1 });
    const before = contentOf(district.store);
    expect(await take(district, bundle)).toMatchObject({ outcome: "already", added: 0, changed: 0 });
    expect(contentOf(district.store)).toBe(before);
  });
});

describe("law 5: nothing is overwritten in silence", () => {
  test("two writes that did not know of each other: both values, both people, both times; a person settles it", async () => {
    const { district, street, project } = await openShared();
    edit(district, project, { owner: "区里的业主" });
    edit(street, project, { owner: "街道的业主" });
    expect(await carry(street, district)).toMatchObject({ conflicts: 1 });
    const [conflict] = conflictsAt(district);
    expect(conflict).toMatchObject({ field: "owner", kind: "edit" });
    expect(conflict?.heads.map(({ value }) => value).sort()).toEqual(["区里的业主", "街道的业主"]);
    const log = district.journal.log;
    const numbers = Array.from({ length: log.end() }, (_, index) => index + 1);
    const told = numbers.map((number) => log.factsAt(number));
    const people = conflict?.heads.map(({ stamp }) => told.find((facts) => facts.stamp === stamp)?.personName);
    expect(people?.sort()).toEqual([district.actor.personName, street.actor.personName].sort());
    edit(district, project, { owner: "街道的业主" }, true);
    await carry(district, street);
    for (const office of [district, street]) {
      expect(conflictsAt(office)).toEqual([]);
      expect(readAll(office, "project")).toMatchObject([{ owner: "街道的业主" }]);
    }
  });

  test("the same value written twice is no conflict", async () => {
    const { district, street, project } = await openShared();
    edit(district, project, { owner: "同一业主" });
    edit(street, project, { owner: "同一业主" });
    expect(await carry(street, district)).toMatchObject({ conflicts: 0 });
  });
});

describe("law 6: nothing is lost on the way", () => {
  test("a lost bundle is healed by the next", async () => {
    const { district, street } = await openShared();
    createProject(street, "在丢失的包里");
    await send(street, district);
    createProject(street, "在下一个包里");
    await carry(street, district);
    expect(names(district)).toEqual(["在丢失的包里", "在下一个包里", "示例产业园"].sort());
  });

  test("a gap is named, the bundle parked, and taken in by itself when the gap closes", async () => {
    const { district, street } = await openShared();
    createProject(street, "在缺的包里");
    const missing = await send(street, district);
    street.store.sqlite.prepare("update link set acked_position = ?").run(street.journal.log.end());
    createProject(street, "在后一个包里");
    const parked = await carry(street, district);
    expect(parked).toMatchObject({ outcome: "parked", parked: 1 });
    expect(parked.summary).toContain(`缺 海军广场街道 第 ${missing.number} 号包`);
    expect(await take(district, missing)).toMatchObject({ outcome: "applied", released: [missing.number + 1] });
    expect(names(district)).toHaveLength(3);
  });

  test.each(["the same file once more", "the next start"])(
    "a parked bundle whose turn was cut short stays parked, and is taken in with %s",
    async (occasion) => {
      const { district, street } = await openShared();
      createProject(street, "在缺的包里");
      const missing = await send(street, district);
      street.store.sqlite.prepare("update link set acked_position = ?").run(street.journal.log.end());
      createProject(street, "在后一个包里");
      await carry(street, district);
      let begun = 0;
      const onProgress = ({ phase, done }: ImportStep) => {
        if (phase === "check" && done === 0 && ++begun === 2) throw new Failure("import_cancelled");
      };
      const cutShort = { ...district.context, onProgress };
      const report = await importBundle(cutShort, district.keys, missing.bytes, missing.fileName, "经办示例");
      expect(report).toMatchObject({ outcome: "applied", released: [], refused: 0 });
      expect(report.notes).toEqual([expect.stringContaining(`第 ${missing.number + 1} 号包还留着`)]);
      expect([names(district).length, readAll(district, "parked").length]).toEqual([2, 1]);
      if (occasion === "the next start") await takeUpParked(district.context);
      else expect(await take(district, missing)).toMatchObject({ outcome: "already", released: [missing.number + 1] });
      expect([names(district).length, readAll(district, "parked").length]).toEqual([3, 0]);
    },
  );
});

describe("law 7: all or nothing", () => {
  test("one record that breaks a rule keeps the good ones out as well", async () => {
    const { district, street } = await openShared();
    createProject(street, "好项目");
    record(street, [{ entity: "setting", id: "s", values: { key: "light.redAfterDays", value: "5", source: "测试" } }]);
    const before = contentOf(district.store);
    await expect(carry(street, district)).rejects.toMatchObject({ code: "authority_refused" });
    expect(contentOf(district.store)).toBe(before);
  });

  test("a spoilt file changes nothing, and is not changed itself", async () => {
    const { district, street } = await openShared();
    createProject(street, "好项目");
    const bundle = await send(street, district);
    bundle.bytes.writeUInt8(bundle.bytes.readUInt8(bundle.bytes.length - 1) ^ 1, bundle.bytes.length - 1);
    const [before, bytes] = [contentOf(district.store), Buffer.from(bundle.bytes)];
    await expect(take(district, bundle)).rejects.toMatchObject({ name: "Failure" });
    expect(contentOf(district.store)).toBe(before);
    expect(bundle.bytes).toEqual(bytes);
  });
});

describe("law 8: need to know", () => {
  test("a street gets its own projects; one that moves brings its history and retires where it was", async () => {
    const { district, street, project } = await openShared();
    const other = await enrol(district, OTHER_STREET, "other");
    const node = createNode(street, project, "主体封顶");
    await carry(street, district);
    await carry(district, other);
    expect(names(other)).toEqual([]);
    edit(district, project, { office_id: OTHER_STREET });
    edit(district, project, { owner: "搬家以后的业主" });
    await carry(district, other);
    await carry(district, street);
    expect(readAll(other, "project")).toMatchObject([{ name: "示例产业园", owner: "搬家以后的业主" }]);
    expect(readAll(other, "node")).toMatchObject([{ id: node, name: "主体封顶" }]);
    expect(readAll(street, "project")).toMatchObject([{ office_id: OTHER_STREET, owner: null }]);
  });
});

describe("law 9: authority", () => {
  const breaches: [string, (street: TestOffice, node: string) => void][] = [
    [
      "settings",
      (street) => record(street, [{ entity: "setting", id: "s", values: { key: "k", value: "5", source: "测试" } }]),
    ],
    ["reviews", (street, id) => record(street, [{ entity: "node", id, values: { audit_state: "approved" } }])],
    ["others' projects", (street) => createProject(street, "别处的项目", OTHER_STREET)],
  ];
  test.for(breaches)(
    "a street may not write %s: the whole bundle is refused, and the reason told",
    async ([, breach]) => {
      const { district, street, project } = await openShared();
      const node = createNode(street, project, "主体封顶");
      await carry(street, district);
      breach(street, node);
      const before = contentOf(district.store);
      await expect(carry(street, district)).rejects.toThrow("无权修改的内容");
      expect(contentOf(district.store)).toBe(before);
    },
  );
});

describe("law 10: versions may differ", () => {
  test("what an older program does not know is kept, passed on, and there after the upgrade", async () => {
    const { hub, office, write, carry, upgrade, lateFieldAt } = await openTwoVersions("newer", "today");
    write(hub, { name: "示例产业园", office_id: office.office.id, carbon_note: "甲级" });
    expect(await carry(hub, office)).toMatchObject({ outcome: "applied" });
    await upgrade(office);
    expect(lateFieldAt(office)).toEqual({ 示例产业园: "甲级" });
  });
});

describe("law 11: a wrong clock does not stop work", () => {
  test("data of 2099 is kept and flagged, and drags no other clock along", async () => {
    const { district, street, project } = await openShared();
    street.clock.now = Date.parse("2099-01-01T00:00:00Z");
    edit(street, project, { owner: "时钟超前的业主" });
    expect(await carry(street, district)).toMatchObject({ outcome: "applied", changed: 1, clockSuspect: 1 });
    const written = edit(district, project, { owner: "后来的业主" });
    expect(stampMs(written?.stamp ?? "")).toBeLessThan(Date.parse("2026-12-01T00:00:00Z"));
    await carry(district, street);
    expect(readAll(street, "project")).toMatchObject([{ owner: "后来的业主" }]);
  });
});

describe("law 12: deletion is a tombstone", () => {
  test("an archived record stays and can be brought back; delete against edit is a visible conflict", async () => {
    const { district, street, project } = await openShared();
    edit(district, project, { archived_on: "2026-11-22" });
    edit(street, project, { owner: "仍在推进的业主" });
    await carry(street, district);
    expect(conflictsAt(district)).toMatchObject([{ field: "archived_on", kind: "delete" }]);
    edit(district, project, { archived_on: null }, true);
    await carry(district, street);
    for (const office of [district, street]) {
      expect(conflictsAt(office)).toEqual([]);
      expect(readAll(office, "project")).toMatchObject([{ archived_on: null, owner: "仍在推进的业主" }]);
    }
  });
});

describe("law 13: every import ends in numbers", () => {
  test("added, changed, conflicts, refused, parked, missing attachments; and the records are there at once", async () => {
    const { district, street, project } = await openShared();
    edit(district, project, { owner: "区里的业主" });
    edit(street, project, { owner: "街道的业主" });
    createNode(street, project, "主体封顶");
    const photo = { project_id: project, name: "现场.jpg", hash: "a".repeat(64), size: 5, media_type: "image/jpeg" };
    record(street, [{ entity: "attachment", id: "photo", values: photo }]);
    const report = await carry(street, district);
    const numbers = { added: 2, changed: 1, conflicts: 1, refused: 0, parked: 0, missingAttachments: 1 };
    expect(report).toMatchObject({ outcome: "applied", ...numbers });
    expect(report.summary).toBe("海军广场街道第 2 号包：新增 2 条，修改 1 条，冲突 1 处，尚缺附件 1 个。");
    expect(readAll(district, "node")).toHaveLength(1);
  });
});

/** What the exchange must survive, and which files try it: each test bears the name of its fault. */
const faults = [
  "duplicate bundle",
  "same number with other bytes (fork alarm)",
  "out of order",
  "gap",
  "lost acknowledgement",
  "acknowledgement of something never sent",
  "wrong recipient",
  "writes outside scope",
  "cut off at any byte",
  "any bit flipped",
  "re-signed by another enrolled office",
  "unknown, revoked or expired key",
  "replay of an old hub bundle",
  "office restored from backup",
  "cloned PC with the same replica id",
  "hub restored from backup",
  "clock at 2099",
  "clock set back",
  "old office, new hub",
  "new office, old hub",
  "unknown optional field",
  "missing parent row",
  "project changes scope",
  "delete against edit",
  "killed at any step of export or import",
  "disk full (database disk, temp, USB)",
  "USB pulled out while writing",
  "decompression bomb, deep nesting, hostile names inside",
  "two programs open on one database",
];
const tests = resolve(import.meta.dirname, "..");
const testFiles = readdirSync(tests, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".test.ts"));
const triedIn = (fault: string) =>
  testFiles.filter((file) => readFileSync(join(tests, file), "utf8").includes(`fault "${fault}"`));

describe("faults to survive", () => {
  test.for(faults.map((fault) => [fault, triedIn(fault)] as const))("%s: tried in %s", ([, files]) => {
    expect(files).not.toEqual([]);
  });
});
