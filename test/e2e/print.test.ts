import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const go = (path: string) => program.page.goto(`${program.origin}/#${path}`);
/** The text of the sheet in the preview. Its frame runs no script, so it is read from the page around it. */
const sheetText = () =>
  program.page.evaluate<string>("document.querySelector('iframe')?.contentDocument?.body?.textContent ?? ''");

test("the progress sheet follows paper, months and filter, and prints from its own frame", async () => {
  const { page } = program;
  await go("/print");
  await expect.poll(sheetText).toMatch(/2026年9—11月/);
  await page.getByText("A3", { exact: true }).click();
  await expect.poll(sheetText).toMatch(/2026年6—11月/);
  await page.getByRole("textbox", { name: "搜索项目" }).fill("洋琪食品");
  await expect.poll(sheetText).not.toMatch(/环友屏蔽电泵/);
  expect(await sheetText()).toMatch(/洋琪食品预制菜加工基地项目/);
  await page.evaluate("document.querySelector('iframe').contentWindow.print = () => { window.printed = true; }");
  await page.getByRole("button", { name: "打印", exact: true }).click();
  expect(await page.evaluate("window.printed")).toBe(true);
});

test("the PDF is downloaded under a name that says what it is", async () => {
  const { page } = program;
  await go("/print?filter=%7B%22search%22%3A%22洋琪食品%22%7D");
  await expect.poll(sheetText).toMatch(/洋琪食品/);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存PDF" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/进度表.*\.pdf$/);
  expect(readFileSync(await file.path(), "latin1").slice(0, 5)).toBe("%PDF-");
});

test("a PDF that takes long can be given up: nothing is downloaded, and another can be made at once", async () => {
  const { page } = program;
  const held = Promise.withResolvers<void>();
  await page.route("**/sheets/pdf", async (route) => {
    await held.promise;
    await route.continue().catch(() => undefined);
  });
  const givenUp = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/sheets/pdf"));
  await page.getByRole("button", { name: "保存PDF" }).click();
  await page.getByText("正在生成 PDF").waitFor();
  await page.getByRole("button", { name: "取消" }).click();
  await givenUp;
  await page.getByText("正在生成 PDF").waitFor({ state: "detached" });
  held.resolve();
  await page.unroute("**/sheets/pdf");
  await expect.poll(() => page.getByText(/失去连接|出错/).count()).toBe(0);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存PDF" }).click();
  await waiting;
  expect(program.problems).toEqual([]);
});

test("a project's card and a visit's record are reached from where they belong", async () => {
  const { page } = program;
  await go("/projects?search=洋琪食品");
  await page.getByRole("button", { name: "洋琪食品预制菜加工基地项目" }).click();
  await page.getByText("打印项目卡", { exact: true }).click();
  await expect.poll(sheetText).toMatch(/洋琪食品预制菜加工基地项目/);
  await go("/visits");
  await page.locator("tbody a").first().click();
  await expect.poll(sheetText).toMatch(/走访/);
  await page.getByRole("combobox", { name: "表样" }).click();
  await page.getByRole("option", { name: "项目卡" }).click();
  await page.getByRole("combobox", { name: "项目" }).waitFor();
});

test("no serious accessibility finding around the sheet", async () => {
  const { page } = program;
  await go("/print");
  await page.locator("iframe").waitFor();
  // The sheet allows no script, the checker's neither.
  await page.evaluate("document.querySelector('iframe').remove()");
  expect(await seriousFindings(page)).toEqual([]);
});
