import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeSet } from "#journal/change-set.ts";
import type { Head } from "#journal/heads.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import { packSets } from "#journal/section/pack.ts";
import { stampMs } from "#journal/stamp.ts";
import { scopeOf } from "#journal/unknown-records.ts";
import { backupTo } from "#store/backup.ts";
import { recordsOfSubjects } from "#sync/scope.ts";
import { changesIn, logOf, openReplica, type Replica, receive, tablesOf, tempFolder } from "../helpers/replica.ts";

const project = (name: string) => ({ name, office_id: "o1", owner: "示例公司" });

function write(replica: Replica, id: string, values: Record<string, unknown>, settles = false) {
  replica.clock.now += 1000;
  return (
    replica.journal.write(replica.actor, "update_project", [{ entity: "project", id, values, settles }] as never)
      ?.stamp ?? null
  );
}

function heads(replica: Replica) {
  const rows = replica.store.sqlite.prepare("select * from field_heads where agreed = 0").all() as {
    field: string;
    heads: string;
    kind: string;
  }[];
  return rows.map((row) => ({ ...row, heads: JSON.parse(row.heads) as Head[] }));
}

function read(replica: Replica, id: string): Record<string, unknown> {
  return replica.store.sqlite.prepare("select * from project where id = ?").get(id) as Record<string, unknown>;
}

test("law 1: a write that fails validation leaves neither log nor tables nor clock changed", async () => {
  const a = await openReplica("a");
  write(a, "x", project("甲项目"));
  const before = [tablesOf(a.store), logOf(a), a.journal.log.tail()];
  expect(() =>
    a.journal.write(a.actor, "update_project", [
      { entity: "project", id: "x", values: { name: "乙项目" } },
      { entity: "project", id: "x", values: { total_investment: -1 } },
    ]),
  ).toThrow("总投资");
  expect([tablesOf(a.store), logOf(a), a.journal.log.tail()]).toEqual(before);
});

test("law 4: taking in the same change sets again changes nothing", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  write(a, "x", project("甲项目"));
  receive(b, logOf(a));
  const before = tablesOf(b.store);
  expect(receive(b, logOf(a))).toMatchObject({ added: 0, changed: 0, known: 1 });
  expect(tablesOf(b.store)).toEqual(before);
});

test("law 5: two writes that did not know of each other leave both values, both people and a winner", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  write(a, "x", project("甲项目"));
  receive(b, logOf(a));
  write(a, "x", { owner: "甲方说的公司" });
  b.clock.now += 60_000;
  write(b, "x", { owner: "乙方说的公司" });
  receive(a, logOf(b));
  receive(b, logOf(a));
  for (const replica of [a, b]) {
    expect(heads(replica)).toHaveLength(1);
    expect(heads(replica)[0]?.heads.map((head) => head.value)).toEqual(["乙方说的公司", "甲方说的公司"]);
    expect(read(replica, "x").owner).toBe("乙方说的公司");
  }
});

test("law 5: equal values written apart are no conflict, and later edits of them neither", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  write(a, "x", project("甲项目"));
  receive(b, logOf(a));
  write(a, "x", { owner: "同一公司" });
  write(b, "x", { owner: "同一公司" });
  receive(a, logOf(b));
  write(a, "x", { owner: "改名公司" });
  receive(b, logOf(a));
  for (const replica of [a, b]) {
    expect(heads(replica)).toEqual([]);
    expect(read(replica, "x").owner).toBe("改名公司");
  }
});

test("law 5: settling is itself a change and ends the conflict everywhere", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  write(a, "x", project("甲项目"));
  receive(b, logOf(a));
  write(a, "x", { owner: "一公司" });
  write(b, "x", { owner: "二公司" });
  receive(a, logOf(b));
  write(a, "x", { owner: "三公司" }, true);
  receive(b, logOf(a));
  for (const replica of [a, b]) {
    expect(heads(replica)).toEqual([]);
    expect(read(replica, "x").owner).toBe("三公司");
  }
});

test("law 5: keeping the value that already won settles too", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  write(a, "x", project("甲项目"));
  receive(b, logOf(a));
  write(a, "x", { owner: "一公司" });
  write(b, "x", { owner: "二公司" });
  receive(a, logOf(b));
  write(a, "x", { owner: read(a, "x").owner }, true);
  expect(heads(a)).toEqual([]);
});

test('law 11, fault "clock at 2099": it is flagged, its data kept, and it does not drag other clocks along', async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  a.clock.now = Date.parse("2099-01-01T00:00:00Z");
  write(a, "x", project("未来项目"));
  expect(receive(b, logOf(a))).toMatchObject({ added: 1, clockSuspect: 1 });
  const stamp = write(b, "x", { owner: "后来的公司" });
  expect(stampMs(stamp ?? "")).toBeLessThan(Date.parse("2026-12-01T00:00:00Z"));
  receive(a, logOf(b));
  expect(read(a, "x").owner).toBe("后来的公司");
  expect(heads(a)).toEqual([]);
});

test("law 11: a clock years behind is flagged, its data kept, and what it writes upon others' counts", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  a.clock.now = Date.parse("2001-01-01T00:00:00Z");
  write(a, "x", project("旧钟项目"));
  expect(receive(b, logOf(a))).toMatchObject({ added: 1, clockSuspect: 1 });
  write(b, "x", { owner: "后来的公司" });
  receive(a, logOf(b));
  write(a, "x", { owner: "再后来的公司" });
  expect(receive(b, logOf(a))).toMatchObject({ changed: 1, clockSuspect: 1 });
  expect(read(b, "x").owner).toBe("再后来的公司");
  expect(heads(b)).toEqual([]);
});

test('law 11, fault "clock set back": it keeps counting upward', async () => {
  const a = await openReplica("a");
  const first = write(a, "x", project("甲项目")) ?? "";
  a.clock.now = Date.parse("2001-01-01T00:00:00Z");
  const second = write(a, "x", { owner: "某公司" }) ?? "";
  expect(second > first).toBe(true);
});

test('law 5, fault "copied database": two copies whose clocks are led by another office give different stamps', async () => {
  const [fast, original] = [await openReplica("fast"), await openReplica("a")];
  fast.clock.now += 5 * 3_600_000;
  write(fast, "x", project("甲项目"));
  receive(original, logOf(fast));
  const folder = tempFolder();
  backupTo(original.store.sqlite, join(folder, "lianxinqiao.db"));
  const copy = await openReplica("a", folder);
  write(original, "x", { owner: "一公司" });
  write(copy, "x", { owner: "二公司" });
  // Both run on, and the same bundle leads both clocks again.
  write(fast, "x", { name: "乙项目" });
  for (const replica of [original, copy]) receive(replica, logOf(fast));
  write(original, "x", { owner: "三公司" });
  write(copy, "x", { owner: "四公司" });
  const stamps = [original, copy].flatMap((replica) => logOf(replica).map(({ stamp }) => stamp));
  expect(new Set(stamps).size).toBe(2 + 4);
});

test('law 5, fault "copied database": two copies whose clock ran ahead and was set back give different stamps', async () => {
  const [folder, other] = [tempFolder(), tempFolder()];
  const first = await openReplica("a", folder);
  first.clock.now += 5 * 3_600_000;
  write(first, "x", project("甲项目"));
  backupTo(first.store.sqlite, join(other, "lianxinqiao.db"));
  first.store.close();
  const stamps = [];
  for (const place of [folder, other]) stamps.push(write(await openReplica("a", place), "x", { owner: "一公司" }));
  expect(new Set(stamps).size).toBe(2);
});

test('law 12, fault "delete against edit": archiving against an edit is a visible conflict, and either settling ends it', async () => {
  for (const keep of [null, "2026-11-22"]) {
    const [a, b] = [await openReplica("a"), await openReplica("b")];
    write(a, "x", project("甲项目"));
    receive(b, logOf(a));
    write(a, "x", { archived_on: "2026-11-22" });
    write(b, "x", { owner: "新业主" });
    receive(a, logOf(b));
    receive(b, logOf(a));
    for (const replica of [a, b]) expect(heads(replica)).toMatchObject([{ field: "archived_on", kind: "delete" }]);
    write(b, "x", { archived_on: keep }, true);
    receive(a, logOf(b));
    for (const replica of [a, b]) {
      expect(heads(replica)).toEqual([]);
      expect(read(replica, "x")).toMatchObject({ archived_on: keep, owner: "新业主" });
    }
  }
});

test("law 10: fields and entities of a newer program stay in the log and are passed on", async () => {
  const [a, b] = [await openReplica("a"), await openReplica("b")];
  write(a, "x", project("甲项目"));
  const [set] = logOf(a);
  if (!set) throw new Error("the log is empty");
  const stamp = `${set.stamp.slice(0, 11)}z${set.stamp.slice(12)}`;
  const future: ChangeSet = {
    ...set,
    stamp,
    records: [
      { entity: "project", id: "y", values: { name: "乙", office_id: "o1", hologram: "新" }, replaced: null },
      { entity: "robot", id: "r", values: { name: "机器人", project_id: "y" }, replaced: null },
    ],
  };
  const { packed } = packSets([future], (entity) =>
    entity === "robot" ? { by: "project", column: "project_id" } : scopeOf(b.store)(entity),
  );
  b.store.transaction(() => b.journal.ingest([{ packed, seal: null }], 0, "peer"));
  expect(read(b, "y")).toMatchObject({ name: "乙" });
  const passedOn = changesIn(b);
  expect(passedOn).toContainEqual(future.records[0]);
  expect(passedOn).toContainEqual(future.records[1]);
  expect(recordsOfSubjects(b.store, ["y"])).toMatchObject([{ entity: "project" }, { entity: "robot", id: "r" }]);
});

/** One step of a random history over three offices and two projects. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant("edit" as const),
    at: fc.nat(2),
    row: fc.nat(1),
    field: fc.constantFrom("owner", "stage", "total_investment"),
    value: fc.nat(3),
  }),
  fc.record({
    kind: fc.constantFrom("archive" as const, "restore" as const, "settle" as const),
    at: fc.nat(2),
    row: fc.nat(1),
  }),
  fc.record({ kind: fc.constant("send" as const), from: fc.nat(2), to: fc.nat(2), seed: fc.nat() }),
  fc.record({ kind: fc.constant("clock" as const), at: fc.nat(2), hours: fc.integer({ min: -50, max: 50 }) }),
);
const stages = ["planned", "preparatory", "started", "in_production"];
const valueFor = (field: string, value: number) =>
  field === "stage" ? stages[value] : field === "owner" ? `公司${value}` : value * 100;

test("laws 2 and 3: replicas that saw the same change sets hold the same tables, and the log rebuilds them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.nat(), async (steps, finalSeed) => {
      const replicas = [await openReplica("a"), await openReplica("b"), await openReplica("c")];
      const pick = (index: number) => replicas[index] as Replica;
      write(pick(0), "x", project("甲"));
      write(pick(0), "y", project("乙"));
      for (const replica of replicas.slice(1)) receive(replica, logOf(pick(0)));
      for (const entry of steps) run(entry, pick);
      const everything = shuffled(
        replicas.flatMap((replica) => logOf(replica)),
        finalSeed,
      );
      for (const replica of replicas) {
        // One by one, in a random order, with everything twice.
        for (const set of [...everything, ...everything]) receive(replica, [set]);
      }
      const tables = replicas.map((replica) => tablesOf(replica.store));
      expect(tables[1]).toEqual(tables[0]);
      expect(tables[2]).toEqual(tables[0]);
      rebuildTables(pick(1).store);
      expect(tablesOf(pick(1).store)).toEqual(tables[0]);
    }),
    { numRuns: 60 },
  );
});

function run(entry: typeof step extends fc.Arbitrary<infer T> ? T : never, pick: (index: number) => Replica): void {
  if (entry.kind === "clock") {
    pick(entry.at).clock.now += entry.hours * 3_600_000;
    return;
  }
  if (entry.kind === "send") {
    receive(pick(entry.to), shuffled(logOf(pick(entry.from)), entry.seed));
    return;
  }
  const replica = pick(entry.at);
  const id = entry.row === 0 ? "x" : "y";
  const archived = read(replica, id).archived_on !== null;
  if (entry.kind === "archive") write(replica, id, { archived_on: "2026-11-22" });
  if (entry.kind === "restore") write(replica, id, { archived_on: null });
  if (entry.kind === "edit" && !archived) write(replica, id, { [entry.field]: valueFor(entry.field, entry.value) });
  if (entry.kind === "settle") {
    for (const conflict of heads(replica)) {
      const rowId = String((conflict as unknown as { row_id: string }).row_id);
      const row = read(replica, rowId);
      if (row.archived_on === null || conflict.field === "archived_on") {
        write(replica, rowId, { [conflict.field]: row[conflict.field] }, true);
      }
    }
  }
}

/** A deterministic shuffle. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed + 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, key: next() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);
}
