/** Files that are cut off, altered, of another kind, empty, too big or for someone else, given to the pages. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createProject, exportBundle, go, importBundle, invite, plugStick } from "./clerk.ts";
import { openOffice, openProgram, type Program } from "./harness.ts";
import { admittedRequest, offices } from "./templates.ts";

const CITY = offices.city.name;
const DISTRICT = offices.district.name;
const OTHER = "甘井子区";
const DAY = 86_400_000;
const LEDGER = resolve(import.meta.dirname, "../fixtures/dalian_projects.csv");

let city: Program;
let district: Program;
/** On its first run: nothing chosen yet. */
let newcomer: Program;
let stick: string;
/** Good files to be spoilt. */
let files: { invitation: string; request: string; bundle: string };

beforeAll(async () => {
  stick = plugStick();
  [city, district, newcomer] = await Promise.all([openOffice("city"), openOffice("district"), openProgram()]);
  const invitation = await invite(city, OTHER, stick);
  files = { invitation: invitation.path, request: await admittedRequest(), bundle: "" };
  await createProject(district, "示例项目甲");
  files.bundle = await exportBundle(district, CITY, stick);
});
afterAll(async () => {
  for (const program of [city, district, newcomer]) {
    expect(program.problems).toEqual([]);
    await program.close();
  }
  vi.unstubAllEnvs();
  rmSync(dirname(stick), { recursive: true, force: true });
});

/** Every byte of the database, work not yet folded in included. */
function stateOf({ dataFolder }: Program): string {
  const hash = createHash("sha256");
  for (const name of ["lianxinqiao.db", "lianxinqiao.db-wal"]) {
    const path = join(dataFolder, name);
    hash.update(existsSync(path) ? readFileSync(path) : "");
  }
  return hash.digest("hex");
}

/** A file on the stick with the given bytes. */
function spoilt(name: string, bytes: Buffer | string): string {
  const path = join(stick, name);
  writeFileSync(path, bytes);
  return path;
}

const cut = (path: string, name: string) => spoilt(name, readFileSync(path).subarray(0, -100));
function altered(path: string, name: string): string {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return spoilt(name, bytes);
}
/** A file of so many megabytes of nothing after a good beginning; it takes no room on the disk. */
function swollen(path: string, name: string, megabytes: number): string {
  const target = join(stick, name);
  copyFileSync(path, target);
  truncateSync(target, megabytes * 1024 * 1024);
  return target;
}

/** Gives the page a file and waits for the sentence that refuses it. */
async function refused(page: Page, path: string, sentence: string | RegExp): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("alert").filter({ hasText: sentence }).waitFor();
}

test("a bundle that is spoilt, empty or of another kind is refused in words; the database stays as it was", async () => {
  const before = stateOf(city);
  for (const [path, sentence] of [
    [cut(files.bundle, "截断.lxq"), "“截断.lxq”不完整或被改动过（长度不符），没有导入，数据没有变化。请重新复制"],
    [altered(files.bundle, "改动.lxq"), "“改动.lxq”不完整或被改动过（校验值不符），没有导入，数据没有变化。请重新复制"],
    [spoilt("空.lxq", ""), "“空.lxq”是空的。请重新从来源处复制。"],
    [files.invitation, "不是连心桥同步包。这是邀请文件：下级单位第一次打开连心桥时，用“加入”导入。"],
    [files.request, "不是连心桥同步包。这是加入申请：上级在“单位与设定”里用“接纳加入申请”导入。"],
    [LEDGER, "不是连心桥同步包。同步包的扩展名是 .lxq，请另选文件。"],
  ] as const) {
    const report = await importBundle(city, path);
    await expect.poll(() => report.textContent()).toContain(sentence);
  }
  expect(stateOf(city)).toBe(before);
});

test("a bundle for another office is refused with the name of the right one", async () => {
  const before = stateOf(district);
  const answer = await (await importBundle(district, files.bundle)).textContent();
  expect(answer).toContain(`这个文件是给“${CITY}”的，本单位是“${DISTRICT}”，没有导入。请交给收件单位。`);
  expect(stateOf(district)).toBe(before);
});

test("a bundle given twice changes nothing the second time; an older one given late changes nothing either", async () => {
  const imported = async (path: string) => (await importBundle(city, path)).textContent();
  await createProject(district, "示例项目乙");
  const second = await exportBundle(district, CITY, stick);
  expect(await imported(second)).toContain("导入完成：金普新区第 2 号包");
  expect(await imported(second)).toContain("金普新区第 2 号包以前已经导入，没有变化。");
  expect(await imported(files.bundle)).toContain("对方没有本机还没有的变动");
  await go(city.page, "项目台账");
  await city.page.getByText("共 2 个项目").waitFor();
});

test("an invitation that is spoilt, too big, of another kind or too old is refused in words on the first run", async () => {
  const { page } = newcomer;
  const before = stateOf(newcomer);
  await page.getByRole("button", { name: /^加入/ }).click();
  for (const [path, sentence] of [
    [cut(files.invitation, "截断.lxq-invite"), "“截断.lxq-invite”不完整或被改动过（文件被截断）"],
    [altered(files.invitation, "改动.lxq-invite"), "“改动.lxq-invite”不完整或被改动过（签名不符）"],
    [spoilt("空.lxq-invite", ""), "“空.lxq-invite”是空的。"],
    [swollen(files.invitation, "太大.lxq-invite", 9), "“太大.lxq-invite”有 9 MB，超过上限 8 MB，没有导入。"],
    [files.bundle, "不是连心桥邀请文件。这是同步包，请到“同步”里导入。"],
  ] as const) {
    await refused(page, path, sentence);
  }
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60 * DAY });
  try {
    await refused(page, files.invitation, /邀请文件已于 \d{4}-\d\d-\d\d 过期，请上级重新生成。/);
  } finally {
    vi.useRealTimers();
  }
  expect(stateOf(newcomer)).toBe(before);
});

test("a join request that is spoilt, of another kind or already admitted is refused in words", async () => {
  const { page } = city;
  await go(page, "单位与设定");
  await page.getByRole("button", { name: "接纳加入申请" }).click();
  const before = stateOf(city);
  for (const [path, sentence] of [
    [cut(files.request, "截断.lxq-request"), "“截断.lxq-request”不完整或被改动过（文件被截断）"],
    [altered(files.request, "改动.lxq-request"), "“改动.lxq-request”不完整或被改动过（签名不符）"],
    [files.invitation, "不是连心桥加入申请。这是邀请文件"],
    [files.request, "“金普新区”已经加入过。"],
  ] as const) {
    await refused(page, path, sentence);
  }
  expect(stateOf(city)).toBe(before);
  await page.keyboard.press("Escape");
});

test("a file that is no readable ledger is refused in words and leaves the ledger as it was", async () => {
  const { page } = city;
  await go(page, "项目台账");
  await page.getByRole("main").getByText("导入表格").first().click();
  const before = stateOf(city);
  for (const [path, sentence] of [
    [files.bundle, "不是.xlsx或.csv表格。请在WPS/Excel中打开原表并另存为.xlsx后再导入。"],
    [spoilt("空.csv", ""), "“空.csv”是空的。"],
    [spoilt("断.xlsx", "PK\u0003\u0004……"), "“断.xlsx”不完整或被改动过（文件尾部缺失），没有导入"],
    [swollen(LEDGER, "太大.csv", 51), "“太大.csv”有 51 MB，超过上限 50 MB，没有导入。请核对是不是选错了文件。"],
    [spoilt("无表头.csv", "a,b\n1,2\n"), "没有找到表头。请确认表格中有“项目名称”一列。"],
  ] as const) {
    await refused(page, path, sentence);
  }
  expect(stateOf(city)).toBe(before);
});
