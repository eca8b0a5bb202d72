/** The sheets of lights and of closed months, quarters and years, as printed. */
import { expect, test } from "vitest";
import type { SheetRequest } from "#contract/reports.ts";
import { books } from "#features/books/books.ts";
import { settings } from "#features/settings.ts";
import { sheets } from "#features/sheets/sheets.ts";
import { CITY, type Desk, DISTRICT, openDesk, put, STREET } from "../helpers/office.ts";
import { printed, squeezed } from "./pdf.ts";

async function openBooks(officeId = DISTRICT): Promise<Desk> {
  const desk = await openDesk(officeId);
  const late = put(desk, "project", { name: "示例逾期项目", office_id: STREET, responsible_unit: "示例单位" });
  put(desk, "node", { project_id: late, planned_on: "2026-09-10", name: "环评批复" });
  put(desk, "node", { project_id: late, planned_on: "2026-10-10", actual_on: "2026-10-10", audit_state: "approved" });
  put(desk, "project", { name: "示例无节点项目", office_id: DISTRICT });
  return desk;
}

const textOf = async (desk: Desk, request: SheetRequest) => {
  const { title, html } = await sheets.html(desk.office, request);
  return { title, html, text: squeezed(html.replace(/<style>.*?<\/style>/s, "").replaceAll(/<[^>]+>/g, "|")) };
};
const month: SheetRequest = { sheet: "month", month: "2026-10", asOf: "2026-11-22" };

test("the sheet of lights counts them by region and says why each shines, the worst first", async () => {
  const desk = await openBooks();
  const { title, text, html } = await textOf(desk, { sheet: "lights", filter: {}, asOf: "2026-11-22" });
  expect(title).toBe("甘井子区项目红黄绿灯情况表");
  expect(text).toContain("1个节点逾期，2026-09-10环评批复");
  expect(text.indexOf("示例逾期项目")).toBeLessThan(text.indexOf("示例无节点项目"));
  expect(text).toMatch(/合计\|+2\|+1\|+50\.0%/);
  const { paper, pages } = await printed(html);
  expect(paper).toBe("842 x 595");
  expect(pages).toHaveLength(1);
});

test("the sheet of a month says that it is a preview until the month is closed, and lists corrections afterwards", async () => {
  const desk = await openBooks();
  expect((await textOf(desk, month)).text).toContain("（预览，未对账）");
  await books.close(desk.office, { month: "2026-10" });
  const closed = await textOf(desk, month);
  expect(closed.text).not.toContain("预览");
  expect(closed.text).toContain("本月账已于2026-11-22对账");
  expect(closed.text).toMatch(/\|1\|+甘井子街道\|+1\|+1\|+1\|+1\|+100\.0%/);
  const [row] = (await books.lines(desk.office, { month: "2026-10", offset: 0, limit: 1 })).rows;
  put(desk, "monthly_progress", { project_id: row?.projectId, month: "2026-10", completed_investment: 20_000 });
  const corrected = await textOf(desk, month);
  expect(corrected.text).toContain("对账后的更正");
  expect(corrected.text).toContain("当月完成投资未填→200万元");
  expect((await printed(corrected.html)).pages[0]).toContain("甘井子区项目月对账单");
});

test("the sheets of a quarter and a year name the months that are missing", async () => {
  const desk = await openBooks(CITY);
  await books.close(desk.office, { month: "2026-08" });
  await books.close(desk.office, { month: "2026-09" });
  const quarter = await textOf(desk, { sheet: "period", year: 2026, quarter: 3, asOf: "2026-11-22" });
  expect(quarter.title).toBe("大连市项目季交账单 2026年第三季度");
  expect(quarter.text).toContain("缺2026-07的月对账，未计入。");
  expect(quarter.text).toMatch(/甘井子区\|+未对账\|+—\|+0\/1/);
  const year = await textOf(desk, { sheet: "period", year: 2026, quarter: null, asOf: "2026-11-22" });
  expect(year.text).toContain("年度总账单");
  expect((await printed(year.html)).pages).toHaveLength(1);
});

test("the rules in force stand under the sheets, those of other places with their words", async () => {
  const desk = await openBooks(CITY);
  await settings.save(desk.office, { key: "light.investment", value: "sanya", source: "测试" });
  const { text } = await textOf(desk, { sheet: "lights", filter: {}, asOf: "2026-11-22" });
  expect(text).toContain("投资按三亚（项目）");
  expect(text).toContain("低于序时进度50%以内（含50%）");
});
