import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SheetRequest } from "#contract/reports.ts";
import type { Values } from "#domain/registry.ts";
import { Office } from "#features/office.ts";
import { sheets } from "#features/sheets/sheets.ts";
import { Journal, newId, type Write } from "#journal/journal.ts";
import { openStore } from "#store/open.ts";
import { query } from "#store/store.ts";
import { tempFolder } from "../helpers/replica.ts";

const now = () => new Date("2026-11-22T02:00:00Z");

/** The district 中山区 with two streets and one clerk, in a real database. */
async function openDistrict(printPdf: ((html: string) => Promise<Uint8Array>) | null = null) {
  const folder = tempFolder();
  const store = await openStore(join(folder, "lianxinqiao.db"));
  onTestFinished(() => store.close());
  const journal = new Journal(store, "district", () => now().getTime());
  const office = new Office(store, journal, "210202", { dataFolder: folder, version: "0", printPdf, now });
  const street = (id: string, name: string): Write => ({
    entity: "office",
    id,
    values: { name, level: "street", kind: "street_office", parent_id: "210202" },
  });
  const actor = { officeId: "210202", officeName: "中山区", personId: "clerk", personName: "张示例" };
  journal.write(actor, "found_office", [
    {
      entity: "office",
      id: "210202",
      values: { name: "中山区", level: "district", kind: "district_government", parent_id: "2102" },
    },
    street("210202001", "人民路街道"),
    street("210202002", "桂林街道"),
    { entity: "person", id: "clerk", values: { office_id: "210202", name: "张示例" } },
    { entity: "person", id: "secretary", values: { office_id: "210202001", name: "李样本", is_secretary: 1 } },
  ]);
  office.choosePerson("clerk");
  const project = (id: string, values: Values<"project">) =>
    office.write("create_project", id, [{ entity: "project", id, values: { office_id: "210202001", ...values } }]);
  return { office, project };
}

type District = Awaited<ReturnType<typeof openDistrict>>;

const progress: SheetRequest = {
  sheet: "progress",
  paper: "A4",
  fromMonth: "2026-10",
  month: "2026-11",
  filter: {},
  asOf: "2026-11-22",
};

async function textOf({ office }: District, request: SheetRequest) {
  const { title, html, rows } = await sheets.html(office, request);
  return { title, rows, text: html.replace(/<style>.*?<\/style>/s, "").replaceAll(/<[^>]+>/g, "|") };
}

function link({ office }: District, peer: string, name: string, received: { number: number; at: string } | null) {
  const values = { peer_id: peer, peer_name: name, role: "child" as const, state: "active" as const };
  const last = received ? { received_number: received.number, received_at: received.at } : {};
  office.store.run(query.insertInto("link").values({ ...values, ...last }));
}

test("the progress sheet shows the filtered projects with the reports of its months and their sums", async () => {
  const district = await openDistrict();
  district.project("a", { name: "甲项目", total_investment: 1_000_050, stage: "started" });
  district.project("b", { name: "乙项目", total_investment: 2_000_000, stage: "started" });
  district.project("c", { name: "丙项目", stage: "planned" });
  const report = (project_id: string, month: string, completed_investment: number) => {
    const id = newId("monthly_progress", { project_id, month });
    const values = { project_id, month, completed_investment };
    district.office.write("save_progress", id, [{ entity: "monthly_progress", id, values }]);
  };
  report("a", "2026-09", 999_900);
  report("a", "2026-10", 120_000);
  report("a", "2026-11", 30_000);
  report("b", "2026-11", 40_000);

  const sort = { column: "total_investment", descending: true };
  const { title, rows, text } = await textOf(district, { ...progress, filter: { stages: ["started"] }, sort });
  expect(title).toBe("中山区项目进度表");
  expect(rows).toBe(2);
  expect(text.indexOf("乙项目")).toBeLessThan(text.indexOf("甲项目"));
  expect(text).not.toContain("丙项目");
  expect(text).not.toContain("9,999");
  const total = text.slice(text.indexOf("合计"));
  expect(total.split("|").filter((part) => /^[\d,.]+$/.test(part))).toEqual(["30,000.5", "1,200", "700"]);
  expect(text).toContain("制表人：张示例");
});

test("the title names the place and the list that the sheet is about", async () => {
  const district = await openDistrict();
  const filter = { officeId: "210202001", list: "list_over_100m" as const };
  expect((await textOf(district, { ...progress, filter })).title).toBe("中山区人民路街道亿元以上项目进度表");
});

test("months that run backwards or do not fit the paper are refused with a sentence", async () => {
  const { office } = await openDistrict();
  const html = (fromMonth: string, paper: "A4" | "A3") => () =>
    sheets.html(office, { ...progress, fromMonth, paper } as SheetRequest);
  expect(html("2026-12", "A4")).toThrow("起始月份不能晚于截止月份");
  expect(html("2026-08", "A4")).toThrow("A4 纸最多并列 3 个月");
  expect(html("2026-08", "A3")).not.toThrow();
  expect(html("1999-01", "A3")).toThrow("A3 纸最多并列 6 个月");
});

test("the state of the data is this office's own ledger until children report", async () => {
  const district = await openDistrict();
  district.project("a", { name: "甲项目" });
  expect((await textOf(district, progress)).text).toContain("数据截至 2026-11-22 中山区本机台账");
});

test("the state of the data names the bundle of the child that reported longest ago, and counts silent ones", async () => {
  const district = await openDistrict();
  district.project("a", { name: "甲项目" });
  link(district, "210202001", "人民路街道", { number: 12, at: "2026-11-20 09:00" });
  link(district, "210202002", "桂林街道", { number: 3, at: "2026-11-10 09:00" });
  const state = async () => (await textOf(district, progress)).text;
  expect(await state()).toContain("数据截至 2026-11-20 人民路街道第12号同步包|");
  district.project("b", { name: "乙项目", office_id: "210202002" });
  expect(await state()).toContain("数据截至 2026-11-10 桂林街道第3号等 2 个单位同步包|");
  district.office.store.run(query.updateTable("link").set({ received_at: null }).where("peer_id", "=", "210202002"));
  expect(await state()).toContain("数据截至 2026-11-20 人民路街道第12号同步包，另有 1 个单位未报|");
});

test("the card shows the secretaries and visits of its day, and the light", async () => {
  const district = await openDistrict();
  district.project("a", { name: "甲项目" });
  const assign = (id: string, from_on: string, to_on: string | null): Write => ({
    entity: "assignment",
    id,
    values: { project_id: "a", person_id: "secretary", role: "lead", from_on, to_on },
  });
  const visit = (id: string, visited_on: string, findings: string): Write => ({
    entity: "visit",
    id,
    values: { project_id: "a", person_id: "secretary", visited_on, form: "visit", findings },
  });
  district.office.write("create_node", "n", [
    {
      entity: "node",
      id: "n",
      values: { project_id: "a", name: "桩基完成", planned_on: "2026-11-01", audit_state: "draft" },
    },
    assign("old", "2025-01-01", "2025-12-31"),
    assign("new", "2026-01-01", null),
    visit("early", "2026-11-05", "早先情况"),
    visit("late", "2026-11-15", "后来情况"),
  ]);
  const card = (asOf: string) => textOf(district, { sheet: "card", projectId: "a", asOf });
  const today = await card("2026-11-22");
  expect(today.title).toBe("项目建档卡 甲项目");
  expect(today.text).toContain("2026-01-01");
  expect(today.text).not.toContain("2025-01-01");
  expect(today.text).toContain("后来情况");
  expect(today.text).toContain("逾期 21 天");
  expect((await card("2026-11-10")).text).not.toContain("后来情况");
  expect((await card("2026-10-20")).text).toContain("绿");
});

test("the visit sheet names project, secretary and their offices", async () => {
  const district = await openDistrict();
  district.project("a", { name: "甲项目", owner: "示例公司" });
  const values = { project_id: "a", person_id: "secretary", visited_on: "2026-11-15", form: "meeting" as const };
  district.office.write("create_visit", "v", [{ entity: "visit", id: "v", values }]);
  const { title, text } = await textOf(district, { sheet: "visit", visitId: "v", asOf: "2026-11-22" });
  expect(title).toBe("走访记录表 甲项目 2026-11-15");
  for (const part of ["示例公司", "李样本", "人民路街道", "座谈"]) expect(text).toContain(part);
});

test("a sheet of something unknown is refused", async () => {
  const { office } = await openDistrict();
  expect(() => sheets.html(office, { sheet: "card", projectId: "x", asOf: "2026-11-22" })).toThrow("找不到这条项目");
  expect(() => sheets.html(office, { sheet: "visit", visitId: "x", asOf: "2026-11-22" })).toThrow("找不到这条走访");
});

test("the PDF is the printed HTML under a name every file system takes", async () => {
  const printed: string[] = [];
  const district = await openDistrict(async (html) => {
    printed.push(html);
    return new TextEncoder().encode("%PDF");
  });
  district.project("a", { name: "甲/乙:项目" });
  const request: SheetRequest = { sheet: "card", projectId: "a", asOf: "2026-11-22" };
  const file = await sheets.pdf(district.office, request);
  expect(file.name).toBe("项目建档卡_甲_乙_项目_2026-11-22.pdf");
  expect(file.type).toBe("application/pdf");
  expect(await file.text()).toBe("%PDF");
  expect(printed).toEqual([(await sheets.html(district.office, request)).html]);
});

test("without a browser that prints, the PDF is refused with the way around it", async () => {
  const { office } = await openDistrict();
  await expect(sheets.pdf(office, progress)).rejects.toThrow("另存为PDF");
});
