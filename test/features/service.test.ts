/** Secretaries, visits and monthly progress. */
import { expect, test } from "vitest";
import type { Values } from "#domain/registry.ts";
import { assignments } from "#features/assignments.ts";
import { projectConditions } from "#features/lists/conditions.ts";
import { missingVisitsList } from "#features/lists/service.ts";
import { people } from "#features/people.ts";
import { plans } from "#features/plans/plans.ts";
import { projects } from "#features/projects/projects.ts";
import { monthlyReports } from "#features/reports/reports.ts";
import { settings } from "#features/settings.ts";
import { visits } from "#features/visits.ts";
import { workbench } from "#features/workbench.ts";
import { DISTRICT, failure, openDesk, put, STREET, TODAY } from "../helpers/office.ts";

const everything = { offset: 0, limit: 100 };

test("a visit with only a project and findings is today's, by the person at the keyboard", async () => {
  const desk = await openDesk(STREET);
  const project_id = put(desk, "project", { name: "轴承产业园" });
  await visits.save(desk.office, { values: { project_id, findings: "用电容量偏紧" } });
  const { rows, total } = await visits.list(desk.office, { projectId: project_id, ...everything });
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({
    visited_on: TODAY,
    form: "visit",
    personName: "张示例",
    projectName: "轴承产业园",
    officeName: "甘井子街道",
  });
});

test("a visit in the future is refused, and so is a future day of closing", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  await failure(() => visits.save(desk.office, { values: { project_id, visited_on: "2026-11-23" } }), "future_date");
  await failure(
    () => visits.save(desk.office, { values: { project_id, followed_up_on: "2027-01-01" } }),
    "future_date",
  );
  expect((await visits.list(desk.office, everything)).total).toBe(0);
});

test("a visit needs a project of this office and a person in office", async () => {
  const desk = await openDesk(STREET);
  const project_id = put(desk, "project", {});
  const foreign = put(desk, "project", { office_id: "210202001" });
  const person_id = put(desk, "person", { name: "李样本", archived_on: TODAY });
  await failure(() => visits.save(desk.office, { values: { project_id: foreign } }), "out_of_scope");
  await failure(() => visits.save(desk.office, { values: { findings: "无项目" } }), "invalid_value");
  const sentence = await failure(
    () => visits.save(desk.office, { values: { project_id, person_id } }),
    "person_archived",
  );
  expect(sentence).toContain("李样本");
});

test("the visit of a person who has left since can still be corrected", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const person_id = put(desk, "person", { name: "李样本" });
  const id = put(desk, "visit", { project_id, person_id });
  await people.archive(desk.office, { id: person_id });
  await visits.save(desk.office, { id, values: { person_id, findings: "补记" } });
  expect((await visits.list(desk.office, everything)).rows[0]).toMatchObject({
    findings: "补记",
    personName: "李样本",
  });
});

test("visits are paged latest first and found by project, person and findings, pinyin too", async () => {
  const desk = await openDesk();
  const bearing = put(desk, "project", { name: "轴承产业园" });
  const port = put(desk, "project", { name: "梭鱼湾码头" });
  const person_id = put(desk, "person", { name: "李样本" });
  for (let day = 10; day < 20; day++) put(desk, "visit", { project_id: bearing, visited_on: `2026-10-${day}` });
  put(desk, "visit", { project_id: port, person_id, visited_on: "2026-10-15", findings: "管网未接入" });
  const pages = [];
  for (let offset = 0; offset < 12; offset += 4) {
    pages.push(...(await visits.list(desk.office, { offset, limit: 4 })).rows);
  }
  expect(new Set(pages.map(({ id }) => id)).size).toBe(11);
  expect(pages.map(({ visited_on }) => visited_on)).toEqual(
    pages
      .map(({ visited_on }) => visited_on)
      .sort()
      .reverse(),
  );
  const count = async (input: object) => (await visits.list(desk.office, { ...input, ...everything })).total;
  expect(await count({ search: "suoyu" })).toBe(1);
  expect(await count({ search: "zcc" })).toBe(10);
  expect(await count({ search: "lyb" })).toBe(1);
  expect(await count({ search: "管网" })).toBe(1);
  expect(await count({ personId: desk.person, from: "2026-10-15", to: "2026-10-16" })).toBe(2);
});

test("projects due for a visit: never visited first, then the longest ago; the setting decides", async () => {
  const desk = await openDesk();
  const never = put(desk, "project", { name: "从未走访" });
  const long = put(desk, "project", { name: "很久" });
  const due = put(desk, "project", { name: "正好三十天" });
  const recent = put(desk, "project", { name: "近日" });
  const archived = put(desk, "project", { name: "已归档", archived_on: TODAY });
  put(desk, "visit", { project_id: long, visited_on: "2026-08-01" });
  put(desk, "visit", { project_id: due, visited_on: "2026-10-23" });
  put(desk, "visit", { project_id: recent, visited_on: "2026-10-24" });
  put(desk, "visit", { project_id: recent, visited_on: "2026-01-01" });
  put(desk, "visit", { project_id: never, visited_on: "2026-11-01", archived_on: TODAY });
  put(desk, "assignment", { project_id: long });
  const window = { asOf: TODAY, offset: 0, limit: 100 };
  const { rows: missing } = await visits.missing(desk.office, window);
  expect(missing.map(({ projectId }) => projectId)).toEqual([never, long, due]);
  expect(missing.map(({ projectId }) => projectId)).not.toContain(archived);
  expect(missing[1]).toMatchObject({ secretaries: "张示例", lastVisitOn: "2026-08-01" });
  const { rows } = await projects.list(desk.office, { filter: { unvisitedOnly: true }, ...everything, asOf: TODAY });
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([never, long, due]));
  await settings.save(desk.office, { key: "visit.overdueDays", value: 60, source: "测试" });
  const { rows: longer, total } = await visits.missing(desk.office, { ...window, offset: 1 });
  expect([longer.map(({ projectId }) => projectId), total]).toEqual([[long], 2]);
});

test("while no days are set nothing is due for a visit: on the list, the workbench, the ledger, on paper", async () => {
  const desk = await openDesk();
  put(desk, "project", { name: "从未走访" });
  put(desk, "visit", { project_id: put(desk, "project", { name: "很久" }), visited_on: "2020-01-01" });
  const due = async () => {
    const { rows, total } = await visits.missing(desk.office, { asOf: TODAY, ...everything });
    const summary = await workbench.summary(desk.office, { asOf: TODAY });
    const ledger = await projects.list(desk.office, { filter: { unvisitedOnly: true }, ...everything, asOf: TODAY });
    return [rows.length, total, summary.visitsMissing.length, summary.visitsMissingTotal, ledger.total];
  };
  expect(await due()).toEqual([2, 2, 2, 2, 2]);
  expect(projectConditions(desk.office, { unvisitedOnly: true })).toEqual(["到期未走访（30 天）"]);
  await settings.save(desk.office, { key: "visit.overdueDays", value: null, source: "市级暂不规定" });
  expect(await due()).toEqual([0, 0, 0, 0, 0]);
  expect(projectConditions(desk.office, { unvisitedOnly: true })).toEqual(["到期未走访（天数未设定）"]);
  expect(missingVisitsList(desk.office, TODAY).conditions).toEqual(["多少天未走访列为待走访：市级未设定"]);
});

test("an assignment starts today, runs forward and does not overlap itself", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const values = { project_id, person_id: desk.person };
  const { id } = await assignments.save(desk.office, { values });
  const page = await projects.get(desk.office, { id: project_id, asOf: TODAY });
  expect(page.assignments).toMatchObject([{ id, role: "lead", from_on: TODAY, personName: "张示例" }]);
  await failure(() => assignments.save(desk.office, { id, values: { to_on: "2026-11-21" } }), "invalid_value");
  await failure(() => assignments.save(desk.office, { values: { ...values, role: "member" } }), "invalid_value");
  await assignments.save(desk.office, { id, values: { to_on: "2026-11-30" } });
  await assignments.save(desk.office, { values: { ...values, from_on: "2026-12-01" } });
  await assignments.archive(desk.office, { id });
  const later = await projects.get(desk.office, { id: project_id, asOf: TODAY });
  expect(later.assignments.map(({ from_on }) => from_on)).toEqual(["2026-12-01"]);
});

test("a person who left is not assigned", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const person_id = put(desk, "person", { archived_on: TODAY });
  await failure(() => assignments.save(desk.office, { values: { project_id, person_id } }), "person_archived");
});

test("reporting a month twice corrects the one record", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const month = "2026-11";
  const save = (values: Values<"monthly_progress">) =>
    monthlyReports.save(desk.office, { month, entries: [{ projectId, values }] });
  const first = await save({ image_progress: "基础" });
  const again = await save({ completed_investment: 5 });
  expect(again.id).toBe(first.id);
  const { months } = await plans.year(desk.office, { projectId, year: 2026, asOf: TODAY });
  expect(months[10]).toMatchObject({ month, image_progress: "基础", completed_investment: 5 });
});

test("people are found by name, pinyin and initials among those of the subtree, the stopped left out", async () => {
  const desk = await openDesk(DISTRICT);
  put(desk, "person", { name: "赵示例", office_id: STREET });
  put(desk, "person", { name: "钱样本", office_id: "210202" });
  put(desk, "person", { name: "赵停用", office_id: STREET, archived_on: TODAY });
  const names = async (search: string) =>
    (await people.find(desk.office, { search, limit: 10 })).map(({ name }) => name);
  expect((await names("zsl")).toSorted()).toEqual(["张示例", "赵示例"].toSorted());
  expect(await names("赵")).toEqual(["赵示例"]);
  expect(await names("qyb")).toEqual([]);
});
