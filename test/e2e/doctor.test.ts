/** A clerk has the program examined, and repairs tables that were changed behind its back. */
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDemoOffice } from "#shells/cli/demo-office.ts";
import { go } from "./clerk.ts";
import { openProgram, type Program, seriousFindings } from "./harness.ts";

let program: Program;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "lianxinqiao-e2e-"));
  const office = await openDemoOffice(folder, (call) => call.setup.createDemo());
  office.core.close();
  const database = new Database(join(folder, "lianxinqiao.db"));
  database.exec("update project set owner = '绕过程序改的'");
  database.close();
  program = await openProgram({}, folder);
});

afterAll(async () => {
  await program.close();
});

test("what is wrong comes first, with what to do; the repair asks, keeps a backup and is looked at again", async () => {
  const { page } = program;
  await page.getByRole("button", { name: /张示例/ }).click();
  await go(page, "单位与设定");
  await page.getByRole("tab", { name: "备份与检查" }).click();
  const part = page.getByRole("region", { name: "体检" });
  await part.getByRole("button", { name: "开始检查" }).click();
  await part.getByText("发现 1 处问题").waitFor();
  const results = part.getByRole("list", { name: "体检发现" }).getByRole("listitem");
  await expect.poll(() => results.first().innerText()).toContain("不一致：请按日志重建");
  await expect.poll(() => results.first().getByRole("img", { name: "问题" }).count()).toBe(1);
  expect(await seriousFindings(page)).toEqual([]);

  // What was found waits until the clerk comes back.
  await go(page, "项目台账");
  await go(page, "单位与设定");
  await page.getByRole("tab", { name: "备份与检查" }).click();
  await part.getByText("发现 1 处问题").waitFor();
  await part.getByText("检查于 20").waitFor();

  await part.getByRole("button", { name: "按日志重建" }).click();
  const dialog = page.getByRole("dialog", { name: "按日志重建各表？" });
  await dialog.getByRole("button", { name: "取消" }).click();
  await dialog.waitFor({ state: "detached" });
  await part.getByText("发现 1 处问题").waitFor();
  await part.getByRole("button", { name: "按日志重建" }).click();
  await dialog.getByRole("button", { name: "备份并重建" }).click();
  await part.getByText("已按日志重建").waitFor();
  await part.getByText("检查通过").waitFor();
  await expect.poll(() => results.count()).toBe(0);
  await part.getByRole("list", { name: "正常的各项" }).getByText("项目：120 条，与改动日志一致").waitFor();
  const backups = readdirSync(join(program.dataFolder, "backups")).filter((name) => name.includes("before-rebuild"));
  expect(backups).toHaveLength(1);
  expect(await seriousFindings(page)).toEqual([]);
  expect(program.problems).toEqual([]);
});
