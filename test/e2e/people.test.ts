import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const go = (path: string) => program.open(path);

test("a secretary is added, found by pinyin, stopped and brought back", async () => {
  const { page } = program;
  await go("/people?tab=secretaries");
  await page.getByText(/^共 \d+ 人$/).waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("卫样本");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByLabel("搜索人员").fill("wyb");
  await page.getByText("共 1 人").waitFor();
  const name = page.getByRole("button", { name: /卫样本/ });
  await name.click();
  await dialog.getByRole("button", { name: "修改" }).click();
  await page
    .getByRole("dialog", { name: /修改人员/ })
    .getByRole("button", { name: "停用" })
    .click();
  await page.getByRole("dialog", { name: "停用人员" }).getByRole("button", { name: "停用" }).click();
  await name.waitFor({ state: "detached" });
  await page.getByLabel("含已停用").check();
  await page.getByRole("row", { name: /卫样本.*已停用/ }).waitFor();
  await name.click();
  await dialog.getByRole("button", { name: "修改" }).click();
  await page.getByRole("button", { name: "恢复" }).click();
  await page.getByText("已停用", { exact: true }).waitFor({ state: "detached" });
});

test("the person at the keyboard cannot be stopped; the reason is said", async () => {
  const { page } = program;
  await go("/people?search=张示例");
  await page.getByRole("button", { name: /^张示例$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "修改" }).click();
  await page
    .getByRole("dialog", { name: /修改人员/ })
    .getByRole("button", { name: "停用" })
    .click();
  await page.getByRole("dialog", { name: "停用人员" }).getByRole("button", { name: "停用" }).click();
  await page.getByText("“张示例”是当前经办人，不能停用").waitFor();
});

test("all projects that lack a secretary get one in one step, and one undo takes it back", async () => {
  const { page } = program;
  await go("/people?tab=lacking");
  const total = () => page.getByText(/^共 \d+ 个项目$/).innerText();
  const before = await total();
  expect(before).not.toBe("共 0 个项目");
  await page.keyboard.press("a");
  await page.getByRole("button", { name: /^安排服务秘书（\d+）$/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("服务秘书").fill("wys");
  await page
    .getByRole("option", { name: /王演示/ })
    .first()
    .click();
  await dialog.getByRole("button", { name: "安排", exact: true }).click();
  await page.getByText("应配的项目都有了服务秘书").waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(total).toBe(before);
});

test.each([
  ["light", "roster"],
  ["dark", "lacking"],
] as const)("no serious accessibility finding: %s, %s", async (colorScheme, tab) => {
  const { page } = program;
  await page.emulateMedia({ colorScheme });
  await go(`/people?tab=${tab}`);
  await page.getByText(/^共 \d+ (人|个项目)$/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});
