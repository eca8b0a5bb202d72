/** Lists as clerks use them: views by name, back to the same place, print and export as seen. */
import { readFileSync } from "node:fs";
import ExcelJS from "exceljs";
import { expect, test } from "vitest";
import { go } from "./clerk.ts";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const total = (count: number) => program.page.getByText(`共 ${count} 个项目`).waitFor();
const viewButton = (name: RegExp) => program.page.getByRole("button", { name });

test("what the ledger shows is kept under a name, opened again, made the default, renamed and deleted", async () => {
  const { page } = program;
  await go(page, "项目台账");
  const red = page.getByRole("button", { name: /^红灯/ });
  await red.click();
  const count = Number((await red.textContent())?.replaceAll(/\D/g, ""));
  await total(count);
  await viewButton(/^视图$/).click();
  await page.getByRole("menuitem", { name: "保存当前视图…" }).click();
  await page.getByRole("dialog", { name: "保存当前视图" }).getByLabel("名称").fill("红灯项目");
  await page.keyboard.press("Enter");
  await viewButton(/^视图：红灯项目$/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "清除条件" }).click();
  await total(120);
  await viewButton(/^视图$/).click();
  await page.getByRole("menuitem", { name: "红灯项目" }).click();
  await total(count);

  await viewButton(/^视图：红灯项目$/).click();
  await page.getByRole("menuitem", { name: "管理视图…" }).click();
  const manage = page.getByRole("dialog", { name: "管理视图" });
  await manage.getByRole("checkbox", { name: "默认视图：红灯项目" }).click();
  await manage.getByRole("checkbox", { name: "默认视图：红灯项目", checked: true }).waitFor();
  await manage.getByRole("textbox").fill("我的红灯");
  await manage.getByRole("button", { name: "改名" }).click();
  await manage.getByRole("textbox", { name: "视图名称：我的红灯" }).waitFor();
  await page.keyboard.press("Escape");
  await go(page, "工作台");
  await go(page, "项目台账");
  await total(count);
  await viewButton(/^视图：我的红灯$/).click();
  await page.getByRole("menuitem", { name: "管理视图…" }).click();
  await manage.getByRole("button", { name: "删除" }).click();
  await page.getByRole("dialog", { name: "删除视图" }).getByRole("button", { name: "删除" }).click();
  await manage.waitFor({ state: "detached" });
  await go(page, "工作台");
  await go(page, "项目台账");
  await total(120);
});

test("back from a record, the list stands where it stood, with the row under the keys", async () => {
  const { page } = program;
  await go(page, "工作台");
  await go(page, "项目台账");
  await total(120);
  await page.locator("tbody tr:not([aria-hidden]) button").first().focus();
  await page.keyboard.press("End");
  await page.locator('tr[aria-rowindex="121"] button:focus').waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/projects\/[^?]/);
  await page.getByRole("tab").first().waitFor();
  await page.goBack();
  await page.locator('tr[aria-rowindex="121"] button:focus').waitFor();
});

test("the list on the screen is the list on paper and in the workbook", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/visits?search=演示`);
  const counted = await page.getByText(/^共 \d+ 次走访$/).innerText();
  const count = Number(/\d+/.exec(counted)?.[0]);
  expect(count).toBeGreaterThan(100);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出表格" }).click();
  const workbook = new ExcelJS.Workbook();
  const bytes = readFileSync(await (await waiting).path());
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const sheet = workbook.worksheets[0];
  expect(sheet?.rowCount).toBe(count + 1);
  const screen = await page.getByRole("columnheader").allInnerTexts();
  const heads = (sheet?.getRow(1).values ?? []) as string[];
  expect(heads.slice(1)).toEqual(screen.filter((head) => head !== "记录表"));
  await page.getByRole("link", { name: "打印本表" }).click();
  const paper = page.frameLocator("iframe");
  await paper.getByRole("heading", { name: "走访记录" }).waitFor();
  await paper.getByText("条件：搜索“演示”").waitFor();
  await expect.poll(() => paper.locator("td.index").count()).toBe(count);
  await page.getByRole("heading", { name: "打印列表" }).waitFor();
});

test("every list offers its tools, and they pass the accessibility check", async () => {
  const { page } = program;
  for (const path of [
    "/projects",
    "/nodes",
    "/nodes?tab=returned",
    "/visits?tab=missing",
    "/people",
    "/people?tab=lacking",
    "/reports",
    "/projects?booksOn=2026-01-01",
    "/offices",
    "/offices?tab=settings",
    "/offices?tab=templates",
  ]) {
    await page.goto(`${program.origin}/#${path}`);
    for (const name of ["导出表格", "打印本表", "视图"]) {
      await page.getByRole("button", { name }).or(page.getByRole("link", { name })).first().waitFor();
    }
  }
  expect(await seriousFindings(page)).toEqual([]);
});
