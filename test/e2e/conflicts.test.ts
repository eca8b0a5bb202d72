/** A clerk at the city faces conflicts with a district: how each came about, a new value, many at once by a rule. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { carryBundle, type DemoOffice, openDemoOffice } from "#shells/cli/demo-office.ts";
import type { Client } from "../helpers/client.ts";
import { openOffice, type Program, seriousFindings } from "./harness.ts";
import { keyCounter } from "./key-counter.ts";
import { officeFolder, offices } from "./templates.ts";

const PROJECTS = ["轴承产业园", "冷链物流园", "滨海医院", "新能源基地"];

let city: Program;
let call: Client;
let district: DemoOffice;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lianxinqiao-conflicts-"));
  city = await openOffice("city");
  call = await city.client();
  district = await openDemoOffice(await officeFolder("district"), async (there) => {
    const { people } = await there.setup.state();
    await there.setup.choosePerson({ personId: people[0]?.id ?? "" });
  });
  for (const name of PROJECTS) await district.call.projects.create({ values: { name, owner: "原单位" } });
  await toCity();
  await carryBundle({ call }, district, folder);
  await contest();
});

afterAll(async () => {
  district.core.close();
  await city.close();
  rmSync(folder, { recursive: true, force: true });
});

const toCity = () => carryBundle(district, { id: offices.city.id, call }, folder);

/** Both write the owners of all projects, and the progress of the first one; the district's bundle comes. */
async function contest(): Promise<void> {
  const { today } = await call.setup.state();
  for (const [at, office] of [call, district.call].entries()) {
    const { rows } = await office.projects.list({ filter: {}, offset: 0, limit: 10, asOf: today });
    for (const { id, name } of rows) {
      const who = at === 0 ? "市里" : "区里";
      await office.projects.update({ id, values: { owner: `${who}写的单位` } });
      if (name !== PROJECTS[0]) continue;
      await office.projects.update({ id, values: { image_progress: `${who}：主体完成`, as_of: "2026-01-01" } });
    }
  }
  await toCity();
}

test("the clerk reads how a conflict came about and types a value where both are wrong", async () => {
  const { page } = city;
  await page.reload();
  await page.getByRole("link", { name: /^待处理冲突\s*5/ }).click();
  const card = page.getByRole("form", { name: `${PROJECTS[0]} 形象进度` });
  await card.getByRole("button", { name: "看修改经过" }).click();
  const steps = card.getByRole("list", { name: /的修改经过$/ }).getByRole("listitem");
  await expect.poll(() => steps.count()).toBe(2);
  await expect
    .poll(() => steps.allInnerTexts())
    .toEqual([
      expect.stringMatching(/金普新区.*李样本[\s\S]*冲突的一方[\s\S]*区里：主体完成/),
      expect.stringMatching(/张示例[\s\S]*冲突的一方[\s\S]*市里：主体完成/),
    ]);
  expect(await seriousFindings(page)).toEqual([]);
  await card.getByRole("radio", { name: "都不对，另填" }).check();
  // The cursor is in the field already.
  await page.keyboard.type("核定：八成");
  await card.getByRole("button", { name: "采用新值" }).click();
  await card.waitFor({ state: "detached" });
  const { today } = await call.setup.state();
  const { rows } = await call.projects.list({ filter: {}, offset: 0, limit: 10, asOf: today });
  const id = rows.find(({ name }) => name === PROJECTS[0])?.id ?? "";
  const { project } = await call.projects.get({ id, asOf: today });
  expect(project).toMatchObject({ image_progress: "核定：八成", as_of: today });
});

test("the clerk filters, looks at what a rule would do, applies it and takes it back", async () => {
  const { page } = city;
  await page.getByRole("combobox", { name: "只看与哪个单位的" }).click();
  await page.getByRole("option", { name: "金普新区（4）" }).click();
  await page.getByRole("button", { name: "按规则处理 4 处" }).click();
  const dialog = page.getByRole("dialog", { name: "按规则处理 4 处冲突" });
  await dialog.getByRole("radio", { name: "采用最新的" }).check();
  await dialog.getByText("将处理 4 处：0 处换成别的值，4 处就用现在暂用的值").waitFor();
  await dialog.getByRole("radio", { name: "保留本单位的" }).check();
  await dialog.getByText("将处理 4 处：4 处换成别的值").waitFor();
  const table = dialog.getByRole("table", { name: "处理后的值" });
  const change = table.getByRole("row").nth(1);
  await expect.poll(() => change.innerText()).toMatch(/项目单位\s+区里写的单位\s+市里写的单位/);
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "处理这 4 处" }).click();
  await page.getByText("没有待处理的冲突").waitFor();
  const owners = async () => {
    const { today } = await call.setup.state();
    const { rows } = await call.projects.list({ filter: {}, offset: 0, limit: 10, asOf: today });
    return new Set(rows.map(({ owner }) => owner));
  };
  expect(await owners()).toEqual(new Set(["市里写的单位"]));
  await page.getByRole("button", { name: "撤销" }).last().click();
  await page.getByText("已撤销。").waitFor();
  expect(city.problems).toEqual([]);
});

test("a conflict is settled in nine keys from anywhere", async () => {
  const { page } = city;
  const { today } = await call.setup.state();
  for (const [office, sponsor] of [
    [call, "市里的何示例"],
    [district.call, "区里的何样本"],
  ] as const) {
    const { rows } = await office.projects.list({ filter: {}, offset: 0, limit: 1, asOf: today });
    await office.projects.update({ id: rows[0]?.id ?? "", values: { sponsor } });
  }
  await toCity();
  await city.open("/");
  await page.getByRole("link", { name: /^待处理冲突/ }).waitFor();
  const keys = keyCounter(page);
  await keys.press("Control+k");
  await page.getByRole("dialog", { name: "查找" }).waitFor();
  await keys.type("clct");
  await expect.poll(() => page.getByRole("option").first().innerText()).toContain("处理冲突");
  await keys.press("Enter");
  await page.getByRole("form").first().waitFor();
  await keys.press("ArrowDown", "Space", "Enter");
  await page.getByText("冲突已处理。").waitFor();
  keys.took(9);
});
