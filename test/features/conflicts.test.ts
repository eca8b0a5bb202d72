/** Conflicts side by side, and who may settle them. */
import { expect, test } from "vitest";
import type { ConflictFilter } from "#contract/exchange.ts";
import { failureText } from "#domain/failure.ts";
import { exchange } from "#features/exchange.ts";
import { tableOf } from "#features/lists/lists.ts";
import { conflictCounts, countConflicts } from "#features/projects/conflict-counts.ts";
import { projects } from "#features/projects/projects.ts";
import type { Write } from "#journal/journal.ts";
import {
  CITY,
  type Desk,
  DISTRICT,
  failure,
  OTHER_STREET,
  openDesk,
  put,
  STREET,
  TODAY,
  undo,
} from "../helpers/office.ts";
import { logOf, openReplica, receive } from "../helpers/replica.ts";

const them = { officeId: DISTRICT, officeName: "甘井子区", personId: "p-other", personName: "王演示" };

/** Another office writes the records without knowing of what the desk then writes to them. */
async function contest(desk: Desk, theirs: Write | Write[], ours: Write | Write[]): Promise<void> {
  const other = await openReplica("other");
  receive(other, logOf(desk));
  desk.clock.now += 60_000;
  other.clock.now = desk.clock.now;
  other.journal.write(them, "update_project", [theirs].flat());
  desk.clock.now += 1000;
  desk.journal.write(desk.actor, "update_project", [ours].flat());
  receive(desk, logOf(other));
}

const list = (desk: Desk) => exchange.conflicts(desk.office, undefined);
const settle = (desk: Desk, conflictId: string, choice: { stamp: string } | { value: string | null }) =>
  exchange.settle(desk.office, { conflictId, choice });

test("both values stand side by side with people and times; choosing one settles it as a change of its own", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { owner: "原单位" });
  await contest(
    desk,
    { entity: "project", id, values: { owner: "区里写的" } },
    { entity: "project", id, values: { owner: "街道写的" } },
  );
  const [conflict] = await list(desk);
  expect(conflict).toMatchObject({ kind: "edit", fieldLabel: "项目单位", projectId: id });
  expect(conflict?.sides.map(({ value, person, won }) => [value, person, won])).toEqual([
    ["街道写的", "张示例", true],
    ["区里写的", "王演示", false],
  ]);
  await settle(desk, conflict?.id ?? "", { stamp: conflict?.sides[1]?.stamp ?? "" });
  expect(await list(desk)).toEqual([]);
  expect((await projects.get(desk.office, { id, asOf: TODAY })).project.owner).toBe("区里写的");
  expect((await projects.history(desk.office, { id, limit: 100 })).entries[0]?.action).toBe("处理冲突");
  await failure(() => settle(desk, conflict?.id ?? "", { value: "再来一次" }), "conflict_settled");
});

test("open conflicts are a list, narrowed as they are seen: what is contested, both values, who wrote them when", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { name: "轴承产业园", owner: "原单位" });
  await contest(
    desk,
    { entity: "project", id, values: { owner: "区里写的", region: "区里的" } },
    { entity: "project", id, values: { owner: "街道写的", region: "街道的" } },
  );
  const columns = ["project", "record", "field", "used", "others"].map((key) => ({ key, width: 100 }));
  const of = (filter: ConflictFilter) => tableOf(desk.office, { list: "conflicts", filter }, columns, TODAY);
  const all = await of({ field: null, office: null });
  expect([all.title, all.conditions, all.lines.length]).toEqual(["待处理的冲突", [], 2]);
  const { conditions, lines } = await of({ field: "项目·项目单位", office: "甘井子区" });
  expect(conditions).toEqual(["项目·项目单位", "与甘井子区的"]);
  expect(lines.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    [
      "轴承产业园",
      "项目 轴承产业园",
      "项目单位",
      expect.stringMatching(/^街道写的（甘井子街道 张示例，2026-11-22 .*）$/),
      expect.stringMatching(/^区里写的（甘井子区 王演示，2026-11-22 .*）$/),
    ],
  ]);
  expect((await of({ field: null, office: "瓦房店市" })).lines).toEqual([]);
});

test("a street does not settle for a review decision", async () => {
  const desk = await openDesk(STREET);
  const project_id = put(desk, "project", {});
  const id = put(desk, "node", { project_id, actual_on: TODAY, audit_state: "submitted" });
  await contest(
    desk,
    { entity: "node", id, values: { audit_state: "approved" } },
    { entity: "node", id, values: { audit_state: "draft" } },
  );
  const [conflict] = await list(desk);
  const approved = conflict?.sides.find(({ value }) => value === "审核通过")?.stamp ?? "";
  await failure(() => settle(desk, conflict?.id ?? "", { stamp: approved }), "not_permitted");
  expect(await list(desk)).toHaveLength(1);
});

test("an office settles neither the city's records nor people of other offices", async () => {
  const desk = await openDesk(STREET);
  await contest(
    desk,
    { entity: "office", id: OTHER_STREET, values: { aliases: "甲" } },
    { entity: "office", id: OTHER_STREET, values: { aliases: "乙" } },
  );
  const person = put(desk, "person", { office_id: OTHER_STREET });
  await contest(
    desk,
    { entity: "person", id: person, values: { phone: "1" } },
    { entity: "person", id: person, values: { phone: "2" } },
  );
  const conflicts = await list(desk);
  expect(conflicts.map(({ entityLabel }) => entityLabel).sort()).toEqual(["人员", "单位"]);
  for (const { id } of conflicts) await failure(() => settle(desk, id, { value: "3" }), "not_permitted");
});

test("a project that has moved away is settled where it is now", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", {});
  await contest(
    desk,
    { entity: "project", id, values: { owner: "甲", office_id: CITY } },
    { entity: "project", id, values: { owner: "乙" } },
  );
  const [conflict] = await list(desk);
  await failure(() => settle(desk, conflict?.id ?? "", { value: "丙" }), "out_of_scope");
});

test("how a conflict came about can be read write by write, the latest first", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { owner: "原单位" });
  await contest(
    desk,
    { entity: "project", id, values: { owner: "区里写的", address: "别的" } },
    { entity: "project", id, values: { owner: "街道写的" } },
  );
  const [conflict] = await list(desk);
  const steps = await exchange.conflictHistory(desk.office, { conflictId: conflict?.id ?? "" });
  expect(
    steps.map(({ person, isSide, changes }) => [person, isSide, ...changes.map((c) => [c.before, c.after])]),
  ).toEqual([
    ["张示例", true, ["原单位", "街道写的"]],
    ["王演示", true, ["原单位", "区里写的"]],
    ["张示例", false, ["", "原单位"]],
  ]);
});

test("the history of an archived record that was also edited tells of all its fields", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { name: "轴承厂" });
  await contest(
    desk,
    { entity: "project", id, values: { owner: "区里写的", address: "某路" } },
    { entity: "project", id, values: { archived_on: TODAY } },
  );
  const [conflict] = await list(desk);
  expect(conflict).toMatchObject({ kind: "delete", sides: [{ value: "归档", isOurs: true }, { isOurs: false }] });
  const steps = await exchange.conflictHistory(desk.office, { conflictId: conflict?.id ?? "" });
  expect(steps.map(({ isSide, changes }) => [isSide, changes.length > 1])).toEqual([
    [true, false],
    [true, true],
    [false, true],
  ]);
});

test("the day of 形象进度 follows the value that is chosen; a new value is of today", async () => {
  const theirs = { image_progress: "区里：封顶", as_of: "2026-10-31" };
  const ours = { image_progress: "街道：主体", as_of: "2026-11-20" };
  const choices = [
    [() => "区里：封顶", "2026-10-31"],
    [() => "街道：主体", "2026-11-20"],
    [() => ({ value: "核定：八成" }), TODAY],
    [() => ({ value: null }), "2026-11-20"],
  ] as const;
  for (const [choose, day] of choices) {
    const desk = await openDesk(STREET);
    const id = put(desk, "project", {});
    await contest(desk, { entity: "project", id, values: theirs }, { entity: "project", id, values: ours });
    const conflict = (await list(desk)).find(({ field }) => field === "image_progress");
    const chosen = choose();
    const stamp = conflict?.sides.find(({ value }) => value === chosen)?.stamp ?? "";
    await settle(desk, conflict?.id ?? "", typeof chosen === "string" ? { stamp } : chosen);
    expect((await projects.get(desk.office, { id, asOf: TODAY })).project.as_of).toBe(day);
    // Emptying says nothing of the day; else the day's own conflict is settled along.
    const isEmptied = typeof chosen !== "string" && chosen.value === null;
    expect((await list(desk)).map(({ field }) => field)).toEqual(isEmptied ? ["as_of"] : []);
  }
});

test("a side that gave no day counts as of the day it was written", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { as_of: "2025-01-01" });
  const write = (image_progress: string): Write => ({ entity: "project", id, values: { image_progress } });
  await contest(desk, write("封顶"), write("主体"));
  const [conflict] = await list(desk);
  await settle(desk, conflict?.id ?? "", { stamp: conflict?.sides[1]?.stamp ?? "" });
  expect((await projects.get(desk.office, { id, asOf: TODAY })).project).toMatchObject({
    image_progress: "封顶",
    as_of: TODAY,
  });
});

/** A street's desk with `count` projects whose owner both the street and its district wrote. */
async function contestedDesk(count: number) {
  const desk = await openDesk(STREET);
  const ids = Array.from({ length: count }, (_, at) => put(desk, "project", { name: `项目${at}`, owner: "原单位" }));
  const write = (owner: string) => ids.map((id): Write => ({ entity: "project", id, values: { owner } }));
  await contest(desk, write("区里写的"), write("街道写的"));
  const conflictIds = (await list(desk)).map(({ id }) => id);
  const owners = () => new Set(desk.store.sqlite.prepare("select owner from project").pluck().all());
  return { desk, ids, conflictIds, owners };
}

test("a rule settles many at once, as its preview said, and all of it can be taken back", async () => {
  for (const count of [3, 80]) {
    const { desk, conflictIds, owners } = await contestedDesk(count);
    expect(conflictIds).toHaveLength(count);
    const end = desk.journal.log.end();
    const preview = await exchange.previewSettling(desk.office, { rule: "theirs", conflictIds });
    expect(preview).toMatchObject({ settledTotal: count, changedTotal: count, skipped: [] });
    expect(preview.items[0]).toMatchObject({ fieldLabel: "项目单位", before: "街道写的", after: "区里写的" });
    expect(preview.items[0]?.from).toContain("甘井子区 王演示");
    expect(desk.journal.log.end()).toBe(end);
    const done = await exchange.settleByRule(desk.office, { rule: "theirs", conflictIds, digest: preview.digest });
    expect(done.settled).toBe(count);
    expect(desk.journal.log.end()).toBe(end + 1);
    expect(await list(desk)).toEqual([]);
    expect(owners()).toEqual(new Set(["区里写的"]));
    await undo(desk, done);
    expect(owners()).toEqual(new Set(["街道写的"]));
  }
});

test("each rule takes what its name says", async () => {
  for (const [rule, owner, changed] of [
    ["ours", "街道写的", 0],
    ["theirs", "区里写的", 2],
    ["newest", "街道写的", 0],
  ] as const) {
    const { desk, conflictIds, owners } = await contestedDesk(2);
    const preview = await exchange.previewSettling(desk.office, { rule, conflictIds });
    expect(preview).toMatchObject({ settledTotal: 2, changedTotal: changed });
    const done = await exchange.settleByRule(desk.office, { rule, conflictIds, digest: preview.digest });
    expect(owners()).toEqual(new Set([owner]));
    expect(await list(desk)).toEqual([]);
    expect(done.changeSet === null).toBe(changed === 0);
  }
});

test("taking a settling back brings the value again that was shown, whichever side came first", async () => {
  for (const rule of ["ours", "theirs"] as const) {
    const { desk, ids, owners } = await contestedDesk(2);
    const [id = ""] = ids;
    const late = await openReplica("late");
    receive(late, logOf(desk).slice(0, -2));
    late.clock.now = desk.clock.now + 5000;
    late.journal.write(them, "update_project", [{ entity: "project", id, values: { address: "区里后写的" } }]);
    desk.journal.write(desk.actor, "update_project", [{ entity: "project", id, values: { address: "街道先写的" } }]);
    receive(desk, logOf(late));
    const conflictIds = (await list(desk)).map((conflict) => conflict.id);
    const { digest } = await exchange.previewSettling(desk.office, { rule, conflictIds });
    const done = await exchange.settleByRule(desk.office, { rule, conflictIds, digest });
    expect(done.settled).toBe(3);
    await undo(desk, done);
    expect(owners()).toEqual(new Set(["街道写的"]));
    expect((await projects.get(desk.office, { id, asOf: TODAY })).project.address).toBe("区里后写的");
    await failure(() => undo(desk, done), "nothing_to_undo");
  }
});

test("a rule leaves open what it does not decide, what belongs elsewhere and what was not asked for", async () => {
  const { desk, ids, conflictIds } = await contestedDesk(3);
  const [moved = "", third = ""] = ids;
  desk.journal.write(desk.actor, "update_project", [{ entity: "project", id: moved, values: { office_id: CITY } }]);
  const other = await openReplica("third");
  receive(other, logOf(desk));
  const late = await openReplica("late");
  receive(late, logOf(desk).slice(0, 4));
  late.clock.now = desk.clock.now + 5000;
  late.journal.write({ ...them, personName: "赵示例" }, "update_project", [
    { entity: "project", id: third, values: { owner: "第三方写的" } },
  ]);
  receive(desk, logOf(late));
  const asked = conflictIds.filter((id) => id.includes(moved) || id.includes(third));
  const preview = await exchange.previewSettling(desk.office, { rule: "theirs", conflictIds: asked });
  expect(preview.settledTotal).toBe(0);
  expect(preview.skipped.map(({ reason, count }) => [reason, count])).toEqual([
    ["几方写的不同，请逐处处理", 1],
    [failureText("out_of_scope"), 1],
  ]);
  const act = () => exchange.settleByRule(desk.office, { rule: "theirs", conflictIds: asked, digest: preview.digest });
  await failure(act, "conflict_settled");
  expect(await list(desk)).toHaveLength(3);
});

test("a rule takes the day along with each 形象进度 it takes, and its own conflict with it", async () => {
  const desk = await openDesk(STREET);
  const ids = Array.from({ length: 60 }, () => put(desk, "project", {}));
  const write = (image_progress: string, day: string) =>
    ids.map((id, at): Write => {
      const as_of = `${day}-${String((at % 28) + 1).padStart(2, "0")}`;
      return { entity: "project", id, values: { image_progress, as_of } };
    });
  await contest(desk, write("区里：封顶", "2026-10"), write("街道：主体", "2026-11"));
  const conflictIds = (await list(desk)).filter(({ field }) => field === "image_progress").map(({ id }) => id);
  const { digest } = await exchange.previewSettling(desk.office, { rule: "theirs", conflictIds });
  await exchange.settleByRule(desk.office, { rule: "theirs", conflictIds, digest });
  expect(await list(desk)).toEqual([]);
  const progress = desk.store.sqlite.prepare("select image_progress, as_of from project where id = ?").raw();
  expect(progress.get(ids[0])).toEqual(["区里：封顶", "2026-10-01"]);
  expect(progress.get(ids[27])).toEqual(["区里：封顶", "2026-10-28"]);
});

test("the latest is not taken where a clock may be wrong", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", { owner: "原单位" });
  const other = await openReplica("other");
  receive(other, logOf(desk));
  other.clock.now = desk.clock.now + 400 * 24 * 3_600_000;
  other.journal.write(them, "update_project", [{ entity: "project", id, values: { owner: "明年写的" } }]);
  desk.journal.write(desk.actor, "update_project", [{ entity: "project", id, values: { owner: "今天写的" } }]);
  receive(desk, logOf(other));
  const conflictIds = (await list(desk)).map((conflict) => conflict.id);
  const preview = await exchange.previewSettling(desk.office, { rule: "newest", conflictIds });
  expect(preview).toMatchObject({ settledTotal: 0, skipped: [{ count: 1 }] });
  expect(preview.skipped[0]?.reason).toContain("时钟");
});

test("what changed after the preview is not settled unseen", async () => {
  const { desk, ids, conflictIds } = await contestedDesk(2);
  const { digest } = await exchange.previewSettling(desk.office, { rule: "newest", conflictIds });
  const late = await openReplica("late");
  receive(late, logOf(desk).slice(0, 3));
  late.clock.now = desk.clock.now + 5000;
  late.journal.write(them, "update_project", [{ entity: "project", id: ids[0] ?? "", values: { owner: "刚到的" } }]);
  receive(desk, logOf(late));
  const end = desk.journal.log.end();
  await failure(() => exchange.settleByRule(desk.office, { rule: "newest", conflictIds, digest }), "stale_edit");
  expect(desk.journal.log.end()).toBe(end);
});

test("a project counts its own conflicts and those of its records, however many projects are asked for", async () => {
  const desk = await openDesk(STREET);
  const [busy, quiet] = [put(desk, "project", {}), put(desk, "project", {})];
  const node = put(desk, "node", { project_id: busy });
  const written = (by: string): Write[] => [
    { entity: "project", id: busy, values: { owner: by, sponsor: by } },
    { entity: "node", id: node, values: { completion_note: by } },
    { entity: "person", id: desk.actor.personId, values: { phone: by } },
  ];
  await contest(desk, written("区里写的"), written("街道写的"));
  const others = Array.from({ length: 10 }, () => put(desk, "project", {}));
  expect(countConflicts(desk.store)).toBe(4);
  for (const asked of [[busy], [quiet, busy], [busy, quiet, ...others]]) {
    const counts = conflictCounts(desk.store, asked);
    expect(asked.map((id) => counts.get(id) ?? 0)).toEqual(asked.map((id) => (id === busy ? 3 : 0)));
  }
});
