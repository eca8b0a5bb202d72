/**
 * `npm run bench`: 20,000 projects, 200,000 nodes, 100,000 visits. Absolute times are of this machine; the import
 * is measured as a ratio to raw prepared upserts of the same rows in the same run. Never part of the tests.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferContractRouterInputs } from "@orpc/contract";
import Database from "better-sqlite3";
import type { Contract } from "#contract/contract.ts";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { type EntityName, fieldsOf, registry } from "#domain/registry.ts";
import { Journal } from "#journal/journal.ts";
import { VERSION } from "#shells/version.ts";
import { openStore } from "#store/open.ts";
import { fillLargeOffice, SIZE } from "./bench-data.ts";
import { type DemoOffice, enrolDemoOffice, openDemoOffice } from "./demo-office.ts";

const DISTRICT = "210202";
const TODAY = "2026-11-22";
const REPEATS = 15;
type ListInput = InferContractRouterInputs<Contract>["projects"]["list"];

/** Runs the benchmark in a temporary folder and prints one line a figure. */
export async function runBench(_projectFolder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "lianxinqiao-bench-"));
  const offices: DemoOffice[] = [];
  try {
    const city = await openDemoOffice(join(work, "city"), (call) =>
      call.setup.createCityHub({ personName: "张示例", duty: "" }),
    );
    offices.push(city);
    const { child } = await enrolDemoOffice(city, DISTRICT, join(work, "district"), "李样本");
    child.core.close();
    await fill(join(work, "district"), child);
    const ids = await measureQueries(join(work, "district"), child.personId);
    measureStart(join(work, "district"));
    await measureImport(join(work, "district"), child, city, work);
    report("项目", `${ids} 个`);
  } finally {
    for (const office of offices) office.core.close();
    rmSync(work, { recursive: true, force: true });
  }
}

function report(name: string, figure: string, limit = ""): void {
  console.log(`${name.padEnd(28, "　")} ${figure}${limit ? `  (目标 ${limit})` : ""}`);
}

async function fill(folder: string, office: DemoOffice): Promise<void> {
  const store = await openStore(join(folder, DATABASE_FILE));
  const journal = new Journal(store, store.readMeta("replica") ?? "", () => Date.now());
  const actor = { officeId: office.id, officeName: office.name, personId: office.personId, personName: "李样本" };
  const started = performance.now();
  fillLargeOffice(store, journal, actor);
  const records = SIZE.projects * (1 + SIZE.nodesPerProject + SIZE.visitsPerProject);
  const seconds = (performance.now() - started) / 1000;
  report("录入（批量，经日志）", `${records} 条记录，每秒 ${Math.round(records / seconds)} 条`);
  store.close();
}

async function measureQueries(folder: string, personId: string): Promise<number> {
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
  for (const [name, input] of queries) report(name, await median(() => call.projects.list(input)), "< 50 ms");
  const { rows, total } = await call.projects.list(base);
  let next = 0;
  report(
    "项目页",
    await median(() => call.projects.get({ id: rows[next++ % rows.length]?.id ?? "", asOf: TODAY })),
    "< 20 ms",
  );
  report("工作台", await median(() => call.workbench.summary({ asOf: TODAY })));
  core.close();
  return total;
}

/** Median of repeated calls after a warm-up, in ms. */
async function median(work: () => Promise<unknown>): Promise<string> {
  await work();
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((left, right) => left - right);
  return `${(times[Math.floor(REPEATS / 2)] ?? 0).toFixed(1)} ms（最慢 ${(times.at(-1) ?? 0).toFixed(1)} ms）`;
}

/** Cold start and memory of a core in a process of its own, on the large database. */
function measureStart(folder: string): void {
  const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "../cli.js"), "probe", folder], {
    encoding: "utf8",
  });
  const [openMs, rssMb] = stdout.trim().split(" ");
  if (!openMs || !rssMb) throw new Error(`the probe failed: ${stderr}`);
  report("冷启动（进程内打开核心）", `${openMs} ms`, "< 500 ms");
  report("核心进程内存（打开并查询后）", `${rssMb} MB`, "< 250 MB");
}

async function measureImport(folder: string, child: DemoOffice, city: DemoOffice, work: string): Promise<void> {
  const core = await openCore({ dataFolder: folder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  await call.setup.choosePerson({ personId: child.personId });
  const exported = performance.now();
  const sent = await call.exchange.export({ peerId: city.id, folder: work });
  report(
    "导出同步包",
    `${sent.recordChanges} 条，${((performance.now() - exported) / 1000).toFixed(1)} s，${(sent.bytes / 1_048_576).toFixed(1)} MB`,
  );
  core.close();
  const raw = rawUpserts(join(folder, DATABASE_FILE), join(work, "raw.db"));
  const bytes = readFileSync(sent.path);
  const started = performance.now();
  await city.call.exchange.import({ file: new File([bytes], sent.fileName) });
  const seconds = (performance.now() - started) / 1000;
  const rate = sent.recordChanges / seconds;
  report("直接写入同样的行", `每秒 ${Math.round(raw.rate)} 条`);
  report("导入同步包", `每秒 ${Math.round(rate)} 条，为直接写入的 ${((rate / raw.rate) * 100).toFixed(0)}%`, "≥ 50%");
  const again = performance.now();
  await city.call.exchange.import({ file: new File([bytes], sent.fileName) });
  report("重复导入", `${(performance.now() - again).toFixed(0)} ms`);
  report("数据库大小", `${(statSync(join(folder, DATABASE_FILE)).size / 1_048_576).toFixed(0)} MB`);
}

/** Prepared upserts of every replicated row into the same tables of an empty database, one durable transaction. */
function rawUpserts(source: string, target: string): { rate: number } {
  copyFileSync(source, target);
  const from = new Database(source, { readonly: true });
  const entities = Object.keys(registry) as EntityName[];
  const tables = entities.map((entity) => {
    const columns = ["id", ...fieldsOf(entity).map(([name]) => name), "versions"];
    return {
      entity,
      columns,
      rows: from
        .prepare(`select ${columns.join(", ")} from ${entity}`)
        .raw()
        .all() as unknown[][],
    };
  });
  from.close();
  const to = new Database(target);
  to.pragma("journal_mode = WAL");
  to.pragma("synchronous = FULL");
  for (const entity of entities) to.exec(`delete from ${entity}`);
  const started = performance.now();
  let count = 0;
  to.transaction(() => {
    for (const { entity, columns, rows } of tables) {
      const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
      const upsert = to.prepare(
        `insert into ${entity} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})
         on conflict (id) do update set ${updates.join(", ")}`,
      );
      for (const row of rows) upsert.run(row);
      count += rows.length;
    }
  })();
  const rate = count / ((performance.now() - started) / 1000);
  to.close();
  return { rate };
}

/** `cli probe FOLDER`: opens the core, asks once, and prints the milliseconds to open and the resident megabytes. */
export async function probe(folder: string): Promise<void> {
  const started = performance.now();
  const core = await openCore({ dataFolder: folder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  await call.setup.state();
  const opened = performance.now() - started;
  await call.projects.list({ filter: { search: "zccyy" }, offset: 0, limit: 100, asOf: TODAY });
  await call.projects.list({ filter: { lights: ["red"] }, offset: 0, limit: 100, asOf: TODAY });
  console.log(`${opened.toFixed(0)} ${(process.memoryUsage().rss / 1_048_576).toFixed(0)}`);
  process.exit(0);
}
