import ExcelJS from "exceljs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { IssueFilter } from "#contract/issues.ts";
import { addDays } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { changesOf, mayAct } from "#domain/issue.ts";
import { type IssueView, issueEntryKinds, keysOf } from "#domain/values.ts";
import { issues } from "#features/issues/issues.ts";
import { lists, tableOf } from "#features/lists/lists.ts";
import { settings } from "#features/settings.ts";
import { sheets } from "#features/sheets/sheets.ts";
import { type Desk, DISTRICT, elsewhere, failure, openDesk, put, STREET, TODAY, undo } from "../helpers/office.ts";

const LAST_MONTH = "2026-10-20";

const get = (desk: Desk, id: string) => issues.get(desk.office, { id, asOf: TODAY });
const act = (desk: Desk, id: string, name: Parameters<typeof issues.act>[1]["act"], content = "示例") =>
  issues.act(desk.office, { ids: [id], act: name, content });

async function raise(desk: Desk, values: Record<string, string> = {}): Promise<string> {
  const project_id = values.project_id ?? put(desk, "project", {});
  const given = { project_id, title: "外部管网未接入", category: "municipal_pipes", source: "report", ...values };
  return (await issues.save(desk.office, { values: given })).id;
}

async function titles(desk: Desk, filter: IssueFilter, sort?: Parameters<typeof issues.list>[1]["sort"]) {
  const { rows } = await issues.list(desk.office, { filter, sort, offset: 0, limit: 100, asOf: TODAY });
  return rows.map(({ title }) => title);
}

test("a problem begins today, in the region, and tells its story from the first step to the owner's answer", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  expect(await get(desk, id)).toMatchObject({
    issue: { state: "open", level: "region", found_on: TODAY, level_since: TODAY, deadline_on: null },
    entries: [],
    editable: true,
  });
  await act(desk, id, "follow_up", "已与供水公司会商");
  await act(desk, id, "solve", "管网已接入");
  await act(desk, id, "owner_reply", "已通水，满意");
  await act(desk, id, "close", "");
  const page = await get(desk, id);
  expect(page.entries.map(({ kind, content }) => [kind, content])).toEqual([
    ["close", null],
    ["owner_reply", "已通水，满意"],
    ["solve", "管网已接入"],
    ["follow_up", "已与供水公司会商"],
  ]);
  expect(page.entries[0]).toMatchObject({ person_name: "张示例", officeName: "甘井子街道", level: "region" });
  expect(page.issue).toMatchObject({
    state: "closed",
    owner_reply: "已通水，满意",
    closed_on: TODAY,
    acts: ["reopen"],
  });
});

test("each step is one change set, taken back whole", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  await undo(desk, await act(desk, id, "solve"));
  expect(await get(desk, id)).toMatchObject({ issue: { state: "open", solved_on: null }, entries: [] });
});

test("R-28: without the owner's answer there is no closing, and the refusal says what to do", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  await act(desk, id, "solve");
  expect(await failure(() => act(desk, id, "close"), "issue_unanswered")).toContain("请先记录业主回音");
  await failure(() => act(desk, id, "owner_reply", ""), "issue_words_missing");
});

/** Another office's 销号, as its bundle brings it. */
async function closeElsewhere(desk: Desk, id: string) {
  const { issue } = await get(desk, id);
  if (!mayAct("close", issue, "city")) return;
  desk.clock.now += 1000;
  const values = changesOf("close", issue, "city", { on: TODAY, content: null, supervisor: null });
  const actor = { officeId: DISTRICT, officeName: "甘井子区", personId: "elsewhere", personName: "王样本" };
  elsewhere(desk).write(actor, "close_issue", [{ entity: "issue", id, values }]);
}

test("R-28: once another office has closed it, the reply is not taken back, nor any other step or word", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  const edited = await issues.save(desk.office, { id, values: { measures: "与供水公司会商" } });
  const steps = [await act(desk, id, "follow_up"), await act(desk, id, "solve"), await act(desk, id, "owner_reply")];
  await closeElsewhere(desk, id);
  const closed = await get(desk, id);
  for (const step of [edited, ...steps]) {
    expect(await failure(() => undo(desk, step), "issue_closed")).toContain("请先“重新办理”");
  }
  expect(await get(desk, id)).toEqual(closed);
});

test("R-28: undoing an undo restores no closing of which the reply is gone, and one's own closing is taken back", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  await act(desk, id, "solve");
  const replied = await act(desk, id, "owner_reply");
  const undone = await undo(desk, await act(desk, id, "close", ""));
  expect((await get(desk, id)).issue).toMatchObject({ state: "solved", closed_on: null, owner_reply: "示例" });
  await undo(desk, replied);
  expect(await failure(() => undo(desk, undone), "issue_unanswered")).toContain("请先记录业主回音");
  expect((await get(desk, id)).issue).toMatchObject({ state: "solved", owner_reply: null });
});

test("an act is not taken back from under the one that led on from it", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  for (const step of ["solve", "owner_reply", "close"] as const) await act(desk, id, step);
  const reopened = await act(desk, id, "reopen");
  await act(desk, id, "solve");
  expect(await failure(() => undo(desk, reopened), "issue_refused")).toContain("之后又办理过");
  expect((await get(desk, id)).issue).toMatchObject({ state: "solved", owner_reply: null });
});

test("R-28: no sequence of acts, undone in any order, with closings that arrive, leaves an issue closed unanswered", async () => {
  const desk = await openDesk(STREET);
  desk.store.sqlite.pragma("synchronous = OFF");
  const step = fc.oneof(
    fc.constantFrom(...keysOf(issueEntryKinds), "elsewhere" as const),
    fc.constantFrom("solve" as const, "owner_reply" as const, "close" as const),
    fc.nat({ max: 9 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
      const id = await raise(desk);
      const done: { changeSet: number | null }[] = [];
      for (const each of steps) {
        try {
          if (each === "elsewhere") await closeElsewhere(desk, id);
          else if (typeof each === "string") done.push(await act(desk, id, each));
          else if (done.length > 0) done.push(await undo(desk, done.at(-1 - (each % done.length)) as (typeof done)[0]));
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
        const { issue, entries } = await get(desk, id);
        if (issue.state !== "closed") continue;
        expect(issue.owner_reply).toBeTruthy();
        // The latest first: what was reopened is answered for anew.
        const story = entries.map(({ kind }) => kind).filter((kind) => kind === "owner_reply" || kind === "reopen");
        expect(story[0]).toBe("owner_reply");
      }
    }),
    { seed: 22112026, numRuns: 60 },
  );
});

test("what belongs to the city's level is not the street's to solve, close or delete", async () => {
  const desk = await openDesk(STREET);
  const id = put(desk, "issue", { project_id: put(desk, "project", {}), level: "region" });
  desk.store.sqlite.prepare("update issue set level = 'vice_mayor' where id = ?").run(id);
  expect(await failure(() => act(desk, id, "solve"), "issue_refused")).toContain("跟进");
  await failure(() => issues.archive(desk.office, { id }), "issue_refused");
  await failure(() => act(desk, id, "supervise"), "issue_refused");
  expect((await get(desk, id)).issue.acts).toEqual(["follow_up"]);
});

test("a closed issue is not edited, a problem of another office's project not touched, a future day not accepted", async () => {
  const desk = await openDesk(STREET);
  const id = await raise(desk);
  await failure(() => issues.save(desk.office, { id, values: { state: "closed" } }), "invalid_value");
  await failure(() => issues.save(desk.office, { id, values: { found_on: "2026-11-23" } }), "future_date");
  await failure(
    () => issues.act(desk.office, { ids: [id], act: "solve", content: "示例", on: "2026-11-23" }),
    "future_date",
  );
  for (const step of ["solve", "owner_reply", "close"] as const) await act(desk, id, step);
  await failure(() => issues.save(desk.office, { id, values: { title: "改名" } }), "issue_closed");
  const foreign = put(desk, "issue", { project_id: put(desk, "project", { office_id: DISTRICT }) });
  await failure(() => act(desk, foreign, "follow_up"), "out_of_scope");
});

test("a call to 12345 keeps its ticket and caller, and is found by them", async () => {
  const desk = await openDesk(STREET);
  await raise(desk, {
    title: "门前占道施工",
    category: "surroundings",
    source: "hotline",
    hotline_no: "DL20261122001",
    caller: "赵样本",
    caller_phone: "13800000000",
  });
  await raise(desk);
  expect(await titles(desk, { search: "dl20261122001" })).toEqual(["门前占道施工"]);
  expect(await titles(desk, { search: "赵样本" })).toEqual(["门前占道施工"]);
  expect(await titles(desk, { source: "hotline" })).toEqual(["门前占道施工"]);
});

test("an issue names the visit at which it came up, of the same project only", async () => {
  const desk = await openDesk(STREET);
  const project_id = put(desk, "project", {});
  const visit_id = put(desk, "visit", { project_id, visited_on: "2026-11-20" });
  const id = await raise(desk, { project_id, visit_id, source: "visit" });
  expect((await get(desk, id)).visitedOn).toBe("2026-11-20");
  await failure(() => raise(desk, { visit_id }), "not_found");
  expect(await titles(desk, { visitId: visit_id })).toEqual(["外部管网未接入"]);
});

test("the lists are views of the same records, and their counts agree with them", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const make = (title: string, values = {}) => put(desk, "issue", { project_id, title, ...values });
  make("今天的");
  make("上月的", { found_on: LAST_MONTH });
  const followed = make("上月的，跟进过", { found_on: LAST_MONTH });
  make("超期的", { deadline_on: "2026-11-21" });
  make("今天到期的", { deadline_on: TODAY });
  make("督办的", { level: "vice_mayor", is_supervised: 1 });
  make("要纾解的", { needs_relief: 1 });
  make("等答复的", { level: "mayor", awaits_answer: 1 });
  make("解决了的", { state: "solved", solved_on: TODAY, deadline_on: "2026-11-01" });
  make("销号的", { state: "closed", is_supervised: 1 });
  make("删掉的", { archived_on: TODAY });
  put(desk, "issue", { project_id: put(desk, "project", { archived_on: TODAY }), title: "归档项目的" });
  await act(desk, followed, "follow_up");
  const expected: Record<IssueView, string[]> = {
    open: ["超期的", "今天到期的", "解决了的", "今天的", "上月的", "上月的，跟进过", "督办的", "要纾解的", "等答复的"],
    awaiting: ["等答复的"],
    supervised: ["督办的"],
    relief: ["要纾解的"],
    silent: ["上月的"],
    overdue: ["超期的"],
    closed: ["销号的"],
  };
  const counts = await issues.counts(desk.office, { filter: {}, asOf: TODAY });
  for (const [view, names] of Object.entries(expected) as [IssueView, string[]][]) {
    expect((await titles(desk, { view })).sort(), view).toEqual([...names].sort());
    expect(counts[view], view).toBe(names.length);
  }
});

test("lists are found by pinyin initials, also after a title changed, and sorted by pinyin", async () => {
  const desk = await openDesk(STREET);
  const first = await raise(desk, { title: "征地补偿未到位", category: "land_acquisition" });
  await raise(desk, { title: "电力外线未接入", category: "external_conditions" });
  expect(await titles(desk, { search: "zdbc" })).toEqual(["征地补偿未到位"]);
  await issues.save(desk.office, { id: first, values: { title: "安置房选址未定" } });
  expect(await titles(desk, { search: "zdbc" })).toEqual([]);
  expect(await titles(desk, { search: "azfxz" })).toEqual(["安置房选址未定"]);
  await raise(desk, { title: "临时便道被占", category: "surroundings" });
  expect(await titles(desk, {}, { column: "title", descending: false })).toEqual([
    "安置房选址未定",
    "电力外线未接入",
    "临时便道被占",
  ]);
  expect(await titles(desk, { search: "示例项" })).toHaveLength(3);
});

test("R-13: the list, its count and every row call the same issues silent, by the month or by the days set", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", {});
  const ages = [0, 6, 7, 21, 22, 59, 60];
  const facts = ages.flatMap((found) => [
    { found_on: addDays(TODAY, -found), last: null },
    ...ages.map((since) => ({ found_on: addDays(TODAY, -found), last: addDays(TODAY, -since) })),
  ]);
  const given = facts.map(({ found_on, last }) => {
    const id = put(desk, "issue", { project_id, found_on });
    if (last) put(desk, "issue_entry", { project_id, issue_id: id, happened_on: last });
    return { id, found_on, last };
  });
  for (const days of [null, 1, 7, 60]) {
    await settings.save(desk.office, { key: "issue.silentDays", value: days, source: "测试" });
    const since = days === null ? "2026-11-01" : addDays(TODAY, 1 - days);
    const expected = given
      .filter(({ found_on, last }) => found_on < since && (last ?? found_on) < since)
      .map(({ id }) => id)
      .sort();
    expect(expected.length, `${days}`).toBeGreaterThan(0);
    const rowsOf = async (view: "silent" | "open") =>
      (await issues.list(desk.office, { filter: { view }, offset: 0, limit: 500, asOf: TODAY })).rows;
    expect((await rowsOf("silent")).map(({ id }) => id).sort(), `${days}`).toEqual(expected);
    const marked = (await rowsOf("open")).filter((row) => row.silent).map(({ id }) => id);
    expect(marked.sort(), `${days}`).toEqual(expected);
    expect((await issues.counts(desk.office, { filter: {}, asOf: TODAY })).silent, `${days}`).toBe(expected.length);
  }
});

test("R-13: several issues are followed up in one act, each in its own words", async () => {
  const desk = await openDesk(STREET);
  const ids = [await raise(desk, { found_on: LAST_MONTH }), await raise(desk, { found_on: LAST_MONTH })];
  expect(await titles(desk, { view: "silent" })).toHaveLength(2);
  const entries = ids.map((id, at) => ({ id, content: `进展 ${at}` }));
  const written = await issues.followUp(desk.office, { entries });
  expect(await titles(desk, { view: "silent" })).toEqual([]);
  expect((await get(desk, ids[1] ?? "")).entries).toMatchObject([{ content: "进展 1", happened_on: TODAY }]);
  await undo(desk, written);
  expect(await titles(desk, { view: "silent" })).toHaveLength(2);
});

test("the city supervises what was raised to it, by name, with a deadline and a handler", async () => {
  const desk = await openDesk();
  const id = await raise(desk);
  await failure(() => act(desk, id, "supervise"), "issue_refused");
  await act(desk, id, "raise", "超出区级权限");
  const given = { supervisor: "何示例副市长", deadlineOn: "2026-12-15", handlerUnit: "市住建局" };
  await issues.act(desk.office, { ids: [id], act: "supervise", ...given });
  expect((await get(desk, id)).issue).toMatchObject({
    is_supervised: 1,
    supervised_by: "何示例副市长",
    supervised_on: TODAY,
    deadline_on: "2026-12-15",
    handler_unit: "市住建局",
  });
  expect(await issues.handlers(desk.office, undefined)).toEqual(["市住建局"]);
});

test("what two offices did without knowing of each other can be reopened by either", async () => {
  const desk = await openDesk(STREET);
  const project_id = put(desk, "project", {});
  const id = put(desk, "issue", { project_id, state: "closed", closed_on: TODAY });
  const { issue } = await get(desk, id);
  expect(issue.contradiction).toContain("请核对");
  await act(desk, id, "reopen");
  expect((await get(desk, id)).issue).toMatchObject({ state: "open", contradiction: null });
});

test("figures: rates, days and ages, by region, add up to the whole", async () => {
  const desk = await openDesk();
  const inStreet = put(desk, "project", { office_id: STREET });
  const inCity = put(desk, "project", {});
  const solved = { state: "solved" as const, found_on: "2026-11-01", solved_on: "2026-11-11" };
  put(desk, "issue", { project_id: inStreet, ...solved, deadline_on: "2026-11-11" });
  put(desk, "issue", { project_id: inStreet, ...solved, solved_on: "2026-11-12", deadline_on: "2026-11-11" });
  put(desk, "issue", { project_id: inStreet, ...solved, solved_on: "2026-11-01" });
  put(desk, "issue", { project_id: inStreet, found_on: "2026-11-20", deadline_on: "2026-11-21" });
  put(desk, "issue", { project_id: inCity, found_on: "2026-10-23" });
  put(desk, "issue", { project_id: inCity, found_on: "2026-10-22" });
  put(desk, "issue", { project_id: inCity, found_on: "2025-01-01" });
  const figures = await issues.statistics(desk.office, { from: "2026-11-01", to: TODAY });
  expect(figures).toMatchObject({ found: 4, solved: 3, due: 3, inTime: 1, averageDays: 7, open: 4, overdue: 1 });
  expect(figures.byAge).toEqual({ week: 1, month: 1, quarter: 1, half_year: 0, longer: 1 });
  expect(figures.byRegion.map(({ name, found, open }) => [name, found, open])).toEqual([
    ["大连市发展改革委", 0, 3],
    ["甘井子区", 4, 1],
  ]);
  const columns = ["name", "found", "solved", "rate", "open", "week"].map((key) => ({ key, width: 100 }));
  const list = { list: "issueFigures", from: "2026-11-01" } as const;
  const { conditions, lines, total } = await tableOf(desk.office, list, columns, TODAY);
  expect(conditions).toEqual([
    `发现 2026-11-01 至 ${TODAY} 共 4 个，已解决 3 个`,
    "问题解决率 75.0%",
    "限时办结率 33.3%（3 个到期，1 个按时解决）",
    "平均办结天数 7.0 天（发现到解决，自然日）",
    "未解决 4 个，其中超期 1 个",
  ]);
  expect([...lines.map(({ cells }) => cells), total].map((cells) => cells?.map(({ text }) => text))).toEqual([
    ["大连市发展改革委", "", "", "", "3", ""],
    ["甘井子区", "4", "3", "75.0", "1", "1"],
    ["合计", "4", "3", "75.0", "4", "1"],
  ]);
  const street = await openDesk(STREET);
  await raise(street);
  const alone = await tableOf(street.office, list, columns, TODAY);
  expect([alone.lines.map(({ cells }) => cells[0]?.text), alone.total]).toEqual([["合计"], null]);
});

test("the list as it is seen leaves as a spreadsheet, with the columns chosen", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", { office_id: STREET });
  put(desk, "issue", { project_id, title: "=要原样", deadline_on: "2026-11-21", measures: "会商" });
  put(desk, "issue", { project_id, title: "别的", state: "closed" });
  const columns = ["title", "state", "deadline_on", "region", "measures"].map((key) => ({ key, width: 100 }));
  const list = { list: "issues", filter: { view: "overdue", officeId: DISTRICT } } as const;
  const file = await lists.export(desk.office, { list, columns, asOf: TODAY });
  expect(file.name).toBe("超期_大连市发展改革委_2026-11-22.xlsx");
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const [sheet] = workbook.worksheets;
  expect(sheet?.rowCount).toBe(2);
  // The library counts cells from 1.
  expect(sheet?.getRow(2).values).toEqual([undefined, "=要原样", "超期", "2026-11-21，超期 1 天", "甘井子区", "会商"]);
});

test("the sheets carry what each list is kept for, and say how many conflicts are open", async () => {
  const desk = await openDesk();
  const project_id = put(desk, "project", { office_id: STREET, name: "轴承产业园" });
  const board = { level: "vice_mayor", is_supervised: 1, supervised_by: "市政府督考办（示例）" } as const;
  const id = put(desk, "issue", { project_id, title: "督办的<b>问题", ...board, supervised_on: "2026-11-20" });
  put(desk, "issue", { project_id, title: "没有督办的问题" });
  const request = { sheet: "issues", paper: "A3", asOf: TODAY } as const;
  const list = await sheets.html(desk.office, { ...request, filter: { view: "supervised", officeId: DISTRICT } });
  expect(list).toMatchObject({ title: "甘井子区项目存在问题协调解决督办清单", rows: 1 });
  for (const text of ["督办的&lt;b&gt;问题", "市政府督考办（示例）", "合计 1 个：挂牌督办 1 个。", "A3 landscape"]) {
    expect(list.html).toContain(text);
  }
  expect(list.html).not.toContain("没有督办的问题");
  expect((await sheets.html(desk.office, { ...request, filter: { view: "closed" } })).html).toContain(
    "没有符合条件的问题",
  );
  const card = await sheets.html(desk.office, { sheet: "supervision", issueId: id, asOf: TODAY });
  for (const text of ["项目问题挂牌督办单", "2026年11月20日", "轴承产业园", "盖章"]) expect(card.html).toContain(text);
  await issues.act(desk.office, { ids: [id], act: "unsupervise" });
  await failure(() => sheets.html(desk.office, { sheet: "supervision", issueId: id, asOf: TODAY }), "invalid_value");
});

test("a setting of the city gives days; unset it gives none", async () => {
  const desk = await openDesk();
  await settings.save(desk.office, { key: "issue.days.region", value: 15, source: "示例文件" });
  expect(desk.office.settings["issue.days.region"]).toBe(15);
  await settings.save(desk.office, { key: "issue.days.region", value: null, source: "示例文件" });
  expect(desk.office.settings["issue.days.region"]).toBeNull();
});
