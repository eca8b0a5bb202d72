import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);
beforeEach(async () => {
  await program.page.goto(`${program.origin}/#/projects`);
  await total(120);
});

/** Waits until the totals line counts so many projects. */
const total = (count: number) => program.page.getByText(`共 ${count} 个项目`).waitFor();

test("pinyin initials and Chinese find the same project", async () => {
  const { page } = program;
  const search = page.getByRole("textbox", { name: "搜索项目" });
  await page.keyboard.press("/");
  await page.keyboard.type("yqsp");
  await total(1);
  await page.getByRole("button", { name: "洋琪食品预制菜加工基地项目" }).waitFor();
  await search.fill("洋琪食品");
  await total(1);
  await page.getByRole("button", { name: "清除搜索" }).click();
  await total(120);
});

test("an unfinished composition of the input method searches nothing", async () => {
  const { page } = program;
  await page.getByRole("textbox", { name: "搜索项目" }).focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "yang", selectionStart: 4, selectionEnd: 4 });
  await page.waitForTimeout(400);
  await expect.poll(() => page.getByText("共 120 个项目").isVisible()).toBe(true);
  await session.send("Input.insertText", { text: "洋琪" });
  await total(1);
});

test("a filter lives in the address: opening a project and coming back keeps it", async () => {
  const { page } = program;
  const red = page.getByRole("button", { name: /^红灯/ });
  await red.click();
  const count = Number((await red.textContent())?.replaceAll(/\D/g, ""));
  await total(count);
  await page.locator("tbody button").first().click();
  await page
    .getByRole("button", { name: "打印项目卡" })
    .or(page.getByRole("link", { name: "打印项目卡" }))
    .waitFor();
  await page.goBack();
  await total(count);
  await expect.poll(() => red.getAttribute("aria-pressed")).toBe("true");
});

test("rows are walked and opened with the keyboard", async () => {
  const { page } = program;
  const rows = page.locator("tbody tr:not([aria-hidden]) button");
  await rows.first().focus();
  const second = await rows.nth(1).textContent();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.locator(":focus").textContent()).toBe(second);
  await page.keyboard.press("End");
  await page.locator('tr[aria-rowindex="121"] button:focus').waitFor();
  await page.keyboard.press("Home");
  await page.locator('tr[aria-rowindex="2"] button:focus').waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/projects\/[^?]/);
});

test("a click on a head sorts, a second click turns the order", async () => {
  const { page } = program;
  const head = page.getByRole("columnheader", { name: /总投资/ }).first();
  await head.getByRole("button").first().click();
  await page.locator('th[aria-sort="ascending"]').waitFor();
  await head.getByRole("button").first().click();
  await page.locator('th[aria-sort="descending"]').waitFor();
  const amounts = async () => {
    const cells = await page.locator("tbody tr:not([aria-hidden]) td:nth-child(5)").allTextContents();
    return cells.slice(0, 8).map((text) => Number(text.replaceAll(",", "")));
  };
  // The rows of the other order stay until the new ones are there.
  await expect.poll(async () => (await amounts())[0]).toBeGreaterThan(1_000_000);
  const shown = await amounts();
  expect(shown).toEqual(shown.toSorted((a, b) => b - a));
});

test("the chosen columns are remembered", async () => {
  const { page } = program;
  const menu = page.getByRole("button", { name: "显示列" });
  await menu.click();
  await page.getByRole("checkbox", { name: "建设内容" }).check();
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("columnheader", { name: "建设内容" }).waitFor();
  await menu.click();
  await page.getByRole("button", { name: "恢复默认" }).click();
  await expect.poll(() => page.getByRole("columnheader", { name: "建设内容" }).count()).toBe(0);
});

test("the filtered ledger is saved as an Excel workbook", async () => {
  const { page } = program;
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出表格" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
});

test("lights follow the light date", async () => {
  const { page } = program;
  const red = page.getByRole("button", { name: /^红灯/ });
  const before = await red.textContent();
  await page.getByRole("button", { name: /^灯号日期/ }).click();
  await page.getByRole("button", { name: "下月" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /-28$/ }).click();
  await page.getByText(/不是今天的/).waitFor();
  await expect.poll(() => red.textContent()).not.toBe(before);
  // The calendar has a button of the same name until it has faded away.
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "回到今天" }).click();
  await expect.poll(() => red.textContent()).toBe(before);
});

test("ledger, its menus and the form for a new project have no serious accessibility finding, light and dark", async () => {
  const { page } = program;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "显示列" }).click();
    expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.getByRole("dialog", { name: "新建项目" }).waitFor();
    expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
    await page.keyboard.press("Escape");
  }
});
