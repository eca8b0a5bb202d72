/** Permits (F10): made by hand or from the city's template, handled, done again, counted over projects. */
import { describe, expect, test } from "vitest";
import type { PermitCondition, PermitRow } from "#contract/permits.ts";
import { currentPermits, isDeficiencyDue, isDeficient, isPermitOverdue } from "#domain/permit.ts";
import type { Row, Values } from "#domain/registry.ts";
import { templateExamples } from "#domain/template-examples.ts";
import { attachments } from "#features/attachments.ts";
import { fillDemo } from "#features/demo/demo.ts";
import { tableOf } from "#features/lists/lists.ts";
import { permits } from "#features/permits/permits.ts";
import { storedPermits } from "#features/permits/rows.ts";
import { templates } from "#features/templates.ts";
import { newId, type Write } from "#journal/journal.ts";
import { CITY, type Desk, DISTRICT, failure, openDesk, put, STREET, TODAY, undo } from "../helpers/office.ts";

const items = [
  { name: "用地规划许可证", groups: ["four_certificates", "twelve_items"], authority: "示例局", note: "" },
  { name: "施工许可证", groups: ["four_certificates"], authority: "", note: "示例说明" },
  { name: "环保审批", groups: [], authority: "", note: "" },
];
const draft = { kind: "permits" as const, name: "工业项目", projectKind: "工业", source: "示例文件", items };

async function openWithProject(officeId = STREET) {
  const desk = await openDesk(officeId);
  return { desk, projectId: put(desk, "project", {}) };
}

async function linesOf(desk: Desk, projectId: string) {
  return (await permits.ofProject(desk.office, { projectId, asOf: TODAY })).lines;
}

async function only(desk: Desk, projectId: string): Promise<PermitRow> {
  const [line] = await linesOf(desk, projectId);
  if (!line) throw new Error("the project has no permit");
  return line.permit;
}

const add = (desk: Desk, projectId: string, values: Values<"permit"> = {}) =>
  permits.save(desk.office, { projectId, values: { name: "施工许可证", ...values } });

describe("from a template", () => {
  test("what is missing is made in one act, in the template's order, and one undo takes it all back", async () => {
    const { desk, projectId } = await openWithProject(CITY);
    const { id: templateId } = await templates.save(desk.office, draft);
    await add(desk, projectId, { name: "施工 许可证" });
    const names = ["用地规划许可证", "环保审批"];
    const made = await permits.fromTemplate(desk.office, { projectId, templateId, names });
    const lines = await linesOf(desk, projectId);
    expect(lines.map(({ permit }) => [permit.name, permit.groups, permit.authority, permit.templateName])).toEqual([
      ["施工 许可证", null, null, ""],
      ["用地规划许可证", "four_certificates,twelve_items", "示例局", "工业项目"],
      ["环保审批", null, null, "工业项目"],
    ]);
    undo(desk, made);
    expect(await linesOf(desk, projectId)).toHaveLength(1);
  });

  test("nothing is made twice: what came in meanwhile is shown first", async () => {
    const { desk, projectId } = await openWithProject(CITY);
    const { id: templateId } = await templates.save(desk.office, draft);
    await add(desk, projectId);
    const all = items.map(({ name }) => name);
    await failure(() => permits.fromTemplate(desk.office, { projectId, templateId, names: all }), "stale_edit");
    expect(await linesOf(desk, projectId)).toHaveLength(1);
  });

  test("a street without a template of the city begins with the program's example, which defines no members", async () => {
    const { desk, projectId } = await openWithProject(STREET);
    const [example] = await templates.list(desk.office, { kind: "permits" });
    expect(example).toMatchObject({ isExample: true, source: expect.stringContaining("不是文件规定") });
    const names = templateExamples.flatMap(({ kind, items: all }) =>
      kind === "permits" ? all.map(({ name }) => name) : [],
    );
    await permits.fromTemplate(desk.office, { projectId, templateId: example?.id ?? "", names });
    const { lines, counts } = await permits.ofProject(desk.office, { projectId, asOf: TODAY });
    expect(lines).toHaveLength(names.length);
    expect(counts.four_certificates).toMatchObject({ total: 0, isDefined: false });
    expect(lines.every(({ permit }) => permit.template_id === null)).toBe(true);
  });

  test("the counts follow the template when the city adds a member later", async () => {
    const { desk, projectId } = await openWithProject(CITY);
    const { id } = await templates.save(desk.office, draft);
    await permits.fromTemplate(desk.office, { projectId, templateId: id, names: ["施工许可证"] });
    const more = { name: "节能审查", groups: ["twelve_items"], authority: "", note: "" };
    await templates.save(desk.office, { ...draft, id, items: [...items, more] });
    const { counts } = await permits.ofProject(desk.office, { projectId, asOf: TODAY });
    expect(counts.twelve_items).toMatchObject({ total: 2, lacking: ["用地规划许可证", "节能审查"] });
    await templates.archive(desk.office, { id });
    await failure(
      () => permits.fromTemplate(desk.office, { projectId, templateId: id, names: ["节能审查"] }),
      "not_found",
    );
    const still = await permits.ofProject(desk.office, { projectId, asOf: TODAY });
    expect(still.counts.four_certificates.isDefined).toBe(true);
  });

  test("a permit from a template keeps its name", async () => {
    const { desk, projectId } = await openWithProject(CITY);
    const { id: templateId } = await templates.save(desk.office, draft);
    await permits.fromTemplate(desk.office, { projectId, templateId, names: ["环保审批"] });
    const { id } = await only(desk, projectId);
    const rename = () => permits.save(desk.office, { id, projectId, values: { name: "环评" } });
    expect(await failure(rename, "invalid_value")).toContain("来自模板的手续不能改名");
  });
});

describe("handling", () => {
  test("days, state and distance from plan follow from the dates", async () => {
    const { desk, projectId } = await openWithProject();
    await add(desk, projectId, { planned_on: "2026-11-20", applied_on: "2026-11-01" });
    expect(await only(desk, projectId)).toMatchObject({ state: "applied", days: 21, daysAhead: -2, isOverdue: true });
    const { id } = await only(desk, projectId);
    await permits.save(desk.office, { id, projectId, values: { actual_on: "2026-11-15", certificate_no: "示例1号" } });
    expect(await only(desk, projectId)).toMatchObject({ state: "done", days: 14, daysAhead: 5, isOverdue: false });
  });

  test.each([
    [{ applied_on: "2026-11-23" }, "future_date", "申报日期不能晚于今天"],
    [{ actual_on: "2026-11-23" }, "future_date", "办结日期不能晚于今天"],
    [{ deficient_done_on: "2026-11-23" }, "future_date", "容缺补齐日期不能晚于今天"],
    [{ applied_on: "2026-11-20", actual_on: "2026-11-19" }, "invalid_value", "不能早于申报日期 2026-11-20"],
    [{ redo_of: "another" }, "invalid_value", "不能在这里填写"],
  ] as const)("%o is refused", async (values, code, words) => {
    const { desk, projectId } = await openWithProject();
    expect(await failure(() => add(desk, projectId, values), code)).toContain(words);
  });

  test("a day for missing papers makes it 容缺; taking 容缺 off clears the days", async () => {
    const { desk, projectId } = await openWithProject();
    await add(desk, projectId, { deficient_until: TODAY });
    const { id, ...made } = await only(desk, projectId);
    expect(made).toMatchObject({ is_deficient: 1, isDeficient: true, isDeficiencyDue: true });
    await permits.save(desk.office, { id, projectId, values: { is_deficient: 0 } });
    expect(await only(desk, projectId)).toMatchObject({ deficient_until: null, isDeficient: false });
  });

  test("a project of another office is only read", async () => {
    const { desk } = await openWithProject(STREET);
    const foreign = put(desk, "project", { office_id: DISTRICT });
    await failure(() => add(desk, foreign), "out_of_scope");
  });
});

describe("done again", () => {
  async function redone() {
    const { desk, projectId } = await openWithProject();
    await add(desk, projectId, { groups: "four_certificates", actual_on: "2026-10-01", certificate_no: "示例1号" });
    const { id } = await only(desk, projectId);
    const again = await permits.redo(desk.office, {
      id,
      values: { redo_reason: "主体变更", planned_on: "2026-12-01" },
    });
    return { desk, projectId, id, again };
  }

  test("a new permit begins, the old one stays as it was", async () => {
    const { desk, projectId, id } = await redone();
    const [line] = await linesOf(desk, projectId);
    expect(line?.permit).toMatchObject({ name: "施工许可证", redo_of: id, redo_reason: "主体变更", state: "open" });
    expect(line?.permit).toMatchObject({ certificate_no: null, groups: "four_certificates", position: 1 });
    expect(line?.earlier).toMatchObject([{ id, certificate_no: "示例1号", actual_on: "2026-10-01" }]);
  });

  test("the old one is history: neither changed, redone again nor deleted", async () => {
    const { desk, projectId, id } = await redone();
    const sentence = await failure(
      () => permits.save(desk.office, { id, projectId, values: { certificate_no: "改" } }),
      "permit_redone",
    );
    expect(sentence).toContain("已经重做");
    await failure(() => permits.redo(desk.office, { id, values: { redo_reason: "再次" } }), "permit_redone");
    await failure(() => permits.archive(desk.office, { id }), "permit_redone");
  });

  test("undoing or deleting the new one brings the old one back", async () => {
    const { desk, projectId, id, again } = await redone();
    undo(desk, again);
    expect(await only(desk, projectId)).toMatchObject({ id, state: "done" });
    const second = await permits.redo(desk.office, { id, values: { redo_reason: "再次" } });
    await permits.archive(desk.office, { id: second.id });
    expect(await only(desk, projectId)).toMatchObject({ id });
  });

  test("without a reason it is refused", async () => {
    const { desk, projectId } = await openWithProject();
    await add(desk, projectId);
    const { id } = await only(desk, projectId);
    expect(await failure(() => permits.redo(desk.office, { id, values: {} }), "invalid_value")).toContain("重做原因");
  });
});

describe("over projects", () => {
  const window = { offset: 0, limit: 200, asOf: TODAY };
  const found = async (desk: Desk, condition?: PermitCondition) =>
    (await permits.overview(desk.office, { filter: { condition }, ...window })).rows.map(({ projectId }) => projectId);

  test("each condition finds what the rule finds, and the workbench counts the same", async () => {
    const desk = await openDesk();
    fillDemo(desk.office);
    const ids = await found(desk);
    expect(ids).toHaveLength(120);
    const byProject = Map.groupBy(storedPermits(desk.office, ids), ({ project_id }) => project_id);
    const having = (test: (permit: Row<"permit">) => boolean) =>
      ids.filter((id) => currentPermits(byProject.get(id) ?? []).some(test));
    const wanted: [PermitCondition, string[]][] = [
      ["open", having(({ actual_on }) => actual_on === null)],
      ["overdue", having((permit) => isPermitOverdue(permit, TODAY))],
      ["deficient", having(isDeficient)],
      ["deficient_due", having((permit) => isDeficiencyDue(permit, TODAY))],
      ["none", ids.filter((id) => !byProject.has(id))],
    ];
    for (const [condition, expected] of wanted) {
      expect(expected.length).toBeGreaterThan(1);
      expect(await found(desk, condition)).toEqual(expected);
    }
    expect((await found(desk, "green")).length).toBeGreaterThan(1);
    const due = await permits.due(desk.office, { asOf: TODAY });
    expect(due).toEqual({ overdue: wanted[1]?.[1].length, deficientDue: wanted[3]?.[1].length });
  });

  test("what was done again, deleted or belongs to an archived project is not waited for", async () => {
    const { desk, projectId } = await openWithProject();
    const late = { planned_on: "2026-11-01", deficient_until: "2026-11-01" };
    const { id } = await add(desk, projectId, late);
    expect(await found(desk, "overdue")).toEqual([projectId]);
    await permits.redo(desk.office, { id, values: { redo_reason: "示例" } });
    expect(await found(desk, "overdue")).toEqual([]);
    expect(await found(desk, "deficient")).toEqual([]);
    const { id: second } = await add(desk, projectId, { name: "环保审批", ...late });
    expect(await permits.due(desk.office, { asOf: TODAY })).toEqual({ overdue: 1, deficientDue: 1 });
    await permits.archive(desk.office, { id: second });
    const archived = put(desk, "project", { archived_on: TODAY });
    permit(desk, archived, late);
    expect(await permits.due(desk.office, { asOf: TODAY })).toEqual({ overdue: 0, deficientDue: 0 });
    expect(await found(desk, "overdue")).toEqual([]);
  });

  test("a row names what is late, what papers are owed and what comes next", async () => {
    const { desk, projectId } = await openWithProject();
    await add(desk, projectId, { name: "甲", planned_on: "2026-11-10" });
    await add(desk, projectId, { name: "乙", planned_on: "2026-11-01" });
    await add(desk, projectId, { name: "丙", planned_on: "2026-12-01" });
    await add(desk, projectId, { name: "丁", actual_on: "2026-11-01", is_deficient: 1 });
    const { rows } = await permits.overview(desk.office, { filter: {}, ...window });
    expect(rows).toMatchObject([
      {
        projectId,
        done: 1,
        total: 4,
        overdue: ["乙", "甲"],
        deficient: [{ name: "丁", until: null }],
        next: { name: "丙", plannedOn: "2026-12-01" },
      },
    ]);
  });

  test("windows follow each other by name, and a search narrows them", async () => {
    const desk = await openDesk();
    fillDemo(desk.office);
    const all = await found(desk);
    const pages = await Promise.all(
      [0, 50, 100].map((offset) => permits.overview(desk.office, { filter: {}, offset, limit: 50, asOf: TODAY })),
    );
    expect(pages.flatMap(({ rows }) => rows.map(({ projectId }) => projectId))).toEqual(all);
    const { rows, total } = await permits.overview(desk.office, { filter: { search: "地铁" }, ...window });
    expect(total).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(0);
    for (const { projectName } of rows) expect(projectName).toContain("地铁");
  });
});

test("days are compared between the green channel and other projects", async () => {
  const { desk, projectId } = await openWithProject();
  const green = put(desk, "project", { green_channel: 1 });
  permit(desk, projectId, { applied_on: "2026-10-01", actual_on: "2026-10-31" });
  permit(desk, projectId, { applied_on: "2026-10-01", actual_on: "2026-10-11" });
  permit(desk, green, { applied_on: "2026-10-01", actual_on: "2026-10-06" });
  permit(desk, green, { applied_on: "2026-10-01" });
  permit(desk, projectId, { name: "环保审批", applied_on: "2026-10-01", actual_on: "2026-10-02" });
  expect(await permits.days(desk.office, undefined)).toEqual([
    { name: "施工许可证", green: { count: 1, average: 5 }, others: { count: 2, average: 20 } },
    { name: "环保审批", green: null, others: { count: 1, average: 1 } },
  ]);
});

test("办理用时 is a list as its window shows it", async () => {
  const { desk, projectId } = await openWithProject();
  const green = put(desk, "project", { green_channel: 1 });
  await add(desk, projectId, { applied_on: "2026-11-01", actual_on: "2026-11-11" });
  await add(desk, green, { applied_on: "2026-11-01", actual_on: "2026-11-05" });
  const columns = ["name", "green", "others", "difference"].map((key) => ({ key, width: 100 }));
  const { title, conditions, lines } = await tableOf(desk.office, { list: "permitDays" }, columns, TODAY);
  expect([title, conditions]).toEqual(["手续办理用时", ["申报到办结，自然日"]]);
  expect(lines.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ["施工许可证", "4.0 天（1 件）", "10.0 天（1 件）", "快 6.0 天"],
  ]);
});

test("the overview exports and prints as it is seen", async () => {
  const { desk, projectId } = await openWithProject();
  await add(desk, projectId, { planned_on: "2026-11-01", groups: "four_certificates", deficient_until: "2026-11-22" });
  const list = { list: "permits", filter: { condition: "overdue" } } as const;
  const columns = ["name", "four_certificates", "twelve_items", "overdue", "deficient"].map((key) => ({
    key,
    width: 100,
  }));
  const { title, conditions, lines } = await tableOf(desk.office, list, columns, TODAY);
  expect([title, conditions]).toEqual(["手续总览", ["逾期未办结"]]);
  expect(lines.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ["示例项目", "0/1", "未设定", "施工许可证", "施工许可证（2026-11-22 已到期）"],
  ]);
});

test("a certificate's photo belongs to its permit and stands among the project's papers under its name", async () => {
  const { desk, projectId } = await openWithProject();
  const { id } = await add(desk, projectId);
  const file = new File([`%PDF-1.7 ${"示例".repeat(20)}`], "施工许可证.pdf");
  const items = [{ file, thumbnail: null, takenOn: null }];
  await attachments.add(desk.office, { subject: { permitId: id }, items });
  const ofProject = await attachments.list(desk.office, { subject: { projectId } });
  expect(ofProject.rows).toMatchObject([{ permit_id: id, about: "手续 施工许可证", editable: true }]);
  expect((await attachments.list(desk.office, { subject: { permitId: id } })).rows).toHaveLength(1);
  const { id: other } = await add(desk, projectId, { name: "环保审批" });
  expect((await attachments.list(desk.office, { subject: { permitId: other } })).rows).toEqual([]);
  await failure(() => attachments.list(desk.office, { subject: { permitId: "none" } }), "not_found");
});

test("what waits is summed up and found from indexes, however many permits there are", async () => {
  const { desk } = await openWithProject();
  const plans: string[] = [];
  const { sqlite } = desk.store;
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((sql: string) => {
    if (/from "?permit"?/.test(sql)) plans.push(sql);
    return prepare(sql);
  }) as typeof sqlite.prepare;
  const conditions: PermitCondition[] = ["open", "overdue", "deficient", "deficient_due", "none"];
  for (const condition of conditions)
    await permits.overview(desk.office, { filter: { condition }, offset: 0, limit: 50, asOf: TODAY });
  await permits.due(desk.office, { asOf: TODAY });
  await permits.days(desk.office, undefined);
  expect(plans.length).toBeGreaterThan(2);
  for (const sql of plans) {
    const steps = prepare(`explain query plan ${sql}`).all(...Array(sql.split("?").length - 1).fill("")) as {
      detail: string;
    }[];
    expect(steps.filter(({ detail }) => /^SCAN permit(?!_| USING COVERING)/.test(detail))).toEqual([]);
  }
});

/** A permit as it would come in a bundle: no form has looked at it. */
function permit(desk: Desk, project_id: string, values: Values<"permit">): void {
  const write: Write = { entity: "permit", id: newId("permit"), values: { project_id, name: "施工许可证", ...values } };
  desk.clock.now += 1000;
  desk.journal.write(desk.actor, "save_permit", [write]);
}
