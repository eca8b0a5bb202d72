/**
 * `npm run bench`: 20,000 projects, 200,000 nodes, 100,000 visits, each figure with its target. Shown are the times
 * of this machine by the clock; judged is processor time, which other programs disturb least (the core works in one
 * thread, so on an idle machine the two agree). The import is a ratio to raw prepared upserts of the same rows in the
 * same run. Never part of the tests.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferContractRouterInputs } from "@orpc/contract";
import type { Contract } from "#contract/contract.ts";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { Journal } from "#journal/journal.ts";
import { type DemoOffice, enrolDemoOffice, openDemoOffice } from "#shells/cli/demo-office.ts";
import { VERSION } from "#shells/version.ts";
import { openStore } from "#store/open.ts";
import { fillLargeOffice, SIZE } from "./data.ts";
import { measureImport } from "./first-import.ts";
import { judge, median, rateOf, report, runSelf, type Spent, timed } from "./report.ts";

const DISTRICT = "210202";
const TODAY = "2026-11-22";
const REPEATS = 15;
type ListInput = InferContractRouterInputs<Contract>["projects"]["list"];

/** Runs the benchmark in a temporary folder and prints one line a figure. */
export async function runBench(_projectFolder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "lianxinqiao-bench-"));
  try {
    const city = await openDemoOffice(join(work, "city"), (call) =>
      call.setup.createCityHub({ personName: "张示例", duty: "" }),
    );
    const { child } = await enrolDemoOffice(city, DISTRICT, join(work, "district"), "李样本");
    for (const { core } of [city, child]) core.close();
    await fill(join(work, "district"), child);
    await measureQueries(join(work, "district"), child.personId);
    measureStart(join(work, "district"));
    await measureImport(work, child, city);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fill(folder: string, office: DemoOffice): Promise<void> {
  const store = await openStore(join(folder, DATABASE_FILE));
  const journal = new Journal(store, store.readMeta("replica") ?? "", () => Date.now());
  const actor = { officeId: office.id, officeName: office.name, personId: office.personId, personName: "李样本" };
  const spent = await timed(() => fillLargeOffice(store, journal, actor));
  const { projects, nodesPerProject, visitsPerProject } = SIZE;
  report("规模", `${projects} 个项目，${projects * nodesPerProject} 个节点，${projects * visitsPerProject} 次走访`);
  report("录入（批量，经日志）", rateOf(projects * (1 + nodesPerProject + visitsPerProject), spent));
  store.close();
}

async function measureQueries(folder: string, personId: string): Promise<void> {
  const core = await openCore({ dataFolder: folder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  await call.setup.choosePerson({ personId });
  const base: ListInput = { filter: {}, offset: 0, limit: 100, asOf: TODAY };
  const queries: [string, ListInput][] = [
    ["列表首屏", base],
    ["搜索汉字", { ...base, filter: { search: "轴承产业园" } }],
    ["搜索拼音首字母", { ...base, filter: { search: "zccyy" } }],
    ["筛选阶段和清单", { ...base, filter: { stages: ["started"], list: "list_strategic_emerging" } }],
    [
      "筛选红灯，按投资排序",
      { ...base, filter: { lights: ["red"] }, sort: { column: "total_investment", descending: true } },
    ],
    ["按名称拼音排序，末屏", { ...base, offset: SIZE.projects - 100, sort: { column: "name", descending: false } }],
    ["待走访", { ...base, filter: { unvisitedOnly: true } }],
  ];
  for (const [name, input] of queries) await measure(name, 50, () => call.projects.list(input));
  const { rows } = await call.projects.list(base);
  let next = 0;
  await measure("项目页", 20, () => call.projects.get({ id: rows[next++ % rows.length]?.id ?? "", asOf: TODAY }));
  await measure("工作台", 300, () => call.workbench.summary({ asOf: TODAY }));
  core.close();
}

/** Judges the median processor time of repeated calls after a warm-up, in ms. */
async function measure(name: string, limit: number, work: () => Promise<unknown>): Promise<void> {
  await work();
  const spent: Spent[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) spent.push(await timed(work));
  const cpu = median(spent.map((each) => each.cpu * 1000));
  const wall = median(spent.map((each) => each.seconds * 1000));
  judge(name, `${wall.toFixed(1)} ms（处理器 ${cpu.toFixed(1)} ms）`, `< ${limit} ms`, cpu < limit);
}

/** Cold start and memory of a core in a process of its own, on the large database. */
function measureStart(folder: string): void {
  const [openMs, openCpuMs, rssMb] = runSelf("probe", folder).trim().split(" ");
  judge("冷启动（自进程启动）", `${openMs} ms（处理器 ${openCpuMs} ms）`, "< 500 ms", Number(openCpuMs) < 500);
  judge("内存（打开并查询后）", `${rssMb} MB`, "< 250 MB", Number(rssMb) < 250);
}

/** `cli probe FOLDER`: opens the core, asks once, and prints the milliseconds until it answered, those of the processor, and the resident megabytes. */
export async function probe(folder: string): Promise<void> {
  const core = await openCore({ dataFolder: folder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  await call.setup.state();
  // Counts from the start of the process: Node's own start and the loading of the program are part of a cold start.
  const opened = performance.now();
  const { user, system } = process.cpuUsage();
  await call.projects.list({ filter: { search: "zccyy" }, offset: 0, limit: 100, asOf: TODAY });
  await call.projects.list({ filter: { lights: ["red"] }, offset: 0, limit: 100, asOf: TODAY });
  console.log(
    `${opened.toFixed(0)} ${((user + system) / 1000).toFixed(0)} ${(process.memoryUsage().rss / 1_048_576).toFixed(0)}`,
  );
  process.exit(0);
}
