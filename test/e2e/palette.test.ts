/** Ctrl+K: anything of the program is found and opened from the keyboard. */
import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const palette = () => program.page.getByRole("dialog", { name: "查找" });
const options = () => palette().getByRole("option").allInnerTexts();

/** Opens it on the workbench and types. */
async function find(letters: string) {
  const { page } = program;
  await page.goto(`${program.origin}/#/`);
  await page.getByRole("heading", { name: "工作台" }).waitFor();
  await page.keyboard.press("Control+k");
  await palette().locator("input:focus").waitFor();
  await page.keyboard.type(letters);
}

test("a project is opened by its pinyin initials", async () => {
  const { page } = program;
  await find("dldt5hx");
  await expect.poll(options).toEqual([expect.stringContaining("大连地铁5号线")]);
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/projects\/[^?]/);
  await page.getByRole("heading", { name: /大连地铁5号线/ }).waitFor();
});

test("a person's card is opened by name and closes with back", async () => {
  const { page } = program;
  await find("王演示");
  await expect.poll(options).toContainEqual(expect.stringContaining("王演示"));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "王演示" }).waitFor();
  await page.goBack();
  await page.getByRole("dialog", { name: "王演示" }).waitFor({ state: "detached" });
});

test("an act starts where it belongs, with the focus in its form", async () => {
  const { page } = program;
  await find("xjxm");
  await expect.poll(options).toEqual([expect.stringContaining("新建项目")]);
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "新建项目" });
  await form.waitFor();
  await expect.poll(() => form.locator(":focus").getAttribute("data-autofocus")).not.toBeNull();
  await page.keyboard.press("Escape");
  await find("jlzf");
  await expect.poll(options).toEqual([expect.stringContaining("记录走访")]);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "记录走访" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "记录走访" }).waitFor({ state: "detached" });
});

test("arrows choose among pages and acts, and Escape leaves everything as it was", async () => {
  const { page } = program;
  await find("");
  const texts = await options();
  expect(texts.length).toBeGreaterThan(12);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => palette().locator("[data-combobox-selected]").innerText()).toBe(texts[1]);
  await page.keyboard.type("zfff没有这样的");
  await palette().getByText("没有找到").waitFor();
  await page.keyboard.press("Escape");
  await palette().waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "工作台" }).waitFor();
});

test("it opens from within a search field, and the input method's Enter runs nothing", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/projects`);
  await page.getByRole("textbox", { name: "搜索项目" }).focus();
  await page.keyboard.press("Control+k");
  await palette().locator("input:focus").waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "zou", selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(300);
  expect((await options()).length).toBeGreaterThan(12);
  await session.send("Input.insertText", { text: "走访" });
  await expect.poll(async () => (await options())[0]).toContain("走访");
  await page.keyboard.press("Escape");
});

test("the ? dialog lists it, and it has no serious accessibility finding, light and dark", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/`);
  await page.getByRole("heading", { name: "工作台" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "快捷键" }).getByText("查找项目、人员、页面和操作").waitFor();
  await page.keyboard.press("Escape");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await find("dl");
    await expect.poll(async () => (await options()).length).toBeGreaterThan(5);
    expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
    await page.keyboard.press("Escape");
  }
});
