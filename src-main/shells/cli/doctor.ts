/** `npm run doctor`: the check-up without a window, and on request the repair of the tables from the log. */
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { type Finding, findingStates, type HealthPart, healthParts } from "#domain/health.ts";
import { keysOf } from "#domain/values.ts";
import { defaultDataFolder } from "#shells/launch/data-folder.ts";
import { failureOf, type OfficeAt, openOfficeAt } from "./office-at.ts";
import { readOptions } from "./options.ts";

type Print = (line: string) => void;
type Ask = (question: string) => Promise<string>;

const USAGE = `用法：npm run doctor -- [选项]
  --data 文件夹   数据所在的文件夹（默认：本机用户的数据目录）
  --rebuild       各表与日志不一致时，备份后按日志重建（会先询问）
  --yes           不询问
退出码：0 一切正常；1 有问题，请按所列的办法处理；2 没有办完，原因见最后一行`;

/** 0: all is well, or is again; 1: problems; 2: not run to its end. */
export async function runDoctor(parameters: string[], print: Print, ask: Ask = askOnTerminal): Promise<0 | 1 | 2> {
  const given = readOptions(parameters, ["data"], USAGE, ["rebuild", "yes"]);
  if (typeof given === "string") {
    print(given);
    return 2;
  }
  try {
    const { call, core } = await openOfficeAt(resolve(given.data ?? defaultDataFolder()));
    try {
      const findings = await examine(call, print);
      const isRebuilt =
        given.flags.has("rebuild") && (await rebuild(call, findings, print, given.flags.has("yes") ? null : ask));
      const left = findings.filter(({ state, part }) => state === "bad" && !(isRebuilt && part === "tables"));
      print(left.length === 0 ? "体检通过。" : `有 ${left.length} 处问题，请按上面写的办法处理。`);
      return left.length === 0 ? 0 : 1;
    } finally {
      await core.close();
    }
  } catch (error) {
    print(`没有办完：${failureOf(error).message}`);
    return 2;
  }
}

async function examine(call: OfficeAt["call"], print: Print): Promise<Finding[]> {
  const parts = keysOf(healthParts);
  const findings: Finding[] = [];
  for (const [index, part] of parts.entries()) {
    print(`[${index + 1}/${parts.length}] ${healthParts[part]}`);
    const found = await call.maintenance.check({ part });
    list(found, print);
    findings.push(...found);
  }
  return findings;
}

function list(findings: readonly Finding[], print: Print): void {
  for (const { state, text } of findings) print(`  ${findingStates[state]}  ${text}`);
}

/** Whether the tables are well after it. */
async function rebuild(
  call: OfficeAt["call"],
  findings: readonly Finding[],
  print: Print,
  ask: Ask | null,
): Promise<boolean> {
  const isBad = (name: HealthPart) => findings.some(({ part, state }) => part === name && state === "bad");
  if (!isBad("tables")) {
    print("各表与日志一致，不需要重建。");
    return false;
  }
  if (ask && (await ask("先备份，再按日志重建各表，日志本身不动。输入“重建”并回车确认：")) !== "重建") {
    print("没有重建。");
    return false;
  }
  const { backup, findings: after } = await call.maintenance.rebuild();
  print(`已按日志重建。重建前的数据库备份在：${backup}`);
  list(after, print);
  return after.every(({ state }) => state !== "bad");
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
