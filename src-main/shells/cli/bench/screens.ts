/**
 * `npm run bench -- screens`: every list and page call of the contract on the whole invented city at ten times its
 * size of 2023 (32,000 projects), each judged by the processor time of the core, of which a screen may take 100 ms.
 * `--factor N` takes another size, `--data DIR` a folder made before by `npm run demo -- --city`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCity } from "#core/create-city.ts";
import { openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { addDays, addMonths, monthOf } from "#domain/calendar.ts";
import { VERSION } from "#shells/version.ts";
import { judge, median, report, type Spent, timed } from "./report.ts";

const SIZE = { projects: 3200, secretaries: 378 };
const LIMIT_MS = 100;
const REPEATS = 7;

type Call = ReturnType<typeof localClient>;
type Screen = readonly [name: string, ask: () => Promise<unknown>];

/** Prints one line a call, and at the end those over the limit. */
export async function runScreensBench(parameters: readonly string[]): Promise<void> {
  const option = (name: string) => parameters[parameters.indexOf(name) + 1 || parameters.length];
  const made = option("--data");
  const dataFolder = made ?? mkdtempSync(join(tmpdir(), "lianxinqiao-screens-"));
  const options = { dataFolder, version: VERSION, shell: "browser", printPdf: null } as const;
  try {
    if (made === undefined) {
      const factor = Number(option("--factor") ?? 10);
      const size = { projects: SIZE.projects * factor, secretaries: SIZE.secretaries * factor };
      const spent = await timed(() => createCity(options, size));
      report(
        "规模",
        `${size.projects} 个项目，${size.secretaries} 名秘书，共 ${spent.result.records} 条记录，${spent.seconds.toFixed(0)} s`,
      );
    }
    const core = await openCore(options);
    const slow = await measureScreens(localClient(core.router));
    report("超过上限的", slow.length === 0 ? "没有" : slow.join("、"));
    core.close();
  } finally {
    if (made === undefined) rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function measureScreens(call: Call): Promise<string[]> {
  const { people, today } = await call.setup.state();
  await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
  const slow: string[] = [];
  for (const [name, ask] of await screensOf(call, today)) {
    await ask();
    const spent: Spent[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) spent.push(await timed(ask));
    const cpu = median(spent.map((each) => each.cpu * 1000));
    const wall = median(spent.map((each) => each.seconds * 1000));
    judge(name, `${wall.toFixed(1)} ms（处理器 ${cpu.toFixed(1)} ms）`, `< ${LIMIT_MS} ms`, cpu < LIMIT_MS);
    if (cpu >= LIMIT_MS) slow.push(name);
  }
  return slow;
}

async function screensOf(call: Call, asOf: string): Promise<Screen[]> {
  const window = { offset: 0, limit: 100, asOf };
  const { rows, total } = await call.projects.list({ ...window, filter: {} });
  const month = monthOf(asOf);
  const district = "210211";
  const [visit] = (await call.visits.list({ offset: 0, limit: 1 })).rows;
  const [secretary] = await call.people.list({ secretariesOnly: true });
  let next = 0;
  const someProject = () => rows[next++ % rows.length]?.id ?? "";
  const list = (input: Partial<Parameters<Call["projects"]["list"]>[0]>) => () =>
    call.projects.list({ ...window, filter: {}, ...input });
  const nodesOf = (input: Partial<Parameters<Call["nodes"]["month"]>[0]>) => () =>
    call.nodes.month({ ...window, month, includeOverdue: true, lights: [], group: "day", ...input });
  return [
    ["工作台", () => call.workbench.summary({ asOf })],
    ["台账首屏", list({})],
    ["台账末屏", list({ offset: total - 100 })],
    ["台账搜索拼音首字母", list({ filter: { search: "slszjc" } })],
    ["台账红灯按投资", list({ filter: { lights: ["red"] }, sort: { column: "total_investment", descending: true } })],
    ["台账一个区按名称", list({ filter: { officeId: district }, sort: { column: "name", descending: false } })],
    ["台账按秘书排序", list({ sort: { column: "secretaries", descending: false } })],
    ["台账按最近走访", list({ sort: { column: "last_visit_on", descending: false } })],
    ["台账按节点完成", list({ sort: { column: "node_progress", descending: true } })],
    ["台账按责任单位", list({ sort: { column: "responsible_unit", descending: false } })],
    ["台账到期未走访", list({ filter: { unvisitedOnly: true } })],
    ["台账应配未配秘书", list({ filter: { lacksSecretary: true } })],
    ["台账卡片待补", list({ filter: { incompleteOnly: true } })],
    ["台账一名秘书", list({ filter: { secretaryId: secretary?.id ?? "none" } })],
    ["台账灯号计数", () => call.projects.lightCounts({ filter: {}, asOf })],
    ["项目选择", () => call.projects.find({ search: "slzsq", limit: 30 })],
    ["项目页", () => call.projects.get({ id: someProject(), asOf })],
    ["项目修改记录", () => call.projects.history({ id: someProject(), limit: 100 })],
    ["节点本月含逾期", nodesOf({})],
    ["节点上月", nodesOf({ month: addMonths(month, -1), includeOverdue: false })],
    ["节点一个区", nodesOf({ officeId: district })],
    ["节点待审核", () => call.nodes.inState({ state: "submitted", asOf })],
    ["节点被退回", () => call.nodes.inState({ state: "returned", asOf })],
    ["走访首屏", () => call.visits.list({ offset: 0, limit: 100 })],
    ["走访一人", () => call.visits.list({ personId: secretary?.id, offset: 0, limit: 100 })],
    ["走访一个月", () => call.visits.list({ from: addDays(asOf, -30), to: asOf, offset: 0, limit: 100 })],
    ["走访搜索", () => call.visits.list({ search: "用电容量", offset: 0, limit: 100 })],
    ["问题清单首屏", () => call.issues.list({ ...window, filter: { view: "open" } })],
    ["问题超期", () => call.issues.list({ ...window, filter: { view: "overdue" } })],
    ["问题待跟进", () => call.issues.list({ ...window, filter: { view: "silent" } })],
    ["问题已销号末屏", () => call.issues.list({ ...window, offset: 10_000, filter: { view: "closed" } })],
    ["问题搜索拼音首字母", () => call.issues.list({ ...window, filter: { search: "zdxt" } })],
    [
      "问题按最近办理",
      () => call.issues.list({ ...window, filter: {}, sort: { column: "last_entry_on", descending: true } }),
    ],
    ["问题计数", () => call.issues.counts({ filter: {}, asOf })],
    ["问题统计", () => call.issues.statistics({ from: `${asOf.slice(0, 4)}-01-01`, to: asOf })],
    ["未走访", () => call.visits.missing({ asOf, offset: 0, limit: 100 })],
    ["人员名册", () => call.people.list({})],
    ["单位", () => call.offices.list()],
    ["设定", () => call.settings.list()],
    ["月报一个月", () => call.monthlyReports.list({ month, filter: {}, offset: 0, limit: 200 })],
    ["问题清单", () => call.issues.list({ filter: { view: "open" }, offset: 0, limit: 100, asOf })],
    ["问题计数", () => call.issues.counts({ filter: {}, asOf })],
    ["手续总览", () => call.permits.overview({ filter: {}, offset: 0, limit: 100, asOf })],
    ["对账一个月", () => call.books.month({ month: addMonths(month, -1) })],
    ["图表灯号本月", () => call.charts.lights({ month, asOf })],
    ["图表灯号上月", () => call.charts.lights({ month: addMonths(month, -1), asOf })],
    ["图表投资", () => call.charts.investment({ asOf })],
    ["图表问题", () => call.charts.issues({ asOf })],
    ["图表秘书", () => call.charts.secretaries({ asOf })],
    ["人员选择", () => call.people.find({ search: "zsl", limit: 8 })],
    ["视图", () => call.views.list()],
    ["同步", () => call.exchange.links()],
    ["冲突", () => call.exchange.conflicts()],
    ["项目卡打印", () => call.sheets.html({ sheet: "card", projectId: someProject(), asOf })],
    ["走访表打印", () => call.sheets.html({ sheet: "visit", visitId: visit?.id ?? "", asOf })],
  ];
}
