/** The calls that the pages make, as clerks meet them: lists at both ends, sorts and searches, and what follows an act. */
import type { localClient } from "#core/router.ts";
import { addDays, addMonths, monthOf } from "#domain/calendar.ts";

export type Call = ReturnType<typeof localClient>;
/** A district whose lists are asked for, and with which bundles are exchanged. */
export const DISTRICT = "210211";

/** `before` is done before each time and not measured. */
export type Screen = readonly [name: string, ask: () => Promise<unknown>, before?: () => Promise<unknown>];

/** `asOf`: today. One of the months before it is closed for the screens of closed books. */
export async function screensOf(call: Call, asOf: string): Promise<Screen[]> {
  const window = { offset: 0, limit: 100, asOf };
  const { rows, total } = await call.projects.list({ ...window, filter: {} });
  const month = monthOf(asOf);
  const district = DISTRICT;
  const [visit] = (await call.visits.list({ offset: 0, limit: 1 })).rows;
  const [secretary] = await call.people.list({ secretariesOnly: true });
  let next = 0;
  const someProject = () => rows[next++ % rows.length]?.id ?? "";
  const list = (input: Partial<Parameters<Call["projects"]["list"]>[0]>) => () =>
    call.projects.list({ ...window, filter: {}, ...input });
  const nodesOf = (input: Partial<Parameters<Call["nodes"]["month"]>[0]>) => () =>
    call.nodes.month({ ...window, month, includeOverdue: true, lights: [], group: "day", ...input });
  const reports =
    (filter: Parameters<Call["monthlyReports"]["list"]>[0]["filter"], offset = 0) =>
    () =>
      call.monthlyReports.list({ month, filter, offset, limit: 100 });
  const closed = addMonths(month, -2);
  const changeNode = async () => {
    const projectId = someProject();
    const values = { name: "示例节点", planned_on: addDays(asOf, -(next % 40)) };
    await call.nodes.save({ projectId, values });
  };
  const recordVisit = () => call.visits.save({ values: { project_id: someProject(), findings: "示例走访" } });
  const reportMonth = () =>
    call.monthlyReports.save({
      month: addMonths(month, 1),
      entries: [{ projectId: someProject(), values: { planned_investment: 100 * ++next } }],
    });
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
    ["项目计划与投资", () => call.plans.year({ projectId: someProject(), year: Number(asOf.slice(0, 4)), asOf })],
    ["项目资金", () => call.funds.ofProject({ projectId: someProject(), asOf })],
    ["项目手续", () => call.permits.ofProject({ projectId: someProject(), asOf })],
    ["项目修改记录", () => call.projects.history({ id: someProject(), limit: 20 })],
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
    ["月报首屏", reports({})],
    ["月报中部", reports({}, Math.floor(total / 2))],
    ["月报未报", reports({ state: "due" })],
    ["月报待审核", reports({ state: "submitted" })],
    ["月报搜索", reports({ search: "slszjc" })],
    ["投资进度各地区", () => call.monthlyReports.byRegion({ month })],
    ["投资进度一个区", () => call.monthlyReports.byRegion({ month, officeId: district })],
    ["资金", () => call.funds.list({ ...window, filter: {} })],
    ["入统应入未入", () => call.statsEntry.list({ ...window, standing: "owing" })],
    ["入统各地区", () => call.statsEntry.byRegion({ asOf })],
    ["手续总览", () => call.permits.overview({ filter: {}, offset: 0, limit: 100, asOf })],
    ["手续到期", () => call.permits.due({ asOf })],
    ["手续办理用时", () => call.permits.days()],
    ["模板", () => call.templates.list({})],
    ["对账上月预览", () => call.books.month({ month: addMonths(month, -1) })],
    ["对账上月各项目", () => call.books.lines({ month: addMonths(month, -1), offset: 0, limit: 100 })],
    ["对账已对月份", () => call.books.month({ month: closed })],
    ["对账已对月份各项目", () => call.books.lines({ month: closed, offset: 0, limit: 100 })],
    ["对账更正", () => call.books.corrections({ month: closed })],
    ["对账年账", () => call.books.period({ year: Number(asOf.slice(0, 4)), quarter: null })],
    ["图表灯号本月", () => call.charts.lights({ month, asOf })],
    ["图表灯号上月", () => call.charts.lights({ month: addMonths(month, -1), asOf })],
    ["图表投资", () => call.charts.investment({ asOf })],
    ["图表问题", () => call.charts.issues({ asOf })],
    ["图表秘书", () => call.charts.secretaries({ asOf })],
    ["改动节点后灯号计数", () => call.projects.lightCounts({ filter: {}, asOf }), changeNode],
    ["改动节点后台账按灯号", list({ sort: { column: "light", descending: false } }), changeNode],
    ["改动节点后工作台", () => call.workbench.summary({ asOf }), changeNode],
    ["记录走访后未走访", () => call.visits.missing({ asOf, offset: 0, limit: 100 }), recordVisit],
    ["记录走访后工作台", () => call.workbench.summary({ asOf }), recordVisit],
    ["填月报后投资进度", () => call.monthlyReports.byRegion({ month }), reportMonth],
    ["填月报后图表投资", () => call.charts.investment({ asOf }), reportMonth],
    ["填月报后对账", () => call.books.month({ month: addMonths(month, -1) }), reportMonth],
    ["人员选择", () => call.people.find({ search: "zsl", limit: 8 })],
    ["视图", () => call.views.list()],
    ["同步", () => call.exchange.links()],
    ["改动节点后待对方确认", () => call.exchange.waiting({ peerId: DISTRICT }), changeNode],
    ["冲突", () => call.exchange.conflicts()],
    ["项目卡打印", () => call.sheets.html({ sheet: "card", projectId: someProject(), asOf })],
    ["走访表打印", () => call.sheets.html({ sheet: "visit", visitId: visit?.id ?? "", asOf })],
  ];
}
