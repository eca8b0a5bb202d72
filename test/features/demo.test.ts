/** The demo: published projects, invented work on them, something to see in every corner. */
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import type { Values } from "#domain/registry.ts";
import { auditStates, keysOf, lights } from "#domain/values.ts";
import { fillDemo } from "#features/demo/demo.ts";
import { people } from "#features/people.ts";
import { projects } from "#features/projects/projects.ts";
import { recognise } from "#features/spreadsheet/columns.ts";
import { planImport } from "#features/spreadsheet/plan.ts";
import { readCsv } from "#features/spreadsheet/read-csv.ts";
import { verifyStore } from "#features/verify.ts";
import { workbench } from "#features/workbench.ts";
import { type Desk, openDesk, TODAY } from "../helpers/office.ts";
import { tempFolder } from "../helpers/replica.ts";

async function openDemo(now?: string): Promise<Desk> {
  const desk = await openDesk();
  if (now) desk.clock.now = Date.parse(now);
  fillDemo(desk.office);
  return desk;
}

const listAll = async (desk: Desk, asOf = TODAY) =>
  (await projects.list(desk.office, { filter: {}, offset: 0, limit: 500, asOf })).rows;

test("the demo holds exactly the 120 published projects, amounts and dates included", async () => {
  const desk = await openDemo();
  const { sheet } = readCsv(readFileSync("test/fixtures/dalian_projects.csv"), "dalian_projects.csv");
  const context = { projects: [], offices: desk.office.offices, officeId: desk.office.id };
  const published = planImport(recognise([sheet]), context).map(({ values }) => values as Values<"project">);
  const rows = new Map((await listAll(desk)).map((row) => [row.origin_code, row]));
  expect(rows.size).toBe(120);
  // The demo says in the remarks what it invents, manages by street where the address names one, and notes list 2.
  for (const { note: _, office_id: __, ...values } of published) {
    expect(rows.get(values.origin_code ?? null)).toMatchObject(values);
  }
});

test("every light, every audit state, every block of the workbench has something to show", async () => {
  for (const now of ["2026-11-22T08:00:00Z", "2027-01-02T08:00:00Z", "2028-02-29T08:00:00Z"]) {
    const desk = await openDemo(now);
    const asOf = desk.office.today;
    const counts = await projects.lightCounts(desk.office, { filter: {}, asOf });
    for (const light of keysOf(lights)) expect(counts[light]).toBeGreaterThan(4);
    const states = desk.store.sqlite.prepare("select distinct audit_state from node order by 1").pluck().all();
    expect(states).toEqual(keysOf(auditStates).sort());
    const summary = await workbench.summary(desk.office, { asOf });
    for (const block of ["overdue", "due", "returned", "awaitingReview", "visitsMissing", "followUps"] as const) {
      expect(summary[block].length).toBeGreaterThan(0);
    }
    expect(summary.reports.due).toBeGreaterThan(0);
    const future = desk.store.sqlite
      .prepare(
        `select (select count(*) from node where max(coalesce(actual_on, ''), coalesce(submitted_on, ''),
           coalesce(reviewed_on, '')) > @asOf) + (select count(*) from visit
           where max(visited_on, coalesce(followed_up_on, '')) > @asOf)
         + (select count(*) from monthly_progress where (month > substr(@asOf, 1, 7)
             and coalesce(image_progress, completed_investment, report_state) is not null)
           or max(coalesce(submitted_on, ''), coalesce(reviewed_on, '')) > @asOf)`,
      )
      .pluck()
      .get({ asOf });
    expect(future).toBe(0);
  }
});

test("the demo's people are recognisably invented and secretaries sit in districts and streets", async () => {
  const desk = await openDemo();
  const everyone = await people.list(desk.office, {});
  expect(everyone.filter(({ name }) => !/(示例|样本|演示|示范|样例)$/.test(name))).toEqual([]);
  expect(new Set(everyone.map(({ name }) => name)).size).toBe(everyone.length);
  expect(everyone.filter(({ projectCount }) => projectCount > 0).length).toBeGreaterThan(10);
  const levels = new Map(desk.office.offices.map(({ id, level }) => [id, level]));
  expect(new Set(everyone.map(({ office_id }) => levels.get(office_id)))).toEqual(
    new Set(["city", "district", "street"]),
  );
});

test("the demo is the same every time, and its tables follow from its log", async () => {
  const [first, second] = [await openDemo(), await openDemo()];
  const picture = (desk: Desk) =>
    desk.store.sqlite.prepare("select name, planned_on, actual_on, audit_state from node order by id").raw().all();
  expect(picture(first)).toEqual(picture(second));
  expect(verifyStore(first.store).ok).toBe(true);
});

test("the first-run choice 演示数据 opens the demo through the core, ready to work in", async () => {
  const core = await openCore({ dataFolder: tempFolder(), version: "0.0.0", shell: "browser", printPdf: null });
  onTestFinished(() => core.close());
  const call = localClient(core.router);
  await call.setup.createDemo();
  const state = await call.setup.state();
  expect(state).toMatchObject({
    isDemo: true,
    office: { name: "大连市发展改革委（演示）" },
    person: { name: "张示例" },
  });
  const { rows } = await call.projects.list({ filter: { lights: ["red"] }, offset: 0, limit: 10, asOf: state.today });
  expect(rows).toHaveLength(10);
  const refused = call.people.archive({ id: state.person?.id ?? "" });
  await expect(refused).rejects.toMatchObject({ code: "FAILURE", data: { code: "person_at_keyboard" } });
  await call.projects.update({ id: rows[0]?.id ?? "", values: { sponsor: "李示例" } });
  expect((await call.maintenance.verify()).ok).toBe(true);
});
