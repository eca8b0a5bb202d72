/** A month closed by the district and by the city, corrected afterwards; and the ledger as it stood on a past day. */
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DATABASE_FILE } from "#core/create-core.ts";
import { addDays, addMonths, localDate, monthOf } from "#domain/calendar.ts";
import { createProject, exportBundle, go, importBundle, plugStick } from "./clerk.ts";
import { openOffice, type Program, seriousFindings } from "./harness.ts";
import { offices } from "./templates.ts";

const DISTRICT = offices.district.name;
const today = localDate(new Date());
const month = addMonths(monthOf(today), -1);
/** Days after the tests make their records that the programs believe it is. */
const AGED_DAYS = 40;

let city: Program;
let district: Program;
let stick: string;

beforeAll(async () => {
  stick = plugStick();
  const options = { viewport: { width: 1280, height: 800 } };
  [city, district] = await Promise.all([openOffice("city", options), openOffice("district", options)]);
});
afterAll(async () => {
  expect(city.problems).toEqual([]);
  expect(district.problems).toEqual([]);
  await city.close();
  await district.close();
});

async function addNode({ page }: Program, name: string, plannedOn: string): Promise<void> {
  await page.getByRole("button", { name: "新建节点" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("节点名称").fill(name);
  await dialog.getByLabel("计划完成日期").fill(plannedOn);
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByRole("cell", { name }).waitFor();
}

async function closeMonth({ page }: Program): Promise<void> {
  await go(page, "对账");
  await page.getByText(/^未对账，按/).waitFor();
  await page.getByRole("main").getByRole("button", { name: "对账", exact: true }).click();
  const question = page.getByRole("dialog", { name: `${month} 月对账` });
  await question.getByText("不能撤销、不能修改").waitFor();
  await question.getByRole("button", { name: "对账", exact: true }).click();
  await page.getByText(`已对账 ${today}`).waitFor();
}

const rowOf = ({ page }: Program, name: string) => page.getByRole("row", { name: new RegExp(name) });

test("the district closes the month, the city sees it and closes its own", async () => {
  await createProject(district, "示例轨道项目");
  await addNode(district, "环评批复", `${month}-10`);
  await closeMonth(district);
  expect(await rowOf(district, `${DISTRICT}（本级）`).innerText()).toMatch(/0\.0%/);
  await importBundle(city, await exportBundle(district, offices.city.name, stick));
  await closeMonth(city);
  await rowOf(city, DISTRICT).getByRole("button", { name: DISTRICT }).click();
  await city.page.getByText(`1 个节点逾期，${month}-10 环评批复`).waitFor();
});

test("what is completed afterwards is a correction with who and when; the closed figures stay", async () => {
  const { page } = district;
  await go(page, "项目台账");
  await page.getByRole("button", { name: "示例轨道项目" }).click();
  await rowOf(district, "环评批复").getByRole("button", { name: "上报" }).click();
  await page.getByRole("dialog").getByLabel("实际完成日期").fill(`${month}-09`);
  await page.keyboard.press("Control+Enter");
  await page.getByText("已保存并上报。").waitFor();
  await importBundle(city, await exportBundle(district, offices.city.name, stick));
  for (const program of [district, city]) {
    await go(program.page, "对账");
    await program.page.getByText("更正", { exact: true }).click();
    const corrections = program.page.getByRole("region", { name: "更正" });
    await corrections.getByText("灯：红灯 → 绿灯").waitFor();
    await corrections.getByText("上报节点：环评批复").waitFor();
    await program.page.getByRole("link", { name: "打印本表" }).waitFor();
    expect(await corrections.innerText()).toContain(`${DISTRICT} 李样本`);
    await program.page.getByText("排名", { exact: true }).click();
    expect(await rowOf(program, DISTRICT).first().innerText()).toMatch(/0\.0%/);
  }
});

test("the newest quarter with closed months opens, names those that are missing, and the statement is printed", async () => {
  const { page } = city;
  await city.open("/books?tab=quarter");
  await page.getByText(/的月对账，以下只是已对账 1 个月的合计/).waitFor();
  await city.open(`/print?sheet=month&month=${month}`);
  const sheet = () =>
    page.evaluate<string>("document.querySelector('iframe')?.contentDocument?.body?.textContent ?? ''");
  await expect.poll(sheet).toMatch(/月对账单[\s\S]*对账后的更正/);
});

test("the ledger of a past day shows what stood then, forbids edits, and leads back to today", async () => {
  await age(district);
  const { page } = district;
  const past = addDays(today, -AGED_DAYS);
  await createProject(district, "后来的项目");
  await district.open(`/projects?booksOn=${past}`);
  await page.getByRole("heading", { name: `${past} 的项目台账` }).waitFor();
  await page.getByText(`${past} 当日的台账（只能查看）`).waitFor();
  await page.getByRole("button", { name: "示例轨道项目" }).waitFor();
  expect(await page.getByRole("button", { name: "后来的项目" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "新建项目" }).count()).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "示例轨道项目" }).click();
  await page.getByText("这是", { exact: false }).first().waitFor();
  await page.getByText(`${past} 当日的台账（只能查看）`).waitFor();
  expect(await page.getByRole("button", { name: "归档" }).count()).toBe(0);
  await page.getByRole("button", { name: "回到今天" }).click();
  await page.getByRole("button", { name: "归档" }).waitFor();
  await page.getByText(`${past} 当日的台账（只能查看）`).waitFor({ state: "detached" });
});

test("no serious accessibility finding in the books", async () => {
  const { page } = city;
  for (const path of ["/books", `/books?month=${addMonths(month, -1)}`, "/books?tab=year"]) {
    await city.open(path);
    await page.getByRole("heading", { name: "对账" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  }
});

/** Everything recorded so far came into these books so many days ago. */
async function age(program: Program): Promise<void> {
  await program.restart(() => {
    const database = new Database(join(program.dataFolder, DATABASE_FILE));
    database.prepare("update change_log set at_ms = at_ms - ?").run(AGED_DAYS * 86_400_000);
    database.close();
  });
  await program.page.getByRole("button", { name: "李样本" }).click();
  await program.page.getByRole("heading", { name: "工作台" }).waitFor();
}
