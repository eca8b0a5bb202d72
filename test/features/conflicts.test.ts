/** Conflicts side by side, and who may settle them. */
import { expect, test } from "vitest";
import { exchange } from "#features/exchange.ts";
import { projects } from "#features/projects/projects.ts";
import type { Write } from "#journal/journal.ts";
import { CITY, type Desk, DISTRICT, failure, OTHER_STREET, openDesk, put, STREET, TODAY } from "../helpers/office.ts";
import { logOf, openReplica, receive } from "../helpers/replica.ts";

/** Another office writes the record without knowing of what the desk then writes to it. */
async function contest(desk: Desk, theirs: Write, ours: Write): Promise<void> {
  const other = await openReplica("other");
  receive(other, logOf(desk));
  desk.clock.now += 60_000;
  other.clock.now = desk.clock.now;
  const actor = { officeId: DISTRICT, officeName: "甘井子区", personId: "p-other", personName: "王演示" };
  other.journal.write(actor, "update_project", [theirs]);
  desk.clock.now += 1000;
  desk.journal.write(desk.actor, "update_project", [ours]);
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
  expect((await projects.history(desk.office, { id })).entries[0]?.action).toBe("处理冲突");
  await failure(() => settle(desk, conflict?.id ?? "", { value: "再来一次" }), "conflict_settled");
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
