/** The ledger as of a past day is what the tables were at the end of that day, replayed from the log. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { ListRequest } from "#contract/lists.ts";
import { addDays } from "#domain/calendar.ts";
import { lists } from "#features/lists/lists.ts";
import { nodes } from "#features/nodes.ts";
import { past, pastBooksOf } from "#features/past/past.ts";
import { projects } from "#features/projects/projects.ts";
import { settings } from "#features/settings.ts";
import { sheets } from "#features/sheets/sheets.ts";
import { CITY, changePerson, type Desk, failure, openDesk, put, STREET } from "../helpers/office.ts";
import { logOf, openReplica, receive, tablesOf } from "../helpers/replica.ts";

const DAY = 86_400_000;

async function openPastDesk(): Promise<Desk> {
  const desk = await openDesk(CITY);
  desk.store.sqlite.pragma("synchronous = OFF");
  onTestFinished(() => pastBooksOf(desk.office).close());
  return desk;
}

const sleep = (desk: Desk, days = 1) => {
  desk.clock.now += days * DAY;
};

test("yesterday's ledger shows yesterday's names, lights and nodes, and forbids nothing but writing", async () => {
  const desk = await openPastDesk();
  const first = desk.office.today;
  const id = put(desk, "project", { name: "旧名称", office_id: STREET });
  const node = await nodes.save(desk.office, {
    projectId: id,
    values: { name: "开工", planned_on: addDays(first, -3) },
  });
  sleep(desk, 2);
  await projects.update(desk.office, { id, values: { name: "新名称" } });
  await nodes.save(desk.office, { id: node.id, projectId: id, values: { actual_on: first }, submit: true });
  put(desk, "project", { name: "后来的项目" });

  const window = { filter: {}, offset: 0, limit: 10, asOf: first };
  const { rows } = await past.list(desk.office, { ...window, booksOn: first });
  expect(rows.map(({ name, light }) => [name, light])).toEqual([["旧名称", "red"]]);
  expect(await past.lightCounts(desk.office, { ...window, booksOn: first })).toMatchObject({ red: 1, yellow: 0 });
  const page = await past.get(desk.office, { id, booksOn: first });
  expect(page).toMatchObject({ editable: false, readOnlyReason: `这是 ${first} 当日的台账，只能查看` });
  expect(page.nodes[0]).toMatchObject({ actual_on: null, acts: [] });
  expect((await past.history(desk.office, { id, limit: 100, booksOn: first })).total).toBe(2);
  expect((await projects.list(desk.office, window)).rows.map(({ name }) => name).sort()).toEqual([
    "后来的项目",
    "新名称",
  ]);
  const office = await pastBooksOf(desk.office).on(first);
  expect(() => office.write()).toThrow("read only");
});

test("the ledger of a past day exports and prints as it is seen, says of which day it is, and carries nothing to import again", async () => {
  const desk = await openPastDesk();
  const first = desk.office.today;
  const id = put(desk, "project", { name: "旧名称", office_id: STREET, stage: "started" });
  put(desk, "project", { name: "谋划中的", stage: "planned" });
  put(desk, "node", { project_id: id, planned_on: addDays(first, -3) });
  sleep(desk, 2);
  await projects.update(desk.office, { id, values: { name: "新名称" } });
  const list: ListRequest = { list: "projects", filter: { stages: ["started"] }, booksOn: first };
  const columns = ["name", "light"].map((key) => ({ key, width: 100 }));
  // The page of the print knows only today.
  const asOf = desk.office.today;
  const file = await lists.export(desk.office, { list, columns, asOf });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const rows = workbook.worksheets[0]?.getSheetValues().map((row) => (row as unknown[]).slice(1));
  expect(rows?.slice(1)).toEqual([
    ["项目名称", "灯"],
    ["旧名称", "红灯"],
  ]);
  expect(file.name).toContain(`${first}_的项目台账`);
  const sheet = await sheets.html(desk.office, { sheet: "list", paper: "A4", list, columns, asOf });
  expect(sheet).toMatchObject({ title: `${first} 的项目台账`, rows: 1 });
  for (const text of ["旧名称", "红灯", "条件：开工", `数据截至 ${first} `, asOf]) expect(sheet.html).toContain(text);
  const today = { sheet: "list", paper: "A4", list: { ...list, booksOn: asOf }, columns, asOf } as const;
  await failure(() => sheets.html(desk.office, today), "future_date");
});

test("only a day that is over stands still", async () => {
  const desk = await openPastDesk();
  const ask = (booksOn: string) => past.get(desk.office, { id: "x", booksOn });
  await failure(() => ask(desk.office.today), "future_date");
  await failure(() => ask(addDays(desk.office.today, -5)), "past_without_project");
});

test("one day is kept at a time, and its file goes with it", async () => {
  const desk = await openPastDesk();
  const today = desk.office.today;
  sleep(desk, 3);
  const files = () => {
    const folder = join(desk.folder, "past");
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".db")).length : 0;
  };
  const books = pastBooksOf(desk.office);
  const [left, right] = await Promise.all([books.on(today), books.on(today)]);
  expect(left).toBe(right);
  expect(files()).toBe(1);
  const other = await books.on(addDays(today, 1));
  expect(other).not.toBe(left);
  expect(left.store.sqlite.open).toBe(false);
  expect(files()).toBe(1);
  books.close();
  expect(files()).toBe(0);
});

test("a day asked for while another is being made takes its place", async () => {
  const desk = await openPastDesk();
  for (let count = 0; count < 30; count++) put(desk, "project", { name: `示例项目${count}` });
  const today = desk.office.today;
  sleep(desk, 3);
  const books = pastBooksOf(desk.office);
  const [first, second] = await Promise.allSettled([books.on(today), books.on(addDays(today, 1))]);
  expect(first.status).toBe("rejected");
  expect(second.status).toBe("fulfilled");
});

test("the making of a day can be given up, and leaves nothing behind", async () => {
  const desk = await openPastDesk();
  for (let count = 0; count < 30; count++) put(desk, "project", { name: `示例项目${count}` });
  const today = desk.office.today;
  sleep(desk, 3);
  const asked = past.list(desk.office, {
    booksOn: today,
    filter: {},
    offset: 0,
    limit: 10,
    asOf: today,
  }) as Promise<unknown>;
  const ended = asked.catch((error: unknown) => error);
  expect(past.stop(desk.office, undefined)).toBe(true);
  expect(await ended).toMatchObject({ code: "past_replaced" });
  expect(past.stop(desk.office, undefined)).toBe(false);
  expect(existsSync(join(desk.folder, "past"))).toBe(false);
});

type Act = (desk: Desk) => unknown;
const anyProject = ({ store }: Desk) => store.prepare("select id from project limit 1").pluck().get() as string;
const acts: fc.Arbitrary<Act> = fc.constantFrom<Act>(
  (desk) => put(desk, "project", { name: "示例项目", office_id: STREET }),
  (desk) => put(desk, "node", { project_id: anyProject(desk), planned_on: "2026-11-20" }),
  (desk) => projects.update(desk.office, { id: anyProject(desk), values: { name: `改名${desk.clock.now}` } }),
  (desk) => projects.archive(desk.office, { id: anyProject(desk) }),
  (desk) => settings.save(desk.office, { key: "light.redAfterDays", value: desk.clock.now % 30, source: "测试" }),
  (desk) => changePerson(desk, "李样本"),
  async (desk) => {
    const other = await openReplica("other");
    other.clock.now = desk.clock.now;
    const values = { name: "别处的项目", office_id: STREET };
    other.journal.write(other.actor, "create_project", [{ entity: "project", id: `p${desk.clock.now}`, values }]);
    receive(desk, logOf(other));
  },
);

test("as of the end of any day the tables are those of that day; as of the last, today's", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(acts, { maxLength: 3 }), { minLength: 1, maxLength: 4 }), async (days) => {
      const desk = await openPastDesk();
      put(desk, "project", {});
      const ends: { date: string; tables: unknown; records: Set<string> }[] = [];
      for (const ofDay of days) {
        for (const act of ofDay) {
          try {
            await act(desk);
          } catch {
            // An archived project refuses edits.
          }
        }
        const tables = tablesOf(desk.store);
        ends.push({ date: desk.office.today, tables, records: new Set(Object.values(tables).flat().map(idOf)) });
        sleep(desk);
      }
      const books = pastBooksOf(desk.office);
      let before = new Set<string>();
      for (const { date, tables, records } of ends) {
        const { store } = await books.on(date);
        expect(tablesOf(store)).toEqual(tables);
        for (const each of before) expect(records.has(each)).toBe(true);
        before = records;
      }
      expect(tablesOf((await books.on(ends.at(-1)?.date ?? "")).store)).toEqual(tablesOf(desk.store));
      books.close();
    }),
    { seed: 22112026, numRuns: 20 },
  );
});

function idOf(row: unknown): string {
  const { id, project_id, key } = row as Record<string, unknown>;
  return String(id ?? project_id ?? key);
}
