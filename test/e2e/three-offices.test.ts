/** A month of a street, its district and the city: three programs, real clicks, files in between. */
import { readFileSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pdfText } from "../sheets/pdf.ts";
import { download, dropBundle, enrol, exportBundle, foundCity, go, importBundle, plugStick } from "./clerk.ts";
import { openProgram, type Program } from "./harness.ts";

const LEDGER = resolve(import.meta.dirname, "../fixtures/dalian_projects.csv");
const PROJECT = "洋琪食品预制菜加工基地项目";
const CITY = "大连市发展改革委";
const DISTRICT = "金普新区";
const STREET = "三十里堡街道";

let city: Program;
let district: Program;
let street: Program;
let stick: string;

beforeAll(async () => {
  stick = plugStick();
  [city, district, street] = await Promise.all([openProgram(), openProgram(), openProgram()]);
});
afterAll(async () => {
  for (const program of [city, district, street]) {
    expect(program.problems).toEqual([]);
    await program.close();
  }
  vi.unstubAllEnvs();
  rmSync(dirname(stick), { recursive: true, force: true });
});

async function openProject({ page }: Program): Promise<void> {
  await go(page, "项目台账");
  await page.getByRole("button", { name: PROJECT }).click();
  await page.getByRole("heading", { name: PROJECT }).waitFor();
}

async function editProject(program: Program, values: Record<string, string>): Promise<void> {
  const { page } = program;
  await openProject(program);
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog");
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "detached" });
}

const cardValue = ({ page }: Program, value: string) => page.getByRole("definition").getByText(value, { exact: true });

test("a district and a street join with files, and both ends of the phone see the same fingerprints", async () => {
  await foundCity(city, "张示例");
  for (const [parent, child, office, person] of [
    [city, district, DISTRICT, "李样本"],
    [district, street, STREET, "王演示"],
  ] as const) {
    const { invitation, joined, admitted } = await enrol(parent, child, office, person, stick);
    expect(joined.parentFingerprint).toBe(invitation.fingerprint);
    expect(admitted).toBe(joined.fingerprint);
    await child.page.getByText("加入手续还差一步").waitFor({ state: "detached" });
  }
});

test("the street imports its ledger from a spreadsheet after seeing what will be written", async () => {
  const { page } = street;
  await go(page, "工作台");
  await page.getByText("去项目台账", { exact: true }).click();
  await page.getByRole("main").getByText("导入表格").first().click();
  await page.locator("input[type=file]").setInputFiles(LEDGER);
  await page.getByRole("button", { name: "确认导入（新增 120，修改 0）" }).click();
  await page.getByText("新增 120 个项目，修改 0 个。").waitFor();
  await page.getByText("看台账", { exact: true }).click();
  await page.getByText("共 120 个项目").waitFor();
});

test("a secretary is assigned; nodes are planned, completed and sent up", async () => {
  const { page } = street;
  const dialog = page.getByRole("dialog");
  await openProject(street);
  await page.getByRole("tab", { name: /^服务秘书/ }).click();
  await page.getByRole("button", { name: "安排服务秘书" }).click();
  await dialog.getByLabel("服务秘书").fill("wys");
  await page.getByRole("option", { name: /王演示/ }).click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByRole("tab", { name: "服务秘书 1" }).waitFor();

  await page.getByRole("tab", { name: /^节点/ }).click();
  for (const [name, day] of [
    ["施工许可证", "20260301"],
    ["主体封顶", "20260615"],
  ] as const) {
    await page.getByRole("button", { name: "新建节点" }).click();
    await dialog.getByLabel("节点名称").fill(name);
    await dialog.getByLabel("计划完成日期").fill(day);
    await dialog.getByRole("button", { name: "保存" }).click();
    const row = page.getByRole("row", { name: new RegExp(name) });
    // What is not complete is asked for its completion before it goes up.
    await row.getByRole("button", { name: "上报" }).click();
    await dialog.getByLabel("实际完成日期").fill(day);
    await dialog.getByRole("textbox", { name: "完成情况" }).fill("已办结（示例）");
    await page.keyboard.press("Control+Enter");
    await row.getByRole("button", { name: "撤回" }).waitFor();
  }
});

test("a visit is recorded with the keyboard alone, and so is the next one", async () => {
  const { page } = street;
  const { keyboard } = page;
  await keyboard.press("v");
  await page.locator("input[type=radio]:focus").waitFor({ state: "attached" });
  await keyboard.press("4");
  await keyboard.press("Tab");
  await keyboard.type("项目负责人（示例）");
  await keyboard.press("Tab");
  await keyboard.type("主体施工正常");
  await keyboard.press("Control+Enter");
  await page.getByText("走访已保存", { exact: true }).waitFor();

  await keyboard.press("Enter");
  await page.locator("input[role=combobox]:focus").waitFor();
  await keyboard.type("hypb");
  await page.getByRole("option", { name: /环友屏蔽电泵/ }).waitFor();
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await keyboard.press("Control+Enter");
  await page.getByText("走访已保存", { exact: true }).waitFor();
  await keyboard.press("Escape");
  await page.getByRole("tab", { name: "走访 1" }).click();
  await page.getByText("现场检查").first().waitFor();
});

test("the district drops the street's file, sees what it brought, approves one node and returns the other", async () => {
  const bundle = await exportBundle(street, DISTRICT, stick);
  const { page } = district;
  const report = await dropBundle(district, basename(bundle), readFileSync(bundle));
  await expect.poll(() => report.textContent()).toMatch(/导入完成.*新增 \d{3}.*冲突 0/);
  await report.getByRole("button", { name: "查看变动" }).click();
  await page.getByRole("dialog").getByText(PROJECT).first().waitFor();
  await page.keyboard.press("Escape");

  await go(page, "节点");
  await page.getByRole("tab", { name: /^待审核/ }).click();
  const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
  await row("施工许可证").getByRole("checkbox").check();
  await page.getByRole("button", { name: "审核通过" }).click();
  await row("施工许可证").waitFor({ state: "detached" });
  await row("主体封顶").getByRole("checkbox").check();
  await page.getByRole("button", { name: "退回" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("退回原因").fill("请补充验收记录");
  await dialog.getByRole("button", { name: "退回" }).click();
  await row("主体封顶").waitFor({ state: "detached" });
});

test("the city receives the district's file and sends back; the street reads why its node was returned", async () => {
  await importBundle(city, await exportBundle(district, CITY, stick));
  await go(city.page, "项目台账");
  await city.page.getByText("共 120 个项目").waitFor();
  await editProject(city, { 备注: "列入市级调度（示例）" });
  await importBundle(district, await exportBundle(city, DISTRICT, stick));
  await importBundle(street, await exportBundle(district, STREET, stick));

  const { page } = street;
  await go(page, "工作台");
  await page.getByRole("region", { name: "被退回的节点" }).getByText("请补充验收记录").waitFor();
  await openProject(street);
  await page
    .getByRole("row", { name: /施工许可证/ })
    .getByText("审核通过")
    .waitFor();
  await cardValue(street, "列入市级调度（示例）").waitFor();
});

test("a conflict is shown side by side and settled by choice and by a new value, the same everywhere", async () => {
  await editProject(street, { 形象进度: "主体完成 60%", 责任单位: "街道项目办（示例）" });
  await editProject(district, { 形象进度: "主体完成 55%", 责任单位: "区发改局（示例）" });
  const report = await importBundle(district, await exportBundle(street, DISTRICT, stick));
  await expect.poll(() => report.textContent()).toContain("冲突 2");

  const { page } = district;
  await report.getByText("去处理冲突").click();
  const card = (field: string) => page.getByRole("form", { name: `${PROJECT} ${field}` });
  await card("责任单位")
    .getByRole("radio", { name: /街道项目办/ })
    .check();
  await card("责任单位").getByRole("button", { name: "采用选中的值" }).click();
  await card("责任单位").waitFor({ state: "detached" });
  await card("形象进度").getByRole("radio", { name: "都不对，另填" }).check();
  await card("形象进度").getByRole("textbox").fill("主体完成 58%（双方核定）");
  await card("形象进度").getByRole("button", { name: "采用新值" }).click();
  await page.getByText("没有待处理的冲突").waitFor();

  await importBundle(street, await exportBundle(district, STREET, stick));
  await importBundle(city, await exportBundle(district, CITY, stick));
  for (const program of [street, district, city]) {
    await openProject(program);
    for (const value of ["街道项目办（示例）", "主体完成 58%（双方核定）"]) await cardValue(program, value).waitFor();
  }
});

test("the district prints the progress sheet, the project card and the visit record", async () => {
  const { page } = district;
  const savePdf = async () =>
    pdfText(await download(page, stick, () => page.getByRole("button", { name: "保存PDF" }).click()));
  const preview = page.frameLocator("iframe");

  await page.getByText("打印项目卡", { exact: true }).click();
  await preview.getByText(PROJECT).first().waitFor();
  expect(await savePdf()).toContain("主体完成58%（双方核定）");

  await openProject(district);
  await page.getByRole("tab", { name: /^走访/ }).click();
  await page.getByRole("table", { name: "走访" }).getByRole("button").first().click();
  await page.getByRole("dialog").getByRole("link", { name: "打印" }).click();
  await preview.getByText("项目负责人（示例）").waitFor();
  expect(await savePdf()).toContain("主体施工正常");

  await page.getByRole("combobox", { name: "表样" }).click();
  await page.getByRole("option", { name: "项目进度表" }).click();
  await preview.getByText(PROJECT).waitFor();
  const sheet = await savePdf();
  for (const text of [
    "11月形象进度",
    "2024-06起10,000.00主体完成58%（双方核定）",
    "合计：120个27,909,237.28",
    `${STREET}第2号同步包`,
    "制表人：李样本",
  ]) {
    expect(sheet.includes(text), text).toBe(true);
  }
});
