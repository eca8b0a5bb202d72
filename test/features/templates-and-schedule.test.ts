/** Templates are the city's; 倒排工期 and 顺延 write many nodes in one act. */
import { describe, expect, test } from "vitest";
import { nodes } from "#features/nodes.ts";
import { projects } from "#features/projects/projects.ts";
import { schedule } from "#features/schedule.ts";
import { templates } from "#features/templates.ts";
import { CITY, type Desk, DISTRICT, failure, openDesk, put, STREET, TODAY, undo } from "../helpers/office.ts";

const step = (name: string, after: string | null, duration: number | null) => ({
  name,
  after,
  duration,
  daysBefore: null,
  responsibleUnit: "",
});
const draft = {
  kind: "schedule" as const,
  name: " 工业项目工期 ",
  projectKind: "",
  source: "",
  items: [step("立项", null, null), step("开工", "立项", 30)] as unknown[],
};

describe("templates", () => {
  test("the city makes, changes, retires and takes back a template; each act can be undone", async () => {
    const desk = await openDesk(CITY);
    const made = await templates.save(desk.office, draft);
    const stored = async (archived = false) =>
      (await templates.list(desk.office, { kind: "schedule", archived })).filter(({ isExample }) => !isExample);
    expect(await stored()).toMatchObject([{ name: "工业项目工期", content: { kind: "schedule", items: draft.items } }]);
    const items = [...draft.items, step("竣工", "开工", 400)];
    undo(desk, await templates.save(desk.office, { ...draft, id: made.id, items }));
    expect((await stored())[0]?.content?.items).toHaveLength(2);
    await templates.archive(desk.office, { id: made.id });
    expect(await stored()).toEqual([]);
    expect(await stored(true)).toMatchObject([{ archivedOn: TODAY }]);
    await templates.restore(desk.office, { id: made.id });
    expect(await stored()).toHaveLength(1);
  });

  test.each([DISTRICT, STREET])("office %s reads them and changes none", async (officeId) => {
    const desk = await openDesk(officeId);
    const sentence = await failure(() => templates.save(desk.office, draft), "not_permitted");
    expect(sentence).toContain("应由市级办理");
    await failure(() => templates.archive(desk.office, { id: "any" }), "not_permitted");
    expect(await templates.list(desk.office, {})).toHaveLength(2);
  });

  test.each([
    [[], "至少要有一项"],
    [[step("立项", null, null), { ...step("", null, null) }], "第 2 项"],
    [[step("立项", null, -1)], "不能小于 0 天"],
    [[step("开工", "立项", 3)], "前一项“立项”不在模板里"],
  ])("items %o are refused with what is wrong", async (items, words) => {
    const desk = await openDesk(CITY);
    expect(await failure(() => templates.save(desk.office, { ...draft, items }), "invalid_value")).toContain(words);
  });

  test("a template of a newer program is listed, and says that it cannot be used", async () => {
    const desk = await openDesk(CITY);
    desk.journal.write(desk.actor, "save_template", [
      { entity: "template", id: "t", values: { kind: "permits", name: "新版", items: '{"version":2}' } },
    ]);
    const [entry] = await templates.list(desk.office, {});
    expect(entry).toMatchObject({ name: "新版", content: null });
  });
});

async function withNodes() {
  const desk = await openDesk(STREET);
  const projectId = put(desk, "project", {});
  const plan = ["2026-12-01", "2026-12-20", "2027-01-10"].map((planned_on, at) =>
    put(desk, "node", { project_id: projectId, name: `节点${at + 1}`, planned_on, position: at + 1 }),
  );
  return { desk, projectId, plan: plan as [string, string, string] };
}

async function planOf(desk: Desk, projectId: string) {
  const { nodes: all } = await projects.get(desk.office, { id: projectId, asOf: TODAY });
  return Object.fromEntries(all.map(({ name, planned_on }) => [name, planned_on]));
}

describe("倒排工期", () => {
  const line = (name: string, plannedOn: string | null, nodeId: string | null = null) => ({
    nodeId,
    name,
    plannedOn,
    responsibleUnit: "示例单位",
  });

  test("new nodes are drafts after the others; an existing one gets its new day; one undo takes all back", async () => {
    const { desk, projectId, plan } = await withNodes();
    const made = await schedule.make(desk.office, {
      projectId,
      nodes: [line("设计", "2027-02-01"), line("节点2", "2027-03-01", plan[1]), line("开工", null)],
    });
    const { nodes: all } = await projects.get(desk.office, { id: projectId, asOf: TODAY });
    expect(all.map(({ name, planned_on, position }) => [name, planned_on, position])).toEqual([
      ["节点1", "2026-12-01", 1],
      ["节点2", "2027-03-01", 2],
      ["节点3", "2027-01-10", 3],
      ["设计", "2027-02-01", 4],
      ["开工", null, 5],
    ]);
    expect(all.at(-1)).toMatchObject({ audit_state: "draft", responsible_unit: "示例单位" });
    undo(desk, made);
    expect(await planOf(desk, projectId)).toEqual({ 节点1: "2026-12-01", 节点2: "2026-12-20", 节点3: "2027-01-10" });
  });

  test("what changed since the preview is looked at again instead of written over", async () => {
    const { desk, projectId, plan } = await withNodes();
    const make =
      (...planned: ReturnType<typeof line>[]) =>
      () =>
        schedule.make(desk.office, { projectId, nodes: planned });
    await failure(make(line("节点 1", "2027-02-01")), "stale_edit");
    await failure(make(line("设计", null), line("设计", null)), "stale_edit");
    await failure(make(line("节点1", "2027-02-01", "gone")), "stale_edit");
    await nodes.save(desk.office, { id: plan[0], projectId, values: { actual_on: TODAY } });
    await failure(make(line("节点1", "2027-02-01", plan[0])), "stale_edit");
    expect(await planOf(desk, projectId)).toMatchObject({ 节点1: "2026-12-01" });
  });

  test("only in a project of one's own", async () => {
    const { desk } = await withNodes();
    const foreign = put(desk, "project", { office_id: DISTRICT });
    await failure(
      () => schedule.make(desk.office, { projectId: foreign, nodes: [line("设计", null)] }),
      "out_of_scope",
    );
  });
});

describe("顺延", () => {
  test("the node and what follows it move in one act; what is done stays; back again restores", async () => {
    const { desk, projectId, plan } = await withNodes();
    await nodes.save(desk.office, { id: plan[1], projectId, values: { actual_on: TODAY } });
    const moved = { projectId, nodeId: plan[0], expected: [plan[0], plan[2]] };
    const done = await schedule.shift(desk.office, { ...moved, days: 10 });
    const shifted = { 节点1: "2026-12-11", 节点2: "2026-12-20", 节点3: "2027-01-20" };
    expect(await planOf(desk, projectId)).toEqual(shifted);
    undo(desk, done);
    await schedule.shift(desk.office, { ...moved, days: 10 });
    await schedule.shift(desk.office, { ...moved, days: -10 });
    expect(await planOf(desk, projectId)).toMatchObject({ 节点1: "2026-12-01", 节点3: "2027-01-10" });
  });

  test("other nodes than the preview showed are not moved unseen", async () => {
    const { desk, projectId, plan } = await withNodes();
    const shift = (nodeId: string, expected: string[]) => () =>
      schedule.shift(desk.office, { projectId, nodeId, days: 5, expected });
    await failure(shift(plan[0], [plan[0]]), "stale_edit");
    await nodes.save(desk.office, { id: plan[0], projectId, values: { actual_on: TODAY }, submit: true });
    await failure(shift(plan[0], [...plan]), "stale_edit");
    expect(await planOf(desk, projectId)).toMatchObject({ 节点1: "2026-12-01", 节点2: "2026-12-20" });
  });

  test("a day beyond all calendars is refused", async () => {
    const desk = await openDesk(STREET);
    const projectId = put(desk, "project", {});
    const nodeId = put(desk, "node", { project_id: projectId, planned_on: "2199-06-01" });
    const act = () => schedule.shift(desk.office, { projectId, nodeId, days: 3650, expected: [nodeId] });
    expect(await failure(act, "invalid_value")).toContain("超出可用的年份");
  });
});
