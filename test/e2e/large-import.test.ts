/** A large bundle on its way in: seen from every page, nothing else held up, given up or taken in whole. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { type LargeBundle, makeLargeBundle, unpack } from "../sync/large-bundle.ts";
import { go } from "./clerk.ts";
import { openProgram, type Program, seriousFindings } from "./harness.ts";

let program: Program | undefined;
let bundle: LargeBundle;
let file: string;
const folder = mkdtempSync(join(tmpdir(), "lianxinqiao-large-"));

/** The district's program, with the bundle beside it; made in the first test. */
async function open(): Promise<Page> {
  if (!program) {
    bundle = await makeLargeBundle(400);
    file = join(folder, bundle.fileName);
    writeFileSync(file, bundle.bytes);
    program = await openProgram({}, unpack(bundle, mkdtempSync(join(folder, "data-"))));
    await program.page.getByRole("button", { name: /示例$/ }).click();
  }
  return program.page;
}

afterAll(async () => {
  expect(program?.problems).toEqual([]);
  await program?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Keeps imports from going on until it is called; whatever the speed of the machine, there is time to look. */
function holdUp(): () => void {
  const holder = new Database(join(program?.dataFolder ?? "", "lianxinqiao.db"));
  onTestFinished(() => void holder.close());
  holder.exec("begin immediate");
  return () => holder.exec("rollback");
}

async function begin(page: Page): Promise<void> {
  await go(page, "同步");
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("progressbar", { name: "导入进度" }).waitFor();
}

test("an import can be given up; nothing of it stays", async () => {
  const page = await open();
  const goOn = holdUp();
  await begin(page);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "取消导入" }).click();
  await page.getByText("正在取消，数据不会有变化…").waitFor();
  goOn();
  await page.getByRole("status").filter({ hasText: "已取消导入，数据没有变化" }).waitFor();
  await go(page, "项目台账");
  await page.getByText(`共 ${bundle.before} 个项目`).waitFor();
});

test("from other pages it is seen, and they answer; what is saved meanwhile waits, and is said to", async () => {
  const page = await open();
  const goOn = holdUp();
  await begin(page);
  await go(page, "项目台账");
  await page.getByText(`共 ${bundle.before} 个项目`).waitFor();
  await page.getByRole("banner").getByText("导入同步包：").waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("项目名称").fill("导入时新建的项目");
  await dialog.getByRole("button", { name: "新建", exact: true }).click();
  await page.getByText("正在导入，保存会在导入完成后进行。").waitFor();
  goOn();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("导入完成").waitFor();
  await go(page, "项目台账");
  await page.getByText(`共 ${(bundle.after + 1).toLocaleString("zh-CN")} 个项目`).waitFor();
  await page.getByRole("banner").getByText("导入同步包：").waitFor({ state: "detached" });
  await go(page, "同步");
  await page.getByRole("main").getByRole("status").filter({ hasText: "导入完成" }).waitFor();
});
