/** People, offices and settings: who may change what. */
import { expect, test } from "vitest";
import { keysOf, stages } from "#domain/values.ts";
import { offices } from "#features/offices.ts";
import { people } from "#features/people.ts";
import { settings } from "#features/settings.ts";
import {
  CITY,
  changePerson,
  DISTRICT,
  failure,
  OTHER_STREET,
  openDesk,
  put,
  STREET,
  TODAY,
} from "../helpers/office.ts";

test("a district keeps its own people and those of its streets, and no others", async () => {
  const desk = await openDesk(DISTRICT);
  await people.save(desk.office, { values: { name: "李样本", is_secretary: 1 } });
  await people.save(desk.office, { values: { name: "王演示", office_id: STREET, is_secretary: 1 } });
  const foreign = put(desk, "person", { name: "赵示范", office_id: "210202" });
  await failure(() => people.save(desk.office, { values: { name: "钱样例", office_id: "210202" } }), "not_permitted");
  await failure(() => people.save(desk.office, { id: foreign, values: { duty: "科员" } }), "not_permitted");
  await failure(() => people.archive(desk.office, { id: foreign }), "not_permitted");
  const listed = await people.list(desk.office, {});
  expect(listed.map(({ name, officeName }) => [name, officeName])).toEqual([
    ["李样本", "甘井子区"],
    ["张示例", "甘井子区"],
    ["王演示", "甘井子街道"],
  ]);
  expect((await people.list(desk.office, { officeId: STREET, secretariesOnly: true })).map(({ name }) => name)).toEqual(
    ["王演示"],
  );
});

test("a secretary's row counts current projects and visits", async () => {
  const desk = await openDesk();
  const current = put(desk, "project", {});
  const former = put(desk, "project", {});
  put(desk, "assignment", { project_id: current });
  put(desk, "assignment", { project_id: former, to_on: "2026-11-21" });
  put(desk, "visit", { project_id: current, visited_on: "2026-11-02" });
  put(desk, "visit", { project_id: former, visited_on: "2026-10-02" });
  expect(await people.list(desk.office, {})).toMatchObject([
    { name: "张示例", projectCount: 1, visitCount: 2, lastVisitOn: "2026-11-02" },
  ]);
});

test("neither the person at the keyboard nor the last person of an office is dismissed", async () => {
  const desk = await openDesk(DISTRICT);
  expect(await failure(() => people.archive(desk.office, { id: desk.person }), "person_at_keyboard")).toContain(
    "张示例",
  );
  const only = put(desk, "person", { name: "王演示", office_id: STREET });
  expect(await failure(() => people.archive(desk.office, { id: only }), "last_person")).toContain("甘井子街道");
  const second = changePerson(desk, "李样本");
  await people.archive(desk.office, { id: desk.person });
  expect((await people.list(desk.office, { officeId: DISTRICT })).map(({ id }) => id)).toEqual([second, only]);
  await people.restore(desk.office, { id: desk.person });
  expect(await people.list(desk.office, {})).toHaveLength(3);
});

test("only the city changes settings; a value out of range is named", async () => {
  const district = await openDesk(DISTRICT);
  const change = { key: "visit.overdueDays", value: 14, source: "区内要求" };
  expect(await failure(() => settings.save(district.office, change), "not_permitted")).toContain("应由市级办理");
  const city = await openDesk(CITY);
  expect(await failure(() => settings.save(city.office, { ...change, value: 999 }), "invalid_value")).toContain("366");
  await failure(() => settings.save(city.office, { ...change, key: "visit.unknown" }), "not_found");
  await settings.save(city.office, { ...change, source: "全市会议要求" });
  const listed = new Map((await settings.list(city.office, undefined)).map((entry) => [entry.key, entry]));
  expect(listed.get("visit.overdueDays")).toMatchObject({ value: 14, source: "全市会议要求", isInitial: false });
  expect(listed.get("light.redAfterDays")).toMatchObject({ value: 0, isInitial: true, unit: "天" });
  await settings.save(city.office, { key: "secretary.stages", value: keysOf(stages), source: "" });
  expect(city.office.settings["secretary.stages"]).toEqual(keysOf(stages));
});

test("only the city changes the tree, and it stays a tree of three levels", async () => {
  const district = await openDesk(DISTRICT);
  await failure(() => offices.save(district.office, { values: { name: "新街道" } }), "not_permitted");
  const { office } = await openDesk(CITY);
  const street = { name: "示例街道", level: "street", kind: "street_office" };
  for (const values of [
    { ...street, parent_id: CITY },
    { ...street, parent_id: STREET },
    { ...street },
    { ...street, parent_id: DISTRICT, level: "city" },
    { ...street, parent_id: DISTRICT, name: "机场街道" },
    { ...street, parent_id: DISTRICT, name: "" },
  ]) {
    await failure(() => offices.save(office, { values }), "invalid_value");
  }
  await failure(() => offices.save(office, { id: CITY, values: { level: "district" } }), "invalid_value");
  await failure(() => offices.save(office, { id: DISTRICT, values: { level: "street" } }), "invalid_value");
  const { id } = await offices.save(office, { values: { ...street, parent_id: DISTRICT } });
  await offices.save(office, { id, values: { aliases: "样本街道" } });
  expect((await offices.list(office, undefined)).find((entry) => entry.id === id)).toMatchObject({
    name: "示例街道",
    aliases: "样本街道",
    enrolment: "not_child",
  });
});

test("the list of offices tells which children are enrolled and how many projects each manages", async () => {
  const desk = await openDesk(DISTRICT);
  const link = desk.store.prepare("insert into link (peer_id, peer_name, role, state) values (?, '', ?, ?)");
  link.run(CITY, "parent", "active");
  link.run(STREET, "child", "active");
  link.run(OTHER_STREET, "child", "invited");
  put(desk, "project", { office_id: STREET });
  put(desk, "project", { office_id: STREET, archived_on: TODAY });
  const byId = new Map((await offices.list(desk.office, undefined)).map((entry) => [entry.id, entry]));
  expect(byId.get(STREET)).toMatchObject({ enrolment: "active", projectCount: 1 });
  expect(byId.get(OTHER_STREET)).toMatchObject({ enrolment: "invited", projectCount: 0 });
  expect(byId.get("210211001")).toMatchObject({ enrolment: "none" });
  expect(byId.get(CITY)).toMatchObject({ enrolment: "not_child" });
});
