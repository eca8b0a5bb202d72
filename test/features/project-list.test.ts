/** The ledger's list: windows, search, filters. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProjectFilter } from "#contract/ledger.ts";
import { keysOf, stages } from "#domain/values.ts";
import { projects } from "#features/projects/projects.ts";
import { type Desk, DISTRICT, elsewhere, openDesk, put, STREET, TODAY } from "../helpers/office.ts";

type Filter = Parameters<typeof projects.list>[1]["filter"];

async function namesOf(desk: Desk, filter: Filter): Promise<string[]> {
  const { rows } = await projects.list(desk.office, { filter, offset: 0, limit: 500, asOf: TODAY });
  return rows.map(({ name }) => name).sort();
}

test("windows of the list never overlap and leave nothing out, however it is sorted", async () => {
  const desk = await openDesk();
  const names = ["大连化工", "大连化工", "甲项目", "乙项目", "Alpha", "丙项目"];
  const ids = new Set<string>();
  for (let index = 0; index < 37; index++) {
    const stage = index % 3 === 0 ? null : keysOf(stages)[index % 5];
    const name = names[index % names.length];
    const id = put(desk, "project", { name, stage, total_investment: index % 4 === 0 ? null : (index % 7) * 100 });
    put(desk, "node", { project_id: id, planned_on: `2026-11-${String(10 + (index % 20)).padStart(2, "0")}` });
    ids.add(id);
  }
  const columns = ["name", "owner", "office_name", "light", "node_progress", "secretaries", "last_visit_on"];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...columns, "total_investment", "stage", "无此列"),
      fc.boolean(),
      fc.integer({ min: 1, max: 12 }),
      async (column, descending, limit) => {
        const seen: string[] = [];
        for (let offset = 0; offset < ids.size; offset += limit) {
          const window = { filter: {}, sort: { column, descending }, offset, limit, asOf: TODAY };
          const { rows, total } = await projects.list(desk.office, window);
          expect(total).toBe(ids.size);
          seen.push(...rows.map(({ id }) => id));
        }
        expect(seen).toHaveLength(ids.size);
        expect(new Set(seen)).toEqual(ids);
      },
    ),
    { seed: 20261122, numRuns: 40 },
  );
});

test("totals follow every act, also of another office's program", async () => {
  const desk = await openDesk();
  const totals = async (filter: Filter = {}) => {
    const { rows: _, ...sums } = await projects.list(desk.office, { filter, offset: 0, limit: 1, asOf: TODAY });
    return Object.values(sums);
  };
  expect(await totals()).toEqual([0, 0, 0]);
  const id = put(desk, "project", { total_investment: 500, annual_plan_investment: 100 });
  expect([await totals(), await totals({ stages: ["started"] })]).toEqual([
    [1, 500, 100],
    [0, 0, 0],
  ]);
  await projects.update(desk.office, { id, values: { total_investment: 700, stage: "started" } });
  put(desk, "annual_plan", { project_id: id, year: 2026, planned_investment: 150 });
  expect([await totals(), await totals({ stages: ["started"] })]).toEqual([
    [1, 700, 150],
    [1, 700, 150],
  ]);
  desk.clock.now += 1000;
  const values = { total_investment: 900 };
  elsewhere(desk).write(desk.actor, "update_project", [{ entity: "project", id, values }]);
  expect(await totals()).toEqual([1, 900, 150]);
  await projects.archive(desk.office, { id });
  expect([await totals(), await totals({ archived: true })]).toEqual([
    [0, 0, 0],
    [1, 900, 150],
  ]);
});

test("a search finds names and owners by characters, pinyin and initials", async () => {
  const desk = await openDesk();
  put(desk, "project", { name: "大连化工搬迁项目", owner: "示例化工有限公司" });
  put(desk, "project", { name: "轴承产业园", owner: "样本轴承集团", project_code: "2411-210211-04-01-000001" });
  for (const [search, found] of [
    ["化工搬迁", ["大连化工搬迁项目"]],
    ["dlhg", ["大连化工搬迁项目"]],
    ["zhoucheng", ["轴承产业园"]],
    ["YBZC", ["轴承产业园"]],
    [" 示例 ", ["大连化工搬迁项目"]],
    ["2411-2102", ["轴承产业园"]],
    ["没有的", []],
  ] as const) {
    expect(await namesOf(desk, { search })).toEqual(found);
  }
  const found = await projects.find(desk.office, { search: "zccyy", limit: 10 });
  expect(found.map(({ name }) => name)).toEqual(["轴承产业园"]);
});

test("a search finds the new name after a project was renamed", async () => {
  const desk = await openDesk();
  const id = put(desk, "project", { name: "旧名" });
  await projects.update(desk.office, { id, values: { name: "梭鱼湾工程" } });
  expect(await namesOf(desk, { search: "syw" })).toEqual(["梭鱼湾工程"]);
  expect(await namesOf(desk, { search: "旧名" })).toEqual([]);
});

test("filters by secretary, missing secretary and due visits follow the dates of the records", async () => {
  const desk = await openDesk();
  const big = { total_investment: 1_000_000, stage: "preparatory" as const };
  const served = put(desk, "project", { name: "有秘书", ...big });
  const formerly = put(desk, "project", { name: "秘书已到期", ...big });
  put(desk, "project", { name: "规模不足", ...big, total_investment: 999_999 });
  put(desk, "project", { name: "已在建", ...big, stage: "under_construction" });
  put(desk, "assignment", { project_id: served });
  put(desk, "assignment", { project_id: formerly, to_on: "2026-11-21" });
  put(desk, "visit", { project_id: served, visited_on: "2026-10-24" });
  put(desk, "visit", { project_id: formerly, visited_on: "2026-10-23" });
  expect(await namesOf(desk, { lacksSecretary: true })).toEqual(["秘书已到期"]);
  expect(await namesOf(desk, { secretaryId: desk.person })).toEqual(["有秘书"]);
  expect(await namesOf(desk, { secretaryId: "none" })).toEqual(["已在建", "秘书已到期", "规模不足"].sort());
  expect(await namesOf(desk, { unvisitedOnly: true })).toEqual(["已在建", "秘书已到期", "规模不足"].sort());
  // The chips above the list count the same projects.
  const counted = async (filter: ProjectFilter) =>
    Object.values(await projects.lightCounts(desk.office, { filter, asOf: TODAY })).reduce((sum, each) => sum + each);
  expect(await counted({ lacksSecretary: true })).toBe(1);
  expect(await counted({ secretaryId: "none" })).toBe(3);
  expect(await counted({ unvisitedOnly: true })).toBe(3);
});

test("an office filter takes the office and everything below it", async () => {
  const desk = await openDesk();
  put(desk, "project", { name: "区级", office_id: DISTRICT });
  put(desk, "project", { name: "街道", office_id: STREET });
  put(desk, "project", { name: "他区", office_id: "210202" });
  expect(await namesOf(desk, { officeId: DISTRICT })).toEqual(["区级", "街道"].sort());
  expect(await namesOf(desk, { officeId: STREET })).toEqual(["街道"]);
});

test("sums cover the whole filter, not the window", async () => {
  const desk = await openDesk();
  for (let index = 1; index <= 5; index++) {
    put(desk, "project", { total_investment: index * 100, annual_plan_investment: index });
  }
  const page = await projects.list(desk.office, { filter: {}, offset: 0, limit: 2, asOf: TODAY });
  expect(page.rows).toHaveLength(2);
  expect(page).toMatchObject({ total: 5, totalInvestment: 1500, annualPlanInvestment: 15 });
});

test("words sort by pinyin, stages in their own order, blanks last either way", async () => {
  const desk = await openDesk();
  const given = [
    { name: "甲", region: "中山区", stage: "in_production" },
    { name: "乙", region: "普兰店区", stage: "planned" },
    { name: "丙", region: "甘井子区", stage: null },
    { name: "丁", region: null, stage: "started" },
  ] as const;
  for (const values of given) put(desk, "project", values);
  const order = async (column: string, descending = false) => {
    const window = { filter: {}, sort: { column, descending }, offset: 0, limit: 10, asOf: TODAY };
    return (await projects.list(desk.office, window)).rows.map((row) => row.name);
  };
  expect(await order("region")).toEqual(["丙", "乙", "甲", "丁"]);
  expect(await order("region", true)).toEqual(["甲", "乙", "丙", "丁"]);
  expect(await order("stage")).toEqual(["乙", "丁", "甲", "丙"]);
  expect(await order("stage", true)).toEqual(["甲", "丁", "乙", "丙"]);
});
