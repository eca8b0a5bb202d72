/** The check-up without a window: what it prints, how it ends, and the repair that asks first. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { healthParts } from "#domain/health.ts";
import { openDemoOffice } from "#shells/cli/demo-office.ts";
import { runDoctor } from "#shells/cli/doctor.ts";

let data: string;

beforeEach(async () => {
  data = join(mkdtempSync(join(tmpdir(), "lianxinqiao-doctor-")), "数据");
  const office = await openDemoOffice(data, (call) => call.setup.createDemo());
  office.core.close();
});
afterEach(() => rmSync(join(data, ".."), { recursive: true, force: true }));

async function run(more: string[] = [], answer = "") {
  const lines: string[] = [];
  const questions: string[] = [];
  const code = await runDoctor(
    ["--data", data, ...more],
    (line) => lines.push(line),
    async (question) => {
      questions.push(question);
      return answer;
    },
  );
  return { code, lines, questions, last: lines.at(-1) ?? "" };
}

function damage(): void {
  const database = new Database(join(data, "lianxinqiao.db"));
  database.exec("update project set owner = '改动'");
  database.close();
}

const backups = () => readdirSync(join(data, "backups")).filter((name) => name.includes("before-rebuild"));

it("says of every part how it is", async () => {
  const { code, lines, last } = await run();
  expect([code, last]).toEqual([0, "体检通过。"]);
  for (const label of Object.values(healthParts)) expect(lines.some((line) => line.endsWith(label))).toBe(true);
  expect(lines).toContain("  正常  项目：120 条，与改动日志一致");
});

it("asks before it makes the tables anew, and does nothing unless told to", async () => {
  damage();
  const found = await run();
  expect([found.code, found.last]).toEqual([1, "有 1 处问题，请按上面写的办法处理。"]);
  const refused = await run(["--rebuild"], "不");
  expect([refused.code, refused.questions.length]).toEqual([1, 1]);
  expect(backups()).toEqual([]);
  const done = await run(["--rebuild"], "重建");
  expect([done.code, done.last]).toEqual([0, "体检通过。"]);
  expect(backups()).toHaveLength(1);
  expect(await run(["--rebuild"], "重建")).toMatchObject({ code: 0, questions: [] });
  damage();
  expect(await run(["--rebuild", "--yes"])).toMatchObject({ code: 0, questions: [] });
});

it("says why it cannot look", async () => {
  expect(await run(["--oops"])).toMatchObject({ code: 2, last: expect.stringContaining("不认识的选项“--oops”") });
  const nowhere = await run(["--data", join(data, "没有")]);
  expect(nowhere).toMatchObject({ code: 2, last: expect.stringContaining("没有单位数据库") });
});
