/** every node is audited; what has been sent up is locked until it comes back. */
import { expect, test } from "vitest";
import type { NodeRow } from "#contract/ledger.ts";
import { nodes } from "#features/nodes.ts";
import { projects } from "#features/projects/projects.ts";
import {
  CITY,
  type Desk,
  DISTRICT,
  elsewhere,
  failure,
  openDesk,
  put,
  STREET,
  TODAY,
  undo,
} from "../helpers/office.ts";

async function nodeOf(desk: Desk, projectId: string): Promise<NodeRow> {
  const page = await projects.get(desk.office, { id: projectId, asOf: TODAY });
  const [first] = page.nodes;
  if (!first) throw new Error("the project has no node");
  return first;
}

async function withNode(
  officeId: string,
  values: Record<string, string | number | null> = { actual_on: "2026-11-20" },
) {
  const desk = await openDesk(officeId);
  const projectId = put(desk, "project", {});
  const { id } = await nodes.save(desk.office, {
    projectId,
    values: { name: "施工许可证", planned_on: "2026-11-25", ...values },
  });
  return { desk, projectId, id };
}

/** The nodes among the lines of a month. */
async function nodesOfMonth(desk: Desk, month: string, includeOverdue: boolean) {
  const shown = { group: "day", offset: 0, limit: 500 } as const;
  const { rows } = await nodes.month(desk.office, { month, asOf: TODAY, includeOverdue, ...shown, lights: [] });
  return rows.flatMap((line) => ("node" in line ? [line.node] : []));
}

test("a new node is a draft, takes the next place and can be changed", async () => {
  const { desk, projectId, id } = await withNode(STREET, {});
  const second = await nodes.save(desk.office, { projectId, values: { name: "正式开工", planned_on: "2026-12-01" } });
  await nodes.save(desk.office, { id, projectId, values: { responsible_person: "李样本", actual_on: TODAY } });
  const page = await projects.get(desk.office, { id: projectId, asOf: TODAY });
  expect(page.nodes.map(({ id: nodeId, position, audit_state }) => [nodeId, position, audit_state])).toEqual([
    [id, 1, "draft"],
    [second.id, 2, "draft"],
  ]);
  expect(page.nodes[0]).toMatchObject({ responsible_person: "李样本", actual_on: TODAY, acts: ["submit"] });
});

test("a completion later than today is refused", async () => {
  const { desk, projectId, id } = await withNode(STREET);
  const sentence = await failure(
    () => nodes.save(desk.office, { id, projectId, values: { actual_on: "2026-11-23" } }),
    "future_date",
  );
  expect(sentence).toBe("实际完成日期不能晚于今天（2026-11-22）。");
});

test("the audit fields cannot be typed into the form", async () => {
  const { desk, projectId, id } = await withNode(STREET);
  await failure(() => nodes.save(desk.office, { id, projectId, values: { audit_state: "approved" } }), "invalid_value");
  await failure(
    () => nodes.save(desk.office, { projectId, values: { name: "甲", review_note: "好" } }),
    "invalid_value",
  );
});

test("a node is locked while it is sent up and after it is approved, and open again when it comes back", async () => {
  const { desk, projectId, id } = await withNode(DISTRICT);
  const change = () => nodes.save(desk.office, { id, projectId, values: { completion_note: "已完成" } });
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  expect(await failure(change, "locked")).toContain("已上报，不能修改");
  await failure(() => nodes.archive(desk.office, { id }), "locked");
  await nodes.review(desk.office, { ids: [id], act: "approve" });
  expect(await failure(change, "locked")).toContain("已审核通过");
  await failure(() => nodes.review(desk.office, { ids: [id], act: "reopen" }), "reason_required");
  await nodes.review(desk.office, { ids: [id], act: "reopen", reason: "日期有误" });
  await change();
  expect(await nodeOf(desk, projectId)).toMatchObject({ audit_state: "returned", review_note: "日期有误" });
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  expect(await nodeOf(desk, projectId)).toMatchObject({ audit_state: "submitted", submitted_on: TODAY });
});

test("a street sends up and takes back, but does not review", async () => {
  const { desk, projectId, id } = await withNode(STREET);
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  expect((await nodeOf(desk, projectId)).acts).toEqual(["withdraw"]);
  expect(await failure(() => nodes.review(desk.office, { ids: [id], act: "approve" }), "not_permitted")).toContain(
    "甘井子街道",
  );
  await failure(() => nodes.review(desk.office, { ids: [id], act: "return", reason: "补材料" }), "not_permitted");
  await nodes.review(desk.office, { ids: [id], act: "withdraw" });
  expect(await nodeOf(desk, projectId)).toMatchObject({ audit_state: "draft", submitted_on: null, acts: ["submit"] });
});

test("only the office that sent a node up takes it back; others return it with a reason", async () => {
  const { desk, projectId, id } = await withNode(CITY);
  const street = { ...desk.actor, officeId: STREET, officeName: "甘井子街道" };
  elsewhere(desk).write(street, "submit_node", [{ entity: "node", id, values: { audit_state: "submitted" } }]);
  expect((await nodeOf(desk, projectId)).acts).toEqual(["approve", "return"]);
  const sentence = await failure(() => nodes.review(desk.office, { ids: [id], act: "withdraw" }), "not_permitted");
  expect(sentence).toContain("应由甘井子街道办理");
});

test("returning and reopening need a reason", async () => {
  const { desk, projectId, id } = await withNode(DISTRICT);
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  await failure(() => nodes.review(desk.office, { ids: [id], act: "return" }), "reason_required");
  await nodes.review(desk.office, { ids: [id], act: "return", reason: "缺批复文号" });
  expect(await nodeOf(desk, projectId)).toMatchObject({
    audit_state: "returned",
    review_note: "缺批复文号",
    reviewed_on: TODAY,
  });
});

test("a node without the day of completion is not sent up, and then none of the chosen nodes is", async () => {
  const { desk, projectId, id } = await withNode(STREET);
  const open = await nodes.save(desk.office, { projectId, values: { name: "正式开工" } });
  const sentence = await failure(
    () => nodes.review(desk.office, { ids: [id, open.id], act: "submit" }),
    "completion_incomplete",
  );
  expect(sentence).toContain("正式开工");
  expect((await nodeOf(desk, projectId)).audit_state).toBe("draft");
});

test("saving and sending up is one act: one undo takes both back, and without a day neither is done", async () => {
  const { desk, projectId, id } = await withNode(STREET, {});
  const save = (values: Record<string, string>) => nodes.save(desk.office, { id, projectId, values, submit: true });
  await failure(() => save({ completion_note: "已领证" }), "completion_incomplete");
  expect((await nodeOf(desk, projectId)).completion_note).toBeNull();
  const { changeSet } = await save({ completion_note: "已领证", actual_on: TODAY });
  expect(await nodeOf(desk, projectId)).toMatchObject({
    audit_state: "submitted",
    submitted_on: TODAY,
    actual_on: TODAY,
  });
  await undo(desk, { changeSet });
  expect(await nodeOf(desk, projectId)).toMatchObject({ audit_state: "draft", actual_on: null, completion_note: null });
});

test("an act that does not fit the state is refused in words", async () => {
  const { desk, id } = await withNode(DISTRICT);
  const sentence = await failure(() => nodes.review(desk.office, { ids: [id], act: "approve" }), "review_refused");
  expect(sentence).toBe("节点“施工许可证”当前为“草稿”，不能审核通过。请刷新后核对；下一步应由填报单位上报。");
});

test("several nodes are reviewed in one change set", async () => {
  const { desk, projectId, id } = await withNode(DISTRICT);
  const other = await nodes.save(desk.office, { projectId, values: { name: "正式开工", actual_on: TODAY } });
  const { changeSet } = await nodes.review(desk.office, { ids: [id, other.id], act: "submit" });
  const history = await projects.history(desk.office, { id: projectId, limit: 100 });
  const entries = history.entries.filter((entry) => entry.changeSet === changeSet);
  expect(entries.map(({ action }) => action)).toEqual(["上报节点", "上报节点"]);
});

test("nodes of archived projects and of other offices' projects are not touched", async () => {
  const { desk, projectId, id } = await withNode(STREET);
  await projects.archive(desk.office, { id: projectId });
  await failure(() => nodes.save(desk.office, { id, projectId, values: { name: "乙" } }), "archived");
  await failure(() => nodes.review(desk.office, { ids: [id], act: "submit" }), "archived");
  const foreign = put(desk, "project", { office_id: "210202" });
  const theirs = put(desk, "node", { project_id: foreign, actual_on: TODAY });
  await failure(() => nodes.save(desk.office, { projectId: foreign, values: { name: "丙" } }), "out_of_scope");
  await failure(() => nodes.review(desk.office, { ids: [theirs], act: "submit" }), "out_of_scope");
});

test("an archived node comes back as it was", async () => {
  const { desk, projectId, id } = await withNode(STREET);
  await nodes.archive(desk.office, { id });
  expect((await projects.get(desk.office, { id: projectId, asOf: TODAY })).nodes).toEqual([]);
  await failure(() => nodes.save(desk.office, { id, projectId, values: { name: "乙" } }), "archived");
  await nodes.restore(desk.office, { id });
  expect((await nodeOf(desk, projectId)).name).toBe("施工许可证");
});

test("the lists of a month and of a state keep to the office's own subtree", async () => {
  const desk = await openDesk(DISTRICT);
  const own = put(desk, "project", { office_id: STREET });
  const foreign = put(desk, "project", { office_id: "210202" });
  for (const project_id of [own, foreign]) {
    put(desk, "node", { project_id, planned_on: "2026-11-30", actual_on: TODAY, audit_state: "submitted" });
  }
  const month = await nodesOfMonth(desk, "2026-11", true);
  const waiting = await nodes.inState(desk.office, { state: "submitted", asOf: TODAY });
  expect(month.map(({ project_id }) => project_id)).toEqual([own]);
  expect(waiting.map(({ project_id, officeName, light }) => [project_id, officeName, light])).toEqual([
    [own, "甘井子街道", "green"],
  ]);
});

test("a node put into a month's plan shows in that month, whatever its planned day", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const id = put(desk, "node", { project_id, planned_on: "2026-12-05", planned_month: "2026-11" });
  expect((await nodesOfMonth(desk, "2026-11", false)).map((node) => node.id)).toEqual([id]);
  expect(await nodesOfMonth(desk, "2026-10", false)).toEqual([]);
});
