/**
 * `npm run bench -- screens`: the lists and pages on the whole invented city at ten times its
 * size of 2023 (32,000 projects), each judged by the processor time of the core, of which a screen may take 100 ms.
 * `--factor N` takes another size, `--data DIR` a copy of a folder made before by `npm run demo -- --city`. At the end
 * stand the figures as JSON.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { createCity } from "#core/create-city.ts";
import { openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { enrolDemoOffice } from "#shells/cli/demo-office.ts";
import { VERSION } from "#shells/version.ts";
import { judge, median, report, type Spent, timed } from "./report.ts";
import { type Call, DISTRICT, screensOf } from "./screen-list.ts";

const SIZE = { projects: 3200, secretaries: 378 };
const LIMIT_MS = 100;
const REPEATS = 7;
const otherProfiles = { investment: "yinchuan", stats: "yinchuan", start: "yinchuan" };

/**
 * Processor ms of each time. `longest`, of what is worked out once a day or after a change of the rules, in portions:
 * processor ms between two of them, when other calls are answered.
 */
type Measured = { name: string; ms: number[]; longest?: number };

/** Prints one line a call, and at the end those over the limit. */
export async function runScreensBench(parameters: readonly string[]): Promise<void> {
  const option = (name: string) => parameters[parameters.indexOf(name) + 1 || parameters.length];
  const made = option("--data");
  const dataFolder = mkdtempSync(join(tmpdir(), "lianxinqiao-screens-"));
  const options = { dataFolder, version: VERSION, shell: "browser", printPdf: null } as const;
  try {
    if (made === undefined) {
      const factor = Number(option("--factor") ?? 10);
      const size = { projects: SIZE.projects * factor, secretaries: SIZE.secretaries * factor };
      const spent = await timed(() => createCity(options, size));
      const { records } = spent.result;
      const sizes = `${size.projects} 个项目，${size.secretaries} 名秘书，共 ${records} 条记录`;
      report("规模", `${sizes}，${spent.seconds.toFixed(0)} s`);
    } else cpSync(made, dataFolder, { recursive: true });
    const core = await openCore(options);
    const call = localClient(core.router);
    const { people } = await call.setup.state();
    await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
    const district = await enrolDemoOffice({ call }, DISTRICT, join(dataFolder, "district"), "李样本");
    await district.child.core.close();
    const { projects, measured } = await measureScreens(call);
    const slow = measured.filter(({ ms, longest }) => (longest ?? median(ms)) >= LIMIT_MS);
    report("超过上限的", slow.length === 0 ? "没有" : slow.map(({ name }) => name).join("、"));
    const machine = { machine: cpus()[0]?.model, cores: cpus().length, load: tenth(loadavg()[0] ?? 0) };
    console.log(JSON.stringify({ ...machine, projects, screens: measured }));
    await core.close();
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function measureScreens(call: Call): Promise<{ projects: number; measured: Measured[] }> {
  const { today } = await call.setup.state();
  const measured: Measured[] = [];
  const once = async (name: string, ask: () => Promise<unknown>) => measured.push(await inPortions(name, ask));
  const summary = () => call.workbench.summary({ asOf: today });
  await once("刚打开的工作台", summary);
  const month = addMonths(monthOf(today), -1);
  await once("第一次看的月份的投资进度", () => call.monthlyReports.byRegion({ month: addMonths(month, -4) }));
  await once("第一次看的月份的更正", () => call.books.corrections({ month: addMonths(month, -1) }));
  await once("第一次的待对方确认", () => call.exchange.waiting({ peerId: DISTRICT }));
  await once("第一次的走访搜索", () => call.visits.list({ search: "用电", offset: 0, limit: 100 }));
  for (const [name, ask, before] of await screensOf(call, today)) measured.push(await repeated(name, ask, before));
  for (const [dimension, value] of Object.entries(otherProfiles)) {
    await call.settings.save({ key: `light.${dimension}`, value, source: "性能测试" });
  }
  await once("各维度亮灯的工作台（刚改设定）", summary);
  const others = (await screensOf(call, today)).filter(([name]) => name.startsWith("改动节点后"));
  for (const [name, ask, before] of others) measured.push(await repeated(`各维度亮灯，${name}`, ask, before));
  await once("月对账", () => call.books.close({ month }));
  const { total: projects } = await call.projects.list({ filter: {}, offset: 0, limit: 1, asOf: today });
  return { projects, measured };
}

/** Measures what is asked for the first time, and how long the core answers nothing else meanwhile. */
async function inPortions(name: string, ask: () => Promise<unknown>): Promise<Measured> {
  let isOver = false;
  let longest = 0;
  const watching = (async () => {
    while (!isOver) longest = Math.max(longest, (await timed(() => pause())).cpu * 1000);
  })();
  const { cpu, seconds } = await timed(ask);
  isOver = true;
  await watching;
  const figure = `${(seconds * 1000).toFixed(0)} ms（处理器 ${(cpu * 1000).toFixed(0)} ms），一次最多占用 ${longest.toFixed(1)} ms`;
  judge(name, figure, `< ${LIMIT_MS} ms`, longest < LIMIT_MS);
  return { name, ms: [tenth(cpu * 1000)], longest: tenth(longest) };
}

const tenth = (ms: number) => Math.round(ms * 10) / 10;

async function repeated(name: string, ask: () => Promise<unknown>, before?: () => Promise<unknown>): Promise<Measured> {
  await ask();
  const spent: Spent[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    await before?.();
    spent.push(await timed(ask));
  }
  return shown(name, spent);
}

function shown(name: string, spent: readonly Spent[]): Measured {
  const ms = spent.map(({ cpu }) => tenth(cpu * 1000));
  const wall = median(spent.map(({ seconds }) => seconds * 1000));
  const cpu = median(ms);
  judge(name, `${wall.toFixed(1)} ms（处理器 ${cpu.toFixed(1)} ms）`, `< ${LIMIT_MS} ms`, cpu < LIMIT_MS);
  return { name, ms };
}
