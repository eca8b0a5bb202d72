import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

test("the workbench counts what the ledger shows behind each figure", async () => {
  const { page } = program;
  for (const label of ["红灯", "项目卡待补", "缺服务秘书"]) {
    await page.goto(`${program.origin}/#/`);
    const figure = page.getByRole("main").getByRole("link", { name: new RegExp(`^${label}`) });
    const count = Number((await figure.textContent())?.replaceAll(/\D/g, ""));
    await figure.click();
    await page.getByText(`共 ${count} 个项目`).waitFor();
  }
});

test("an overdue node leads to its project", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/`);
  const node = page.getByRole("region", { name: "逾期节点" }).getByRole("link").nth(1);
  const nodeName = (await node.locator("span").first().textContent()) ?? "";
  await node.click();
  await page.getByRole("tab", { name: /^节点/, selected: true }).waitFor();
  await page.getByRole("table", { name: "节点" }).getByText(nodeName).first().waitFor();
});

test("the workbench has no serious accessibility finding, light and dark", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByRole("region", { name: "逾期节点" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  }
});

test("the ? key lists the shortcuts that work on the page", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/projects`);
  await page.getByText(/共 \d+ 个项目/).waitFor();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "快捷键" });
  for (const label of ["新建项目", "搜索项目", "撤销本次打开后的上一步保存"]) await dialog.getByText(label).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("a lost connection is named with what to do, and 重试 recovers", async () => {
  const { page, problems } = program;
  await page.goto(`${program.origin}/#/`);
  await page.getByRole("region", { name: "逾期节点" }).waitFor();
  // A page not opened before: what was read a moment ago is still shown without asking again.
  await page.route("**/rpc/**", (route) => route.abort());
  await page.getByRole("navigation").getByRole("link", { name: "走访" }).click();
  await page.getByText("与本机的连心桥程序失去连接").first().waitFor();
  await page.unroute("**/rpc/**");
  await page.getByRole("button", { name: "重试" }).first().click();
  await page.getByText(/^共 \d+ 次走访$/).waitFor();
  expect(problems.splice(0).filter((problem) => !problem.includes("ERR_FAILED"))).toEqual([]);
});
