/** Saved views stay with the person who made them, and at most one of a page is its default. */
import { expect, test } from "vitest";
import { views } from "#features/views.ts";
import { changePerson, failure, openDesk } from "../helpers/office.ts";

const red = { page: "/projects", search: "?lights=%5B%22red%22%5D", columns: ["name", "light"] };

test("a view brings back what the address said and the columns; its name again replaces it", async () => {
  const { office } = await openDesk();
  const { id } = await views.save(office, { ...red, name: "红灯" });
  expect(await views.list(office, undefined)).toEqual([{ id, ...red, name: "红灯", isDefault: false }]);
  const again = await views.save(office, { ...red, search: "?archived=true", columns: null, name: "红灯" });
  expect(again.id).toBe(id);
  expect(await views.list(office, undefined)).toMatchObject([{ search: "?archived=true", columns: null }]);
});

test("another person neither sees nor changes it", async () => {
  const desk = await openDesk();
  const { id } = await views.save(desk.office, { ...red, name: "红灯" });
  changePerson(desk, "李样本");
  expect(await views.list(desk.office, undefined)).toEqual([]);
  await failure(() => views.remove(desk.office, { id }), "not_found");
  await failure(() => views.rename(desk.office, { id, name: "我的" }), "not_found");
});

test("names are told apart within a page, listed by pinyin", async () => {
  const { office } = await openDesk();
  for (const name of ["中山", "甘井子", "安全"]) await views.save(office, { ...red, name });
  const { id } = await views.save(office, { ...red, page: "/visits", name: "中山" });
  const list = await views.list(office, undefined);
  expect(list.map(({ page, name }) => `${page} ${name}`)).toEqual([
    "/projects 安全",
    "/projects 甘井子",
    "/projects 中山",
    "/visits 中山",
  ]);
  await views.rename(office, { id, name: "甘井子" });
  const first = list[0]?.id ?? "";
  expect(await failure(() => views.rename(office, { id: first, name: "中山" }), "invalid_value")).toContain("已有名为");
  await views.remove(office, { id });
  expect(await views.list(office, undefined)).toHaveLength(3);
});

test("one default a page", async () => {
  const { office } = await openDesk();
  const first = await views.save(office, { ...red, name: "一" });
  const second = await views.save(office, { ...red, name: "二" });
  const other = await views.save(office, { ...red, page: "/visits", name: "三" });
  for (const { id } of [first, other, second]) await views.setDefault(office, { id, isDefault: true });
  const defaults = async () =>
    (await views.list(office, undefined)).filter(({ isDefault }) => isDefault).map(({ name }) => name);
  expect(await defaults()).toEqual(["二", "三"]);
  await views.setDefault(office, { id: second.id, isDefault: false });
  expect(await defaults()).toEqual(["三"]);
});
