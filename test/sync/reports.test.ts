/** A month's report goes up, comes back, goes up again and is approved: street, district and city with bundles in between. */
import { expect, test } from "vitest";
import { Office } from "#features/office.ts";
import { plans } from "#features/plans/plans.ts";
import { monthlyReports } from "#features/reports/reports.ts";
import { newId } from "#journal/journal.ts";
import { failure } from "../helpers/office.ts";
import { carry, createProject, openNetwork, readAll, record, send, type TestOffice, take } from "./network.ts";

const month = "2026-11";

/** The office at work, with its person at the keyboard. */
function desk({ store, journal, context, actor }: TestOffice): Office {
  const environment = { dataFolder: context.dataFolder, version: "0.0.0", printPdf: null, now: context.now };
  const office = new Office(store, journal, context.officeId, environment);
  office.choosePerson(actor.personId);
  return office;
}

async function rowIn(office: TestOffice, projectId: string) {
  const filter = { ids: [projectId] };
  const { rows } = await monthlyReports.list(desk(office), { month, filter, offset: 0, limit: 1 });
  return rows[0];
}

test("a report is sent up by the street, given back by the district, corrected, and approved by the city", async () => {
  const { city, district, street } = await openNetwork();
  const projectId = createProject(street, "示例产业园");
  await plans.saveYear(desk(street), { projectId, year: 2026, values: { planned_investment: 120_000 } });
  await plans.spread(desk(street), { projectId, year: 2026 });
  const save = (completed_investment: number) =>
    monthlyReports.save(desk(street), {
      month,
      entries: [{ projectId, values: { completed_investment } }],
      submit: [projectId],
    });
  await save(9000);
  await carry(street, district);
  expect(await rowIn(district, projectId)).toMatchObject({
    report_state: "submitted",
    planned_investment: 10_000,
    plan: { amount: 120_000, source: "plan" },
    acts: ["approve", "return"],
  });

  const act = { month, projectIds: [projectId] };
  await monthlyReports.review(desk(district), { ...act, act: "return", reason: "请核对" });
  await carry(district, street);
  expect(await rowIn(street, projectId)).toMatchObject({
    report_state: "returned",
    review_note: "请核对",
    lockedReason: "",
  });
  await save(9500);
  await carry(street, district);
  await carry(district, city);
  await monthlyReports.review(desk(city), { ...act, act: "approve" });
  const { total } = await monthlyReports.byRegion(desk(city), { month });
  expect(total).toMatchObject({ plan: 120_000, completed: 9500, monthPlanned: 10_000 });

  await carry(city, district);
  await carry(district, street);
  expect(await rowIn(street, projectId)).toMatchObject({
    report_state: "approved",
    completed_investment: 9500,
    acts: [],
  });
  const stored = readAll(city, "monthly_progress");
  expect(readAll(street, "monthly_progress")).toEqual(stored);
  expect(readAll(district, "annual_plan")).toEqual(readAll(street, "annual_plan"));
});

test.each([{ report_state: "approved" as const }, { report_state: "returned" as const }, { review_note: "好" }])(
  "a street's bundle that decides a report (%o) is refused whole",
  async (values) => {
    const { district, street } = await openNetwork();
    const project_id = createProject(street, "示例产业园");
    const id = newId("monthly_progress", { project_id, month });
    record(street, [{ entity: "monthly_progress", id, values: { project_id, month, ...values } }]);
    const bundle = await send(street, district);
    expect(await failure(() => take(district, bundle), "authority_refused")).toContain("月度进度");
    expect(readAll(district, "monthly_progress")).toEqual([]);
  },
);
