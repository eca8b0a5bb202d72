/**
 * One full month of a street, its district and the city, bundles in between: plan, record, report, review, close, and on
 * into the next month; then the quarter, and the ledger as it stood on a past day.
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DATABASE_FILE } from "#core/create-core.ts";
import { addDays, addMonths, localDate, monthOf } from "#domain/calendar.ts";
import { carry, createProject, go, plugStick } from "./clerk.ts";
import { openOffice, type Program, seriousFindings } from "./harness.ts";
import { offices } from "./templates.ts";

const PROJECT = "示例轨道项目";
const today = localDate(new Date());
const thisMonth = monthOf(today);
const month = addMonths(thisMonth, -1);
/** Days after the tests make their records that the programs believe it is. */
const AGED_DAYS = 40;

let city: Program;
let district: Program;
let street: Program;
let stick: string;

beforeAll(async () => {
  stick = plugStick();
  const options = { viewport: { width: 1280, height: 800 } };
  [city, district, street] = await Promise.all([
    openOffice("city", options),
    openOffice("district", options),
    openOffice("street", options),
  ]);
});
afterAll(async () => {
  for (const program of [city, district, street]) {
    expect(program.problems).toEqual([]);
    await program.close();
  }
});

const rowOf = ({ page }: Program, name: string) => page.getByRole("row", { name: new RegExp(name) });

async function openProject({ page }: Program): Promise<void> {
  await go(page, "项目台账");
  await page.getByRole("button", { name: PROJECT }).click();
  await page.getByRole("heading", { name: PROJECT }).waitFor();
}

async function planNode({ page }: Program, name: string, plannedOn: string): Promise<void> {
  await page.getByRole("button", { name: "新建节点" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("节点名称").fill(name);
  await dialog.getByLabel("计划完成日期").fill(plannedOn);
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByRole("cell", { name }).waitFor();
}

async function completeNode(program: Program, name: string, day: string): Promise<void> {
  await rowOf(program, name).getByRole("button", { name: "上报" }).click();
  await program.page.getByRole("dialog").getByLabel("实际完成日期").fill(day);
  await program.page.keyboard.press("Control+Enter");
  await program.page.getByText("已保存并上报。").waitFor();
}

/** The grid of a month, its first row at hand. */
async function openReports(program: Program, of: string, state = "all"): Promise<void> {
  await program.open(`/reports?month=${of}&state=${state}`);
  await rowOf(program, PROJECT).waitFor();
}

async function closeMonth(program: Program): Promise<void> {
  const { page } = program;
  await go(page, "对账");
  await page.getByText(/^未对账，按/).waitFor();
  await page.getByRole("main").getByRole("button", { name: "对账", exact: true }).click();
  const question = page.getByRole("dialog", { name: `${month} 月对账` });
  await question.getByText("不能撤销、不能修改").waitFor();
  await question.getByRole("button", { name: "对账", exact: true }).click();
  await page.getByText(`已对账 ${today}`).waitFor();
}

test("plan: the street spreads the year's investment over its months, and plans the month's nodes", async () => {
  const { page } = street;
  await createProject(street, PROJECT);
  await planNode(street, "环评批复", `${month}-10`);
  await planNode(street, "施工许可证", `${month}-20`);
  const [id] = /[0-9a-f-]{36}/.exec(page.url()) ?? [];
  await street.open(`/projects/${id}?tab=plan&year=${month.slice(0, 4)}`);
  await page.getByRole("button", { name: "填写年度计划" }).click();
  await page.getByRole("textbox", { name: "年度计划投资" }).fill("1200");
  await page.getByRole("dialog").getByRole("button", { name: "保存", exact: true }).click();
  await page.getByRole("button", { name: "平均分到各月" }).click();
  await page.getByText("1,200 万元，与年度计划一致").waitFor();
});

test("record: a visit, and a node that is done", async () => {
  const { page } = street;
  await openProject(street);
  await completeNode(street, "施工许可证", `${month}-18`);
  await page.keyboard.press("v");
  const form = page.getByRole("dialog", { name: "记录走访" });
  await form.getByLabel("了解到的情况").fill("桩基施工正常");
  await page.keyboard.press("Control+Enter");
  await page.getByText("走访已保存", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "走访 1" }).waitFor();
});

test("report: the month's investment and progress go up", async () => {
  const { page } = street;
  await openReports(street, month);
  await page.keyboard.type("90");
  await page.keyboard.press("Tab");
  await page.keyboard.type("桩基完成");
  await page.keyboard.press("Enter");
  await page.getByText("2 格还没有保存（蓝角）").waitFor();
  await page.keyboard.press("F8");
  await page.getByText("已上报 1 个项目的月报。").waitFor();
  await carry(street, district, stick);
});

test("review: the district approves the node and the report", async () => {
  const { page } = district;
  await go(page, "节点");
  await page.getByRole("tab", { name: /^待审核/ }).click();
  await rowOf(district, "施工许可证").getByRole("checkbox").check();
  await page.getByRole("button", { name: "审核通过" }).click();
  await rowOf(district, "施工许可证").waitFor({ state: "detached" });
  await openReports(district, month, "submitted");
  await page.getByRole("button", { name: "审核通过", exact: true }).click();
  await page.getByText("已审核通过 1 份月报。").waitFor();
});

test("close: the district closes the month, the city sees it and closes its own, the street reads both", async () => {
  await closeMonth(district);
  await expect.poll(() => rowOf(district, offices.street.name).innerText()).toMatch(/50\.0%/);
  await carry(district, city, stick);
  await closeMonth(city);
  await rowOf(city, offices.district.name).getByRole("button", { name: offices.district.name }).click();
  await city.page.getByText(`1 个节点逾期，${month}-10 环评批复`).waitFor();
  await carry(city, district, stick);
  await carry(district, street, stick);
  await street.open(`/books?month=${month}`);
  await street.page.getByText("看上级的账").click();
  await street.page.getByText(`已对账 ${today} ${offices.district.person}`).waitFor();
});

test("next month: the words are taken over, and what is completed late is a correction with who and when", async () => {
  const { page } = street;
  await openReports(street, thisMonth);
  await page.keyboard.press("F9");
  await page.keyboard.type("120");
  await page.keyboard.press("Enter");
  await page.getByText("2 格还没有保存（蓝角）").waitFor();
  await page.keyboard.press("F8");
  await page.getByText("已上报 1 个项目的月报。").waitFor();
  await expect.poll(() => rowOf(street, PROJECT).innerText()).toContain("桩基完成");
  await openProject(street);
  await completeNode(street, "环评批复", `${month}-09`);
  await carry(street, district, stick);
  await carry(district, city, stick);
  for (const program of [district, city]) {
    await program.open(`/books?month=${month}`);
    await program.page.getByText("更正", { exact: true }).click();
    const corrections = program.page.getByRole("region", { name: "更正" });
    await corrections.getByText("灯：红灯 → 绿灯").waitFor();
    await corrections.getByText("上报节点：环评批复").waitFor();
    await program.page.getByRole("link", { name: "打印本表" }).waitFor();
    await expect.poll(() => corrections.innerText()).toContain(`${offices.street.name} ${offices.street.person}`);
    await program.page.getByText("排名", { exact: true }).click();
    await expect.poll(() => rowOf(program, "合计").innerText()).toMatch(/50\.0%/);
  }
  await district.open(`/books?month=${thisMonth}`);
  await expect.poll(() => rowOf(district, offices.street.name).innerText()).toMatch(/\b120\b/);
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
  await page.getByRole("button", { name: PROJECT }).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "后来的项目" }).count()).toBe(0);
  await expect.poll(() => page.getByRole("button", { name: "新建项目" }).count()).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: PROJECT }).click();
  await page.getByText("这是", { exact: false }).first().waitFor();
  await page.getByText(`${past} 当日的台账（只能查看）`).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "归档" }).count()).toBe(0);
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
