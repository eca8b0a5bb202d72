/** 工作台: every block shows what waits for this office, and the totals count all of it. */
import { expect, test } from "vitest";
import { workbench } from "#features/workbench.ts";
import { DISTRICT, openDesk, put, STREET, TODAY } from "../helpers/office.ts";

test("an office without records has an empty workbench", async () => {
  const { office } = await openDesk();
  const summary = await workbench.summary(office, { asOf: TODAY });
  expect(summary).toMatchObject({
    projectTotal: 0,
    lightCounts: { red: 0, yellow: 0, green: 0, none: 0 },
    overdue: [],
    due: [],
    returned: [],
    visitsMissing: [],
    followUps: [],
    links: [],
    conflictTotal: 0,
  });
});

test("nodes stand under overdue, due, returned and awaiting review as their state and day say", async () => {
  const desk = await openDesk(DISTRICT);
  const project_id = put(desk, "project", { office_id: STREET });
  const foreign = put(desk, "project", { office_id: "210202" });
  const archived = put(desk, "project", { archived_on: TODAY });
  const late = put(desk, "node", { project_id, planned_on: "2026-11-21" });
  const returned = put(desk, "node", {
    project_id,
    planned_on: "2026-10-01",
    actual_on: "2026-10-01",
    audit_state: "returned",
  });
  const today = put(desk, "node", { project_id, planned_on: TODAY });
  const last = put(desk, "node", { project_id, planned_on: "2026-12-22" });
  put(desk, "node", { project_id, planned_on: "2026-12-23" });
  const sent = put(desk, "node", {
    project_id,
    planned_on: "2026-11-20",
    actual_on: "2026-11-20",
    audit_state: "submitted",
  });
  for (const other of [foreign, archived]) put(desk, "node", { project_id: other, planned_on: "2026-11-01" });
  const summary = await workbench.summary(desk.office, { asOf: TODAY });
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  expect(ids(summary.overdue)).toEqual([returned, late]);
  expect(ids(summary.due)).toEqual([today, last]);
  expect(ids(summary.returned)).toEqual([returned]);
  expect(ids(summary.awaitingReview)).toEqual([sent]);
  expect(summary.awaitingReview[0]?.acts).toContain("approve");
  expect(summary).toMatchObject({ overdueTotal: 2, dueTotal: 2, returnedTotal: 1, awaitingReviewTotal: 1 });
  expect(summary).toMatchObject({ projectTotal: 1, lightCounts: { red: 1, yellow: 0, green: 0, none: 0 } });
});

test("long lists are cut, totals are not", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  desk.store.transaction(() => {
    for (let index = 0; index < 60; index++) put(desk, "node", { project_id, planned_on: "2026-11-01" });
  });
  const summary = await workbench.summary(desk.office, { asOf: TODAY });
  expect(summary.overdue).toHaveLength(50);
  expect(summary.overdueTotal).toBe(60);
});

test("open follow-ups come by deadline; closed ones are gone", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", { name: "轴承产业园" });
  const open = { project_id, follow_up: "送达政策汇编" };
  const undated = put(desk, "visit", open);
  const later = put(desk, "visit", { ...open, follow_up_on: "2026-12-10" });
  const sooner = put(desk, "visit", { ...open, follow_up_on: "2026-12-01" });
  put(desk, "visit", { ...open, followed_up_on: TODAY });
  put(desk, "visit", { project_id });
  const { followUps } = await workbench.summary(desk.office, { asOf: TODAY });
  expect(followUps.map(({ visitId }) => visitId)).toEqual([sooner, later, undated]);
  expect(followUps[0]).toMatchObject({ projectName: "轴承产业园", followUp: "送达政策汇编", dueOn: "2026-12-01" });
});

test("missing secretaries, incomplete cards and due visits are counted", async () => {
  const desk = await openDesk();
  put(desk, "project", { total_investment: 1_000_000, stage: "preparatory" });
  const complete = put(desk, "project", {
    owner: "示例公司",
    total_investment: 100,
    region: "甘井子区",
    stage: "started",
    content: "厂房",
    responsible_unit: "示例单位",
  });
  put(desk, "visit", { project_id: complete });
  const summary = await workbench.summary(desk.office, { asOf: TODAY });
  expect(summary).toMatchObject({ lacksSecretaryTotal: 1, incompleteTotal: 1, visitsMissingTotal: 1 });
});
