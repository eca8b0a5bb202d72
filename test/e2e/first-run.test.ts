import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { openProgram, type Program, seriousFindings } from "./harness.ts";

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(async () => {
  expect(program.problems).toEqual([]);
  await program.close();
});

test("the first run offers to join, to start a city hub, or demo data", async () => {
  const { page } = program;
  for (const name of ["加入", "新建市级库", "演示数据"]) {
    await page.getByRole("button", { name: new RegExp(`^${name}`) }).waitFor();
  }
  await expect.poll(() => page.getByText("不得处理国家秘密").isVisible()).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
});

test("demo data is one click away, and says everywhere that it is demo data", async () => {
  const { page } = program;
  await page.getByRole("button", { name: /^演示数据/ }).click();
  await page.getByRole("heading", { name: "工作台" }).waitFor();
  await page.getByRole("banner").getByText("演示数据").waitFor();
  await page.getByRole("main").getByText("120").first().waitFor();
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
  await expect.poll(() => page.getByRole("button", { name: "选择文件" }).isEnabled()).toBe(true);
});

test("a district joins by invitation: fingerprint, name, the request file, and what to do next", async () => {
  const { page } = program;
  const cityFolder = mkdtempSync(join(tmpdir(), "lianxinqiao-city-"));
  const city = await openCore({ dataFolder: cityFolder, version: "0.0.0", shell: "browser", printPdf: null });
  const client = localClient(city.router);
  await client.setup.createCityHub({ personName: "赵样例", duty: "" });
  const { file, fingerprint } = await client.offices.invite({ officeId: "210202" });

  await page.getByRole("button", { name: /^加入/ }).click();
  await page.locator("input[type=file]").setInputFiles({
    name: file.name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(await file.arrayBuffer()),
  });
  await page.getByText(fingerprint).waitFor();
  await page.getByText(/^中山区/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByLabel("您的姓名").fill("钱样本");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "加入", exact: true }).click();
  const request = await downloading;

  const bytes = readFileSync(await request.path());
  const inspected = await client.offices.inspectRequest({ file: new File([bytes], request.suggestedFilename()) });
  expect(inspected).toMatchObject({ officeName: "中山区", personName: "钱样本" });
  await page.getByText("加入手续还差一步").waitFor();
  await page.getByText(inspected.fingerprint).waitFor();
  const again = page.waitForEvent("download");
  await page.getByRole("button", { name: "重新下载加入申请" }).click();
  expect((await again).suggestedFilename()).toBe(request.suggestedFilename());
  city.close();
  rmSync(cityFolder, { recursive: true, force: true });
});
