/** Who changed what, from what to what; and taking it back. */

import { expect, test } from "vitest";
import type { Values } from "#domain/registry.ts";
import { assignments } from "#features/assignments.ts";
import { nodes } from "#features/nodes.ts";
import { plans } from "#features/plans/plans.ts";
import { projects } from "#features/projects/projects.ts";
import { monthlyReports } from "#features/reports/reports.ts";
import { settings } from "#features/settings.ts";
import { changePerson, type Desk, DISTRICT, failure, openDesk, put, STREET, TODAY, undo } from "../helpers/office.ts";

const projectOf = async (desk: Desk, id: string) => (await projects.get(desk.office, { id, asOf: TODAY })).project;

test("history tells from what to what in words: labels, names and 万元", async () => {
  const desk = await openDesk(DISTRICT);
  const { id } = await projects.create(desk.office, { values: { name: "示例项目", total_investment: 1_234_500 } });
  await projects.update(desk.office, {
    id,
    values: { total_investment: 2_000_000, stage: "started", office_id: STREET, is_tech_upgrade: 1 },
  });
  await assignments.save(desk.office, { values: { project_id: id, person_id: desk.person } });
  const [assigned, updated, created] = (await projects.history(desk.office, { id, limit: 100 })).entries;
  expect(created).toMatchObject({ action: "新建项目", created: true, person: "张示例", office: "甘井子区" });
  expect(updated).toMatchObject({ action: "修改项目", created: false, title: "示例项目", entityLabel: "项目" });
  const changes = Object.fromEntries(
    updated?.changes.map(({ label, before, after }) => [label, [before, after]]) ?? [],
  );
  expect(changes).toEqual({
    总投资: ["12,345 万元", "20,000 万元"],
    阶段: ["", "开工"],
    管理单位: ["甘井子区", "甘井子街道"],
    技术改造: ["", "是"],
  });
  expect(assigned).toMatchObject({ action: "分配秘书", title: "张示例" });
});

test("filling in an empty field is a change, not a new record", async () => {
  const desk = await openDesk();
  const { id } = await projects.create(desk.office, { values: { name: "示例项目" } });
  await projects.update(desk.office, { id, values: { owner: "大连示例有限公司" } });
  const history = await projects.history(desk.office, { id, limit: 100 });
  expect(history.entries.map(({ created }) => created)).toEqual([false, true]);
});

test("undo brings back the former values, empty ones too", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "原名", sponsor: "李样本" });
  const before = await projectOf(desk, id);
  const { changeSet } = await projects.update(desk.office, {
    id,
    values: { name: "新名", sponsor: null, stage: "started" },
  });
  await undo(desk, { changeSet });
  const { versions: _, touched_by: __, ...after } = (await projectOf(desk, id)) as Record<string, unknown>;
  const { versions: ___, touched_by: ____, ...former } = before as Record<string, unknown>;
  expect(after).toEqual(former);
  expect((await projects.history(desk.office, { id, limit: 100 })).entries[0]?.action).toBe("撤销");
});

test("undo of a new record archives it, undo of archiving restores it", async () => {
  const desk = await openDesk();
  const created = await projects.create(desk.office, { values: { name: "示例项目" } });
  await undo(desk, created);
  expect((await projectOf(desk, created.id)).archived_on).toBe(TODAY);
  await projects.restore(desk.office, { id: created.id });
  const archived = await projects.archive(desk.office, { id: created.id });
  await undo(desk, archived);
  expect((await projectOf(desk, created.id)).archived_on).toBeNull();
});

test("undo is refused after a later edit of the same field, and changes nothing", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "甲" });
  const first = await projects.update(desk.office, { id, values: { name: "乙", owner: "示例公司" } });
  await projects.update(desk.office, { id, values: { name: "丙" } });
  await failure(() => undo(desk, first), "nothing_to_undo");
  expect(await projectOf(desk, id)).toMatchObject({ name: "丙", owner: "示例公司" });
});

test("undo is not stopped by a later edit of another field", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "甲" });
  const first = await projects.update(desk.office, { id, values: { name: "乙" } });
  await projects.update(desk.office, { id, values: { owner: "示例公司" } });
  await undo(desk, first);
  expect(await projectOf(desk, id)).toMatchObject({ name: "甲", owner: "示例公司" });
});

test("one does not undo what another person did, nor twice, nor what never was", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "甲" });
  const change = await projects.update(desk.office, { id, values: { name: "乙" } });
  changePerson(desk, "王演示");
  await failure(() => undo(desk, change), "nothing_to_undo");
  desk.office.choosePerson(desk.person);
  await undo(desk, change);
  await failure(() => undo(desk, change), "nothing_to_undo");
  await failure(() => undo(desk, { changeSet: 999_999 }), "nothing_to_undo");
});

test("the edit of a node that was sent up since is not undone", async () => {
  const desk = await openDesk(STREET);
  const projectId = put(desk, "project", {});
  const id = put(desk, "node", { project_id: projectId, actual_on: "2026-11-01" });
  const edit = await nodes.save(desk.office, { id, projectId, values: { actual_on: "2026-11-02" } });
  await nodes.review(desk.office, { ids: [id], act: "submit" });
  await failure(() => undo(desk, edit), "locked");
});

test("a street undoes its own submission, but not into the reviewer's “returned”", async () => {
  const desk = await openDesk(STREET);
  const project_id = put(desk, "project", {});
  const draft = put(desk, "node", { project_id, actual_on: TODAY });
  const returned = put(desk, "node", { project_id, actual_on: TODAY, audit_state: "returned" });
  const first = await nodes.review(desk.office, { ids: [draft], act: "submit" });
  await undo(desk, first);
  const second = await nodes.review(desk.office, { ids: [returned], act: "submit" });
  await failure(() => undo(desk, second), "not_permitted");
  const page = await projects.get(desk.office, { id: project_id, asOf: TODAY });
  expect(new Map(page.nodes.map((node) => [node.id, node.audit_state]))).toEqual(
    new Map([
      [draft, "draft"],
      [returned, "submitted"],
    ]),
  );
});

test("what belongs to a project of another office is not undone any more", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "project", {});
  const change = await projects.update(desk.office, { id, values: { owner: "示例公司" } });
  const city = { ...desk.actor, officeId: "2102", personId: "other" };
  desk.journal.write(city, "update_project", [{ entity: "project", id, values: { office_id: "210202001" } }]);
  await failure(() => undo(desk, change), "out_of_scope");
});

test("a month's progress and a setting can be given again after undoing their first entry", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const save = (values: Values<"monthly_progress">) =>
    monthlyReports.save(desk.office, { month: "2026-10", entries: [{ projectId, values }] });
  const october = async () =>
    (await plans.year(desk.office, { projectId, year: 2026, asOf: TODAY })).months.find(
      ({ month }) => month === "2026-10",
    );
  await undo(desk, await save({ image_progress: "主体施工", completed_investment: 100 }));
  expect(await october()).toMatchObject({ image_progress: null, completed_investment: null });
  await save({ image_progress: "封顶" });
  expect(await october()).toMatchObject({ image_progress: "封顶", completed_investment: null });

  const days = { key: "visit.overdueDays", value: 10, source: "" };
  await undo(desk, await settings.save(desk.office, days));
  expect(desk.office.settings["visit.overdueDays"]).toBe(30);
  await settings.save(desk.office, days);
  expect(desk.office.settings["visit.overdueDays"]).toBe(10);
});
