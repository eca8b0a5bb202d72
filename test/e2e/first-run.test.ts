import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { closeBrowser, openProgram, type Program, seriousFindings } from "./harness.ts";

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(async () => {
  expect(program.problems).toEqual([]);
  await program.close();
});
afterAll(closeBrowser);

test("the first run offers to join, to start a city hub, or demo data", async () => {
  const { page } = program;
  for (const name of ["加入", "新建市级库", "演示数据"]) {
    await page.getByRole("button", { name: new RegExp(`^${name}`) }).waitFor();
  }
  expect(await page.getByText("不得处理国家秘密").isVisible()).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
});

test("a founded city hub asks for the person at each start, and Enter chooses the first", async () => {
  const { page } = program;
  await page.getByRole("button", { name: /^新建市级库/ }).click();
  await page.getByLabel("您的姓名").fill("赵样例");
  await page.getByLabel("职务").fill("科员");
  await page.getByLabel("职务").press("Enter");
  await page.getByRole("heading", { name: "工作台" }).waitFor();

  await program.restart();
  await page.getByRole("heading", { name: /请选择经办人/ }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /经办人 赵样例/ }).waitFor();
});

test("a file that is no invitation is refused with a sentence, and another may be chosen", async () => {
  const { page } = program;
  await page.getByRole("button", { name: /^加入/ }).click();
  await page.locator("input[type=file]").setInputFiles({
    name: "不是邀请.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("这不是邀请文件"),
  });
  await page.getByRole("alert").getByText("不是邀请.txt").waitFor();
  expect(await page.getByRole("button", { name: "选择文件" }).isEnabled()).toBe(true);
});
