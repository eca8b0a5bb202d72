import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDemo, type Program, seriousFindings } from "./harness.ts";

let program: Program;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "lianxinqiao-home-"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  program = await openDemo();
});
afterAll(async () => {
  expect(program.problems).toEqual([]);
  await program.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const go = (path: string) => program.page.goto(`${program.origin}/#${path}`);

test("the city adds a street below its district and finds it by pinyin", async () => {
  const { page } = program;
  await go("/offices");
  await page.getByRole("button", { name: "新增单位" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("单位名称").fill("示例湾街道");
  await dialog.getByRole("combobox", { name: "上级单位" }).fill("zsq");
  await page.getByRole("option", { name: "中山区" }).click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("textbox", { name: "搜索单位" }).fill("slwjd");
  await page.getByRole("row", { name: /示例湾街道.*中山区/ }).waitFor();
});

test("a changed threshold shows its new source and moves the lights; 恢复初始值 brings it back", async () => {
  const { page } = program;
  await go("/offices?tab=settings");
  const row = page.getByRole("row", { name: /黄灯：节点到期前/ });
  await row.getByRole("button", { name: /修改/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("黄灯：节点到期前").fill("120");
  await dialog.getByRole("alert").or(dialog.getByText("不能大于 90 天")).waitFor();
  await dialog.getByLabel("黄灯：节点到期前").fill("15");
  await dialog.getByLabel("依据").fill("示例会议纪要");
  await dialog.getByRole("button", { name: "保存" }).click();
  await row.getByText("15 天").waitFor();
  await row.getByText("示例会议纪要").waitFor();
  await go("/nodes");
  await page.getByText("节点到期前 15 天内尚未完成").waitFor();
  await go("/offices?tab=settings");
  await row.getByRole("button", { name: /修改/ }).click();
  await dialog.getByRole("button", { name: "恢复初始值" }).click();
  await row.getByText("7 天").waitFor();
});

test("a backup lands in the chosen folder, and the database is proved sound", async () => {
  const { page } = program;
  await go("/offices?tab=care");
  await page.getByText(program.dataFolder, { exact: true }).waitFor();
  await page.getByRole("button", { name: "选择备份文件夹" }).click();
  const dialog = page.getByRole("dialog", { name: "选择备份文件夹" });
  await dialog.getByRole("button", { name: "个人文件夹" }).click();
  await dialog.getByText(home, { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "选择这个文件夹" }).click();
  await page.getByRole("button", { name: "备份到这里" }).click();
  const told = await page.getByText(/^已备份并核对：/).innerText();
  expect(existsSync(/：(.*\.db)/.exec(told)?.[1] ?? "")).toBe(true);
  await page.getByRole("button", { name: "开始检查" }).click();
  await page.getByText("检查通过").waitFor();
});

test.each([
  ["light", "/offices"],
  ["dark", "/offices?tab=settings"],
  ["dark", "/offices?tab=care"],
  ["dark", "/offices?tab=keys"],
  ["light", "/sync"],
  ["light", "/conflicts"],
] as const)("no serious accessibility finding: %s, %s", async (colorScheme, path) => {
  const { page } = program;
  await page.emulateMedia({ colorScheme });
  await go(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});
