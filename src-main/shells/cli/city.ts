/** `npm run demo -- --city N --data DIR`: a data folder with a whole invented city, to open with `npm start`. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createCity } from "#core/create-city.ts";
import { DATABASE_FILE } from "#core/create-core.ts";
import { Failure } from "#domain/failure.ts";
import { VERSION } from "#shells/version.ts";
import { readOptions } from "./options.ts";

const USAGE =
  "用法：npm run demo -- --city 项目数 --data 新文件夹 [--secretaries 人数]\n" +
  "项目数如 719（2018 年的规模）或 3200（2023 年的规模）。不带参数则演示一个单位的一个月。";
const SECRETARIES = 378;
const MOST = 100_000;

/** True when the command line asks for a city; then it was made, or refused with a sentence and an exit code. */
export async function runCity(parameters: string[], say: (line: string) => void): Promise<number> {
  const options = readOptions(parameters, ["city", "data", "secretaries"], USAGE);
  if (typeof options === "string") return refuse(say, options);
  const projects = Number(options.city);
  const secretaries = Number(options.secretaries ?? SECRETARIES);
  if (!Number.isInteger(projects) || projects < 1 || projects > MOST)
    return refuse(say, `项目数应为 1 到 ${MOST} 的整数。\n${USAGE}`);
  if (!Number.isInteger(secretaries) || secretaries < 1 || secretaries > MOST)
    return refuse(say, `人数应为 1 到 ${MOST} 的整数。\n${USAGE}`);
  if (!options.data) return refuse(say, `请用 --data 写明新的数据文件夹。\n${USAGE}`);
  const dataFolder = resolve(options.data);
  if (existsSync(join(dataFolder, DATABASE_FILE)))
    return refuse(say, `文件夹“${dataFolder}”里已有数据库，没有改动。请另选一个新文件夹。`);
  const started = performance.now();
  try {
    const made = await createCity(
      { dataFolder, version: VERSION, shell: "browser", printPdf: null },
      { projects, secretaries },
      (month) => say(`${month}…`),
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`已生成 ${made.projects} 个项目、${secretaries} 名服务秘书，共 ${made.records} 条记录，用时 ${seconds} 秒。`);
    say(`打开：npm start -- --data ${dataFolder}`);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return refuse(say, error.message);
  }
}

function refuse(say: (line: string) => void, sentence: string): number {
  say(sentence);
  return 2;
}
