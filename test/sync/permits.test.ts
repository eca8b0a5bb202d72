/** Templates go down from the city, permits go up from the streets; a street's template is refused. */
import { expect, test } from "vitest";
import { newId } from "#journal/journal.ts";
import { failure } from "../helpers/office.ts";
import { carry, createProject, openNetwork, readAll, record, send, type TestOffice, take } from "./network.ts";

const items = JSON.stringify([{ name: "施工许可证", groups: ["four_certificates"], authority: "", note: "" }]);

function createTemplate(office: TestOffice, name: string): string {
  const id = newId("template");
  record(office, [{ entity: "template", id, values: { kind: "permits", name, items } }], "save_template");
  return id;
}

function createPermit(
  office: TestOffice,
  project_id: string,
  template_id: string | null,
  redo_of: string | null = null,
) {
  const id = newId("permit");
  const values = { project_id, template_id, redo_of, name: "施工许可证", groups: "four_certificates" };
  record(office, [{ entity: "permit", id, values }], redo_of ? "redo_permit" : "make_permits");
  return id;
}

test("a template reaches the street, and what it makes of it reaches the city with its story", async () => {
  const { city, district, street } = await openNetwork();
  const template = createTemplate(city, "工业项目手续");
  await carry(city, district);
  await carry(district, street);
  expect(readAll(street, "template")).toMatchObject([{ id: template, name: "工业项目手续", items }]);

  const project = createProject(street, "示例产业园");
  const first = createPermit(street, project, template);
  record(street, [{ entity: "permit", id: first, values: { actual_on: "2026-11-20", certificate_no: "示例1号" } }]);
  const second = createPermit(street, project, template, first);
  await carry(street, district);
  await carry(district, city);
  const stored = readAll(city, "permit");
  expect(stored).toHaveLength(2);
  expect(stored).toContainEqual(
    expect.objectContaining({ id: first, certificate_no: "示例1号", template_id: template }),
  );
  expect(stored).toContainEqual(expect.objectContaining({ id: second, redo_of: first, actual_on: null }));

  record(city, [{ entity: "template", id: template, values: { archived_on: "2026-11-22" } }], "archive_template");
  await carry(city, district);
  await carry(district, street);
  expect(readAll(street, "template")).toMatchObject([{ archived_on: "2026-11-22" }]);
});

test.each(["street", "district"] as const)(
  "a template written by a %s is refused with the whole bundle",
  async (level) => {
    const { city, district, street } = await openNetwork();
    const [from, to] = level === "street" ? [street, district] : [district, city];
    createProject(from, "示例产业园");
    createTemplate(from, "自定模板");
    const bundle = await send(from, to);
    const sentence = await failure(() => take(to, bundle), "authority_refused");
    expect(sentence).toContain("模板");
    expect(readAll(to, "template")).toEqual([]);
    expect(readAll(to, "project")).toEqual([]);
  },
);

test("two offices that handle one permit at a time meet in a conflict of the field, not of the permit", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例产业园");
  const permit = createPermit(street, project, null);
  await carry(street, district);
  record(street, [{ entity: "permit", id: permit, values: { applied_on: "2026-11-20", planned_on: "2026-12-01" } }]);
  record(district, [{ entity: "permit", id: permit, values: { planned_on: "2026-12-15", authority: "示例局" } }]);
  await carry(street, district);
  expect(readAll(district, "permit")).toMatchObject([{ applied_on: "2026-11-20", authority: "示例局" }]);
  const contested = district.store.sqlite
    .prepare("select entity, row_id, field from field_heads where agreed = 0")
    .all();
  expect(contested).toEqual([{ entity: "permit", row_id: permit, field: "planned_on" }]);
});
