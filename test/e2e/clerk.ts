/** What clerks of every office do with files: join, export to a folder, import, as clicks on the page. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { vi } from "vitest";
import { carryBundle } from "#shells/cli/demo-office.ts";
import type { Program } from "./harness.ts";

/** A folder 示例U盘 in the home folder that the folder dialog offers; files travel through it. */
export function plugStick(): string {
  const home = mkdtempSync(join(tmpdir(), "lianxinqiao-home-"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  const stick = join(home, "示例U盘");
  mkdirSync(stick);
  return stick;
}

/** Opens a page of the menu. */
export const go = (page: Page, name: string) =>
  page
    .getByRole("navigation", { name: "主导航" })
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .click();

/** The file that the click downloads, kept on the stick; its path. */
export async function download(page: Page, stick: string, click: () => Promise<void>): Promise<string> {
  const waiting = page.waitForEvent("download");
  await click();
  const file = await waiting;
  const path = join(stick, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** Makes a project with nothing but its name by the form; its page is shown. */
export async function createProject({ page }: Program, name: string): Promise<void> {
  await go(page, "项目台账");
  await page.getByRole("button", { name: "新建项目" }).first().click();
  await page.getByRole("dialog").getByLabel("项目名称").fill(name);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name }).waitFor();
}

/** A project with nothing but its name, without clicks; its page is shown. */
export async function openNewProject(program: Program, name: string): Promise<void> {
  const call = await program.client();
  const { id } = await call.projects.create({ values: { name } });
  await program.open(`/projects/${id}`);
  await program.page.getByRole("heading", { name }).waitFor();
}

/** First run: a city hub founded by `person`. */
export async function foundCity({ page }: Program, person: string): Promise<void> {
  await page.getByRole("button", { name: /^新建市级库/ }).click();
  await page.getByLabel("您的姓名").fill(person);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "工作台" }).waitFor();
}

/** The parent invites `office`; the path of the invitation, and the parent's fingerprint as shown. */
export async function invite({ page }: Program, office: string, stick: string) {
  await go(page, "单位与设定");
  await page.getByRole("textbox", { name: "搜索单位" }).fill(office);
  const row = page.getByRole("row", { name: new RegExp(`^${office}`) });
  const make = page.getByRole("button", { name: "生成邀请文件" });
  // The rows may still move under the pointer while the list is narrowed down.
  for (let tries = 0; tries < 5 && !(await make.isVisible()); tries++) {
    await row.getByRole("button", { name: /邀请$/ }).click();
    await make.waitFor({ timeout: 2000 }).catch(() => undefined);
  }
  const path = await download(page, stick, () => make.click());
  const dialog = page.getByRole("dialog", { name: `邀请${office}加入` });
  const fingerprint = await dialog.locator("code").textContent();
  await dialog.getByRole("button", { name: "知道了" }).click();
  return { path, fingerprint };
}

/** First run: joins with an invitation; the path of the request, and both fingerprints as shown. */
export async function joinOffice({ page }: Program, invitation: string, person: string, stick: string) {
  await page.getByRole("button", { name: /^加入/ }).click();
  await page.locator("input[type=file]").setInputFiles(invitation);
  await page.getByLabel("您的姓名").fill(person);
  const parentFingerprint = await page.locator("code").textContent();
  const path = await download(page, stick, () => page.getByRole("button", { name: "加入", exact: true }).click());
  await page.getByText("加入手续还差一步").waitFor();
  const fingerprint = await page.locator("code").first().textContent();
  return { path, parentFingerprint, fingerprint };
}

/** The parent admits the request; the child's fingerprint as shown. */
export async function admit({ page }: Program, request: string) {
  await go(page, "单位与设定");
  await page.getByRole("button", { name: "接纳加入申请" }).click();
  const dialog = page.getByRole("dialog", { name: "接纳加入申请" });
  await dialog.locator("input[type=file]").setInputFiles(request);
  const fingerprint = await dialog.locator("code").textContent();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "接纳", exact: true }).click();
  await dialog.getByText("去同步", { exact: true }).click();
  return fingerprint;
}

/** Carries a bundle without clicks, and shows the receiver's page anew. */
export async function carry(from: Program, to: Program, stick: string): Promise<void> {
  const [call, receiver] = await Promise.all([from.client(), to.client()]);
  const { office } = await receiver.setup.state();
  await carryBundle({ call }, { id: office?.id ?? "", call: receiver }, stick);
  await to.page.reload();
}

/** Exports to the stick, chosen in the folder dialog the first time; the path of the bundle. */
export async function exportBundle({ page }: Program, peer: string, stick: string): Promise<string> {
  await go(page, "同步");
  await page.getByRole("region", { name: peer }).getByRole("button", { name: /^导出/ }).click();
  const dialog = page.getByRole("dialog", { name: `导出给${peer}` });
  if (await dialog.getByText("还没有选择").isVisible()) await chooseStick(page, stick);
  await dialog.getByRole("button", { name: "导出", exact: true }).click();
  await dialog.getByText("已写入并核对，可以拔出U盘").waitFor();
  const path = await dialog
    .getByText(/\.lxq$/)
    .last()
    .textContent();
  await dialog.getByRole("button", { name: "完成" }).click();
  return join(stick, basename(path ?? ""));
}

async function chooseStick(page: Page, stick: string): Promise<void> {
  await page.getByRole("button", { name: "选择U盘或文件夹" }).click();
  const dialog = page.getByRole("dialog", { name: "选择U盘或文件夹" });
  await dialog.getByRole("button", { name: "个人文件夹" }).click();
  await dialog.getByRole("button", { name: basename(stick) }).click();
  await dialog.getByText(stick, { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "选择这个文件夹" }).click();
}

/** Imports a bundle chosen by the button; the report, or the refusal. */
export async function importBundle({ page }: Program, file: Parameters<Locator["setInputFiles"]>[0]): Promise<Locator> {
  await go(page, "工作台");
  await go(page, "同步");
  await page.locator("input[type=file]").setInputFiles(file);
  const answer = page
    .getByRole("main")
    .getByRole("status")
    .filter({ hasText: "号包" })
    .or(page.getByRole("alert").filter({ hasText: /^没有导入/ }));
  await answer.waitFor();
  return answer;
}

/** Drops a file on the place for bundles. */
export async function dropBundle({ page }: Program, name: string, bytes: Buffer): Promise<Locator> {
  await go(page, "同步");
  const content = JSON.stringify([bytes.toString("base64"), name]);
  const dataTransfer = await page.evaluateHandle(`(([content, name]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(content), (char) => char.charCodeAt(0))], name));
    return transfer;
  })(${content})`);
  await page.getByRole("region", { name: "对方发来的同步包" }).dispatchEvent("drop", { dataTransfer });
  const report = page.getByRole("main").getByRole("status").filter({ hasText: "号包" });
  await report.waitFor();
  return report;
}

/** Joins `child` below `parent`: invitation, request, fingerprints, first bundle. */
export async function enrol(parent: Program, child: Program, office: string, person: string, stick: string) {
  const invitation = await invite(parent, office, stick);
  const joined = await joinOffice(child, invitation.path, person, stick);
  const admitted = await admit(parent, joined.path);
  const bundle = await exportBundle(parent, office, stick);
  await importBundle(child, bundle);
  return { invitation, joined, admitted };
}
