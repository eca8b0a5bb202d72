/** Help is there on every page, without a network, and the quick guide fits its page. */
import { expect, test } from "vitest";
import { go } from "./clerk.ts";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

test("F1 opens the help of the page, back returns to it", async () => {
  const { page } = program;
  const menu = await page.getByRole("navigation", { name: "主导航" }).getByRole("link").locator("span").allInnerTexts();
  for (const name of menu) {
    await go(page, name);
    await page.locator("nav [data-status=active]", { hasText: name }).waitFor();
    await page.keyboard.press("F1");
    await page.getByRole("article", { name: `帮助：${name}` }).waitFor();
  }
  await go(page, "项目台账");
  await page.getByText(/共 \d+ 个项目/).waitFor();
  await page.locator("tbody button").first().click();
  await page.getByRole("tab").first().waitFor();
  await page.keyboard.press("F1");
  await page.getByRole("article", { name: "帮助：项目页" }).waitFor();
  await page.goBack();
  await page.getByRole("tab").first().waitFor();
});

test("the button in the head opens it too, and it has no serious accessibility finding, light and dark", async () => {
  const { page } = program;
  await go(page, "走访");
  await page.getByRole("button", { name: "帮助", exact: true }).click();
  await page.getByRole("article", { name: "帮助：走访" }).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFindings(page)).toEqual([]);
  }
});

test("the quick guide of the own level is a click away, the others one more", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/help`);
  await page.getByRole("link", { name: "打印速查卡" }).click();
  const paper = page.frameLocator("iframe");
  await paper.getByRole("heading", { name: "连心桥速查卡（市级）" }).waitFor();
  await page.getByText("街道/园区", { exact: true }).click();
  await paper.getByRole("heading", { name: "连心桥速查卡（街道/园区）" }).waitFor();
});
