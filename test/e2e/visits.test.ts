import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const go = (path: string) => program.open(path);
const visitCount = async () => Number(/\d+/.exec(await program.page.getByText(/^共 \d+ 次走访$/).innerText())?.[0]);

test("a visit is recorded from any page with the keyboard alone, and another one follows", async () => {
  const { page } = program;
  await page.keyboard.press("v");
  const drawer = page.getByRole("dialog", { name: "记录走访" });
  await drawer.waitFor();
  await page.keyboard.type("dldt5hx");
  await expect.poll(() => page.getByRole("option").allInnerTexts()).toEqual([expect.stringContaining("大连地铁5号线")]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => drawer.getByLabel("服务秘书").inputValue()).toContain("王演示");
  for (let tab = 0; tab < 3; tab++) await page.keyboard.press("Tab");
  await page.keyboard.press("4");
  await page.keyboard.press("Tab");
  await page.keyboard.type("示例公司负责人");
  await page.keyboard.press("Tab");
  await page.keyboard.type("围挡已完成");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("status").getByText("走访已保存").waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => drawer.getByLabel("项目").inputValue()).toBe("");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });

  await go("/visits?search=围挡已完成");
  const row = page.getByRole("row", { name: /大连地铁5号线/ });
  await row.getByText("现场检查").waitFor();
});

test("a visit without a project is not saved and says so", async () => {
  const { page } = program;
  await go("/visits");
  await page.getByRole("button", { name: "记录走访" }).click();
  await page.getByRole("dialog").getByLabel("了解到的情况").fill("没有选项目");
  await page.keyboard.press("Control+Enter");
  await page.getByText("请选择项目").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await page.getByRole("button", { name: "不保存，关闭" }).click();
});

test("a deleted visit leaves the list and comes back with 撤销", async () => {
  const { page } = program;
  await go("/visits?search=围挡已完成");
  await expect.poll(visitCount).toBe(1);
  await page.locator("tbody button").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await page.getByRole("dialog", { name: "删除走访记录" }).getByRole("button", { name: "删除" }).click();
  await expect.poll(visitCount).toBe(0);
  await page.getByRole("alert").filter({ hasText: "走访记录已删除。" }).getByRole("button", { name: "撤销" }).click();
  await expect.poll(visitCount).toBe(1);
});

test("the list narrows by secretary and by days", async () => {
  const { page } = program;
  await go("/visits");
  await expect.poll(visitCount).toBeGreaterThan(100);
  const all = await visitCount();
  await page.getByRole("combobox", { name: "服务秘书" }).fill("wys");
  await page
    .getByRole("option", { name: /王演示/ })
    .first()
    .click();
  await expect.poll(visitCount).toBeLessThan(all);
  const ofSecretary = await visitCount();
  await page.getByLabel("起始日期").fill("20261115");
  await expect.poll(visitCount).toBeLessThan(ofSecretary);
});

test("a project not visited for long is opened with its visit form, and leaves the list once visited", async () => {
  const { page } = program;
  await go("/visits?tab=missing");
  const total = () => page.getByText(/^共 \d+ 个项目$/).innerText();
  const before = await total();
  await page.locator("tbody button").first().click();
  const drawer = page.getByRole("dialog", { name: "记录走访" });
  await expect.poll(() => drawer.getByLabel("项目").inputValue()).not.toBe("");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("status").getByText("走访已保存").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(total).not.toBe(before);
});

test("no serious accessibility finding in the list (light) and the form (dark)", async () => {
  const { page } = program;
  await go("/visits");
  await expect.poll(visitCount).toBeGreaterThan(100);
  expect(await seriousFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("tbody button").first().click();
  await page.getByRole("dialog").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});
