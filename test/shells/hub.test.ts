/** The unattended exchange: five districts' files in a folder, with what a real folder also holds. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type DemoOffice, enrolDemoOffice, openDemoOffice } from "#shells/cli/demo-office.ts";
import { runHub } from "#shells/cli/hub/hub.ts";
import { inOrder } from "#shells/cli/hub/inbox.ts";
import { openOfficeAt } from "#shells/cli/office-at.ts";
import { builtRoot } from "./built.ts";

const DISTRICTS = ["210202", "210203", "210204", "210211"];
const GAPPED = "210212";
const BUNDLES_EACH = 8;
const GARBAGE = ["=1+1.lxq", "坏包.lxq", "空.lxq", "说明.txt", "子文件夹/给别人的.lxq"];

let root: string;
/** The city as it stands before any bundle has come, and what the districts sent. */
let city: string;
let inbox: string;
let missing: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "lianxinqiao-hub-"));
  city = join(root, "市");
  inbox = join(root, "收件");
  missing = join(root, "缺的包.lxq");
  mkdirSync(join(inbox, "子文件夹"), { recursive: true });
  const hub = await openDemoOffice(city, (call) => call.setup.createCityHub({ personName: "张示例", duty: "科员" }));
  for (const id of DISTRICTS) {
    const { child } = await enrolDemoOffice(hub, id, join(root, id), "李样本");
    for (let at = 1; at <= BUNDLES_EACH; at++) await send(child, inbox, `${child.name}项目${at}`);
    child.core.close();
  }
  await sendWithGap(hub);
  const forChild = await hub.call.exchange.export({ peerId: "210202", folder: root });
  cpSync(forChild.path, join(inbox, "子文件夹/给别人的.lxq"));
  hub.core.close();
  const [sample = ""] = readdirSync(inbox).filter((name) => name.endsWith(`第3号-${name.slice(-12)}`));
  cpSync(join(inbox, sample), join(inbox, "子文件夹", "又一份.lxq"));
  writeFileSync(join(inbox, "坏包.lxq"), readFileSync(join(inbox, sample)).subarray(0, -50));
  writeFileSync(join(inbox, "=1+1.lxq"), "not a bundle");
  writeFileSync(join(inbox, "空.lxq"), "");
  writeFileSync(join(inbox, "说明.txt"), "各区县的包");
  writeFileSync(join(inbox, "Thumbs.db"), "x");
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function send(child: DemoOffice, folder: string, project: string): Promise<string> {
  await child.call.projects.create({ values: { name: project } });
  return (await child.call.exchange.export({ peerId: "2102", folder })).path;
}

/** A district that was told its first bundle had arrived sends only what came after it. */
async function sendWithGap(hub: DemoOffice): Promise<void> {
  const folder = join(root, GAPPED);
  const { child } = await enrolDemoOffice(hub, GAPPED, folder, "王演示");
  cpSync(await send(child, root, "先来的项目"), missing);
  child.core.close();
  const database = new Database(join(folder, "lianxinqiao.db"));
  database.exec("update link set acked_position = (select max(id + sets) - 1 from change_log)");
  database.close();
  const { call, core } = await openOfficeAt(folder);
  const [person] = (await call.setup.state()).people;
  await call.setup.choosePerson({ personId: person?.id ?? "" });
  await call.projects.create({ values: { name: "后来的项目" } });
  await call.exchange.export({ peerId: "2102", folder: inbox });
  core.close();
}

/** A desk of its own for a test: the fresh city's folder, an inbox, an outbox. */
function desk(files = inbox) {
  const folder = mkdtempSync(join(root, "desk-"));
  const place = { data: join(folder, "data"), inbox: join(folder, "收"), outbox: join(folder, "发") };
  cpSync(city, place.data, { recursive: true });
  cpSync(files, place.inbox, { recursive: true });
  return place;
}
type Desk = ReturnType<typeof desk>;

const parameters = ({ data, inbox, outbox }: Desk) => ["--data", data, "--inbox", inbox, "--outbox", outbox];

async function run(place: Desk, ...more: string[]) {
  const lines: string[] = [];
  const code = await runHub([...parameters(place), ...more], (line) => lines.push(line));
  return { code, lines, last: lines.at(-1) ?? "" };
}

function reportOf({ outbox }: Desk): Record<string, string>[] {
  const bytes = readFileSync(join(outbox, "收发结果.csv"));
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const { data, errors } = Papa.parse<Record<string, string>>(bytes.toString("utf8").slice(1), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
}

const outcomes = (lines: Record<string, string>[], outcome: string) => lines.filter((line) => line.结果 === outcome);

function contents(folder: string): [path: string, base64: string, changedMs: number][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path): [string, string, number] => [path, readFileSync(path).toString("base64"), statSync(path).mtimeMs]);
}

async function projectsAt(data: string): Promise<string[]> {
  const { call, core } = await openOfficeAt(data);
  try {
    expect(await call.maintenance.verify()).toMatchObject({ ok: true });
    const { rows } = await call.projects.list({ filter: {}, offset: 0, limit: 500, asOf: "2026-11-22" });
    return rows.map(({ name }) => name).sort();
  } finally {
    core.close();
  }
}

it("takes in, parks or refuses every file, says so in the report, and answers every child", async () => {
  const place = desk();
  const before = contents(place.inbox);
  const { code, last } = await run(place);
  expect(code).toBe(1);
  expect(last).toBe("合计：已导入 32，暂存 1，以前已导入 1，拒收 5，已导出 5");
  const report = reportOf(place);
  expect(report).toHaveLength(44);
  expect(
    outcomes(report, "拒收")
      .map((line) => line.文件?.replace(/^'/, ""))
      .sort(),
  ).toEqual([...GARBAGE].sort());
  expect(outcomes(report, "暂存")[0]).toMatchObject({ 包号: "2", 说明: expect.stringContaining("缺") });
  expect(outcomes(report, "以前已导入")).toHaveLength(1);
  for (const line of outcomes(report, "已导入")) expect(line).toMatchObject({ 经办人: "张示例", 冲突: "0" });
  expect(readdirSync(place.outbox).filter((name) => name.endsWith(".lxq"))).toHaveLength(5);
  expect(contents(place.inbox)).toEqual(before);
  expect(await projectsAt(place.data)).toHaveLength(32);
  // A name that begins like a formula is text in the table.
  expect(outcomes(report, "拒收").map((line) => line.文件)).toContain("'=1+1.lxq");
});

it("run again it takes in nothing twice and writes no bundle twice; the report keeps both runs", async () => {
  const place = desk();
  await run(place);
  const sent = contents(place.outbox).filter(([path]) => path.endsWith(".lxq"));
  const { code, last } = await run(place);
  expect(code).toBe(1);
  expect(last).toBe("合计：暂存 1，以前已导入 33，拒收 5，没有新内容 5");
  expect(contents(place.outbox).filter(([path]) => path.endsWith(".lxq"))).toEqual(sent);
  expect(reportOf(place)).toHaveLength(88);
  expect(await projectsAt(place.data)).toHaveLength(32);
});

it("a bundle that closes a gap releases what waited for it, and all children get news of it", async () => {
  const place = desk();
  for (const name of GARBAGE) rmSync(join(place.inbox, name));
  expect((await run(place)).code).toBe(0);
  cpSync(missing, join(place.inbox, "缺的包.lxq"));
  const { code, last } = await run(place);
  expect(code).toBe(0);
  expect(last).toBe("合计：已导入 1，以前已导入 34，已导出 5");
  expect(outcomes(reportOf(place), "已导入").at(-1)?.说明).toContain("暂存的第 2 号包也已导入");
  expect(await projectsAt(place.data)).toEqual(expect.arrayContaining(["先来的项目", "后来的项目"]));
});

it("a bundle that brings nothing new is answered all the same: its sender waits for the receipt", async () => {
  const place = desk();
  for (const name of GARBAGE) rmSync(join(place.inbox, name));
  await run(place);
  const { call, core } = await openOfficeAt(join(root, "210202"));
  const [person] = (await call.setup.state()).people;
  await call.setup.choosePerson({ personId: person?.id ?? "" });
  await call.exchange.export({ peerId: "2102", folder: place.inbox });
  core.close();
  expect((await run(place)).last).toBe("合计：已导入 1，暂存 1，以前已导入 33，已导出 5");
  expect((await run(place)).last).toBe("合计：暂存 1，以前已导入 34，没有新内容 5");
});

it("killed in the middle, again and again, it ends up where one run would have", async () => {
  const place = desk();
  for (const lines of [3, 9, 2, 14, 36]) await killAfter(place, lines);
  mkdirSync(place.outbox, { recursive: true });
  const half = join(place.outbox, "同步包-某市-致-某区-第9号-20261122.lxq.part");
  writeFileSync(half, "half");
  const { code } = await run(place);
  expect(code).toBe(1);
  expect(await projectsAt(place.data)).toHaveLength(32);
  const taken = outcomes(reportOf(place), "已导入").map((line) => `${line.单位} ${line.包号}`);
  expect(new Set(taken).size).toBe(taken.length);
  expect(readdirSync(place.outbox).filter((name) => name.endsWith(".part"))).toEqual([]);
});

/** Runs the built program and kills it when it has printed that many lines. */
function killAfter(place: Desk, lines: number): Promise<void> {
  const child = spawn(process.execPath, [join(builtRoot(), "dist/main/cli.js"), "hub", ...parameters(place)]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split("\n").length > lines) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.once("close", () => resolve()));
}

it("a line of the report that was cut off is taken away; another file is never written over", async () => {
  const place = desk();
  for (const name of readdirSync(place.inbox)) rmSync(join(place.inbox, name), { recursive: true });
  const report = join(place.outbox, "收发结果.csv");
  await run(place);
  const whole = readFileSync(report);
  writeFileSync(report, Buffer.concat([whole, Buffer.from("2026-11-22 10:00,半")]));
  await run(place);
  expect(readFileSync(report).subarray(0, whole.length)).toEqual(whole);
  expect(reportOf(place)).toHaveLength(10);
  const other = join(place.outbox, "台账.csv");
  writeFileSync(other, "项目名称\r\n");
  const { code, last } = await run(place, "--report", other);
  expect([code, last]).toEqual([2, expect.stringContaining("它不是这个程序写的清单")]);
  expect(readFileSync(other, "utf8")).toBe("项目名称\r\n");
});

it("says why it cannot run", async () => {
  const place = desk();
  expect(await run({ ...place, data: join(root, "没有") })).toMatchObject({
    code: 2,
    last: expect.stringContaining("没有单位数据库"),
  });
  expect(await run({ ...place, inbox: join(root, "没有") })).toMatchObject({
    code: 2,
    last: expect.stringContaining("已经不在"),
  });
  const { call, core } = await openOfficeAt(place.data);
  expect((await run(place)).last).toContain("正由另一个连心桥窗口使用");
  const [person] = (await call.setup.state()).people;
  await call.setup.choosePerson({ personId: person?.id ?? "" });
  await call.people.save({ values: { name: "赵示例" } });
  core.close();
  expect((await run(place)).last).toContain("在用人员：张示例、赵示例");
  expect((await run(place, "--person", "钱示例")).code).toBe(2);
  expect((await run(place, "--person", "赵示例")).lines[0]).toContain("经办人：赵示例");
  rmSync(join(place.data, "keys.json"));
  expect((await run(place, "--person", "赵示例")).last).toContain("找不到本单位的密钥文件");
});

it.each([
  [["--oops", "x"], "不认识的选项“--oops”"],
  [["--inbox", "a"], "请用 --inbox 和 --outbox"],
  [["--inbox", "--outbox"], "选项“--inbox”后面缺少内容"],
  [["--inbox", "a", "--outbox", "a/b"], "不能相同"],
  [["--inbox", "a", "--outbox", "b", "--report", "a/r.csv"], "不能放在收件文件夹里"],
  [["--help"], "用法"],
])("the command line %j is answered with a sentence", async (given, expected) => {
  const lines: string[] = [];
  expect(await runHub(given, (line) => lines.push(line))).toBe(2);
  expect(lines.join("\n")).toContain(expected);
});

it("bundles of a sender are taken in by their numbers, an earlier life before a later one", () => {
  const file = (fromId: string, replica: string, number: number, madeAt: string) => ({
    name: `${fromId}-${replica}-${number}`,
    path: "",
    label: { fromId, fromName: "", toName: "", number, replica, madeAt },
  });
  const files = [
    file("b", "zz", 10, "2026-03-01"),
    { name: "未知", path: "", label: null },
    file("a", "yy", 2, "2026-02-03"),
    file("a", "yy", 1, "2026-02-02"),
    file("b", "zz", 9, "2026-03-02"),
    file("a", "zz", 10, "2026-01-02"),
    file("a", "zz", 9, "2026-01-01"),
  ];
  expect(inOrder(files).map(({ name }) => name)).toEqual([
    "a-zz-9",
    "a-zz-10",
    "a-yy-1",
    "a-yy-2",
    "b-zz-9",
    "b-zz-10",
    "未知",
  ]);
});
