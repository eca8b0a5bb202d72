/** Closed months travel: up to the city, down to the streets, and nobody below the district makes or changes one. */
import { expect, test } from "vitest";
import { books } from "#features/books/books.ts";
import { Office } from "#features/office.ts";
import { newId } from "#journal/journal.ts";
import { failure } from "../helpers/office.ts";
import {
  carry,
  createNode,
  createProject,
  openNetwork,
  readAll,
  record,
  send,
  type TestOffice,
  take,
} from "./network.ts";

const MONTH = "2026-10";

function officeOf({ store, journal, context, folder, clock, actor }: TestOffice): Office {
  const now = () => new Date(clock.now);
  const environment = { dataFolder: folder, version: "0.0.0", printPdf: null, now };
  const office = new Office(store, journal, context.officeId, environment);
  office.choosePerson(actor.personId);
  return office;
}

const statements = (office: TestOffice) => readAll(office, "month_statement").map(({ id }) => id);
const lines = async (office: TestOffice, officeId: string) =>
  (await books.lines(officeOf(office), { month: MONTH, officeId, offset: 0, limit: 100 })).rows;

async function openMonth() {
  const network = await openNetwork();
  const { city, district, street } = network;
  const project = createProject(street, "示例项目");
  const node = createNode(street, project, "施工许可证");
  record(street, [{ entity: "node", id: node, values: { planned_on: "2026-10-20" } }]);
  const elsewhere = createProject(district, "区本级项目");
  await carry(street, district);
  await carry(district, city);
  return { ...network, project, node, elsewhere };
}

test("what the district closes reaches the city and its street, the street sees the lines of its own projects", async () => {
  const { city, district, street, project } = await openMonth();
  const { statementId } = await books.close(officeOf(district), { month: MONTH });
  await carry(district, city);
  await carry(district, street);
  expect(statements(city)).toEqual([statementId]);
  expect(statements(street)).toEqual([statementId]);
  const { id: districtId } = officeOf(district);
  expect((await lines(city, districtId)).length).toBe(2);
  expect((await lines(street, districtId)).map(({ projectId }) => projectId)).toEqual([project]);
  expect((await books.month(officeOf(city), { month: MONTH, officeId: districtId })).whole.projects).toBe(2);

  await books.close(officeOf(city), { month: MONTH });
  await carry(city, district);
  await carry(district, street);
  expect(statements(street)).toHaveLength(2);
  expect((await books.month(officeOf(street), { month: MONTH, officeId: "2102" })).closed).not.toBeNull();
});

test("a correction made by the street after closing is seen by all three, and changes no statement", async () => {
  const { city, district, street, node } = await openMonth();
  await books.close(officeOf(district), { month: MONTH });
  await carry(district, city);
  await carry(district, street);
  const frozen = ["month_statement", "statement_line"].map((table) => readAll(city, table));
  record(
    street,
    [{ entity: "node", id: node, values: { actual_on: "2026-10-19", audit_state: "submitted" } }],
    "submit_node",
  );
  await carry(street, district);
  await carry(district, city);
  for (const office of [city, district, street]) {
    const { corrections } = await books.corrections(officeOf(office), {
      month: MONTH,
      officeId: district.context.officeId,
    });
    expect(corrections).toMatchObject([
      { projectName: "示例项目", changes: [{ label: "灯", frozen: "红灯", now: "绿灯" }, {}, {}] },
    ]);
    expect(corrections[0]?.causes[0]?.what).toBe("上报节点：施工许可证");
  }
  expect(["month_statement", "statement_line"].map((table) => readAll(city, table))).toEqual(frozen);
});

test("a bundle in which a street closes a month, or changes one that is closed, is refused", async () => {
  const { district, street, project } = await openMonth();
  const { statementId } = await books.close(officeOf(district), { month: MONTH });
  await carry(district, street);
  const officeId = street.context.officeId;
  const values = { office_id: officeId, month: MONTH, frozen_on: "2026-11-22", rules: "{}", totals: "{}" };
  // As a program would that forgot who may: the journal itself knows only what is frozen.
  record(street, [{ entity: "month_statement", id: newId("month_statement"), values }], "close_month");
  const made = await send(street, district);
  await failure(() => take(district, made), "authority_refused");
  await failure(
    () => record(street, [{ entity: "month_statement", id: statementId, values: { month: "2026-09" } }]),
    "frozen",
  );
  expect(project).toBeDefined();
});
