import { readFileSync } from "node:fs";
import ExcelJS from "exceljs";
import { expect, test } from "vitest";
import { historyOfProject } from "#features/history.ts";
import { lists } from "#features/lists/lists.ts";
import type { Office } from "#features/office.ts";
import { spreadsheet } from "#features/spreadsheet/spreadsheet.ts";
import { query } from "#store/store.ts";
import { exportedKeys } from "./exported-columns.ts";
import { openOffice } from "./open-office.ts";
import { csv, gbk, xlsx } from "./workbooks.ts";

const ASOF = "2026-11-22";
const ledgerCsv = () => new Uint8Array(readFileSync("test/fixtures/dalian_projects.csv"));

function fileOf(bytes: Uint8Array, name = "台账.csv"): File {
  return new File([Uint8Array.from(bytes)], name);
}

async function importFile(office: Office, bytes: Uint8Array, name?: string, skipRows: number[] = []) {
  const preview = await spreadsheet.preview(office, { file: fileOf(bytes, name) });
  return { preview, result: await spreadsheet.commit(office, { previewId: preview.previewId, skipRows }) };
}

function projectsOf(office: Office) {
  return office.store.all(query.selectFrom("project").selectAll().orderBy("origin_code"));
}

/** The ledger without ids and versions, which differ between two databases. */
function contents(office: Office) {
  return projectsOf(office).map(({ id: _, versions: __, ...values }) => values);
}

function exported(office: Office, keys: readonly string[] = exportedKeys): Promise<File> {
  const columns = keys.map((key) => ({ key, width: 100 }));
  return Promise.resolve(lists.export(office, { list: { list: "projects", filter: {} }, columns, asOf: ASOF }));
}

async function opened(file: File) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const sheet = workbook.getWorksheet("项目台账");
  if (!sheet) throw new Error("no sheet 项目台账");
  return { workbook, sheet };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

test("the real ledger imports with every row accounted for, in one change set, and a second time changes nothing", async () => {
  const office = await openOffice();
  const { preview, result } = await importFile(office, ledgerCsv(), "dalian_projects.csv");
  expect(preview.counts).toEqual({ total: 120, new: 120, changed: 0, same: 0, repeated: 0, unusable: 0 });
  expect(preview).toMatchObject({ dataRows: 120, encoding: "UTF-8", badCells: [] });
  expect(preview.columns.find(({ head }) => head === "total_investment_yi")).toEqual({
    head: "total_investment_yi",
    field: "total_investment",
    label: "总投资",
    unit: "亿元",
  });
  expect(result).toMatchObject({ created: 120, changed: 0, skipped: 0 });
  const { log } = office.journal;
  const numbers = Array.from({ length: log.end() }, (_, index) => index + 1);
  expect(numbers.filter((number) => log.factsAt(number).action === "import_spreadsheet")).toEqual([result.changeSet]);
  const offices = new Map(office.offices.map(({ id, name }) => [id, name]));
  const officeNames = new Map(projectsOf(office).map((row) => [row.origin_code, offices.get(row.office_id)]));
  expect(officeNames.get("DL001")).toBe("金普新区");
  expect(officeNames.get("DL118")).toBe("金普新区");
  expect(officeNames.get("DL062")).toBe("大连市发展改革委");
  const again = await importFile(office, ledgerCsv());
  expect(again.preview.counts).toEqual({ total: 120, new: 0, changed: 0, same: 120, repeated: 0, unusable: 0 });
  expect(again.result).toEqual({ created: 0, changed: 0, skipped: 120, changeSet: null });
});

test("the GBK copy of the ledger gives the identical result", async () => {
  const inGbkBytes = gbk(new TextDecoder().decode(ledgerCsv()));
  const [first, second] = [await openOffice(), await openOffice()];
  const utf8 = await importFile(first, ledgerCsv());
  const inGbk = await importFile(second, inGbkBytes);
  expect(inGbk.preview.encoding).toBe("GB18030");
  expect({ ...inGbk.preview, previewId: "", encoding: "" }).toEqual({ ...utf8.preview, previewId: "", encoding: "" });
  expect(contents(second)).toEqual(contents(first));
});

test("the exported ledger imports again unchanged, in all columns and in a few", async () => {
  const office = await openOffice();
  await importFile(office, ledgerCsv());
  const before = contents(office);
  for (const columns of [
    exportedKeys,
    ["name", "region", "total_investment", "light", "secretaries", "node_progress", "last_visit_on"],
  ]) {
    const file = await exported(office, columns);
    const { preview } = await importFile(office, await bytesOf(file), file.name);
    expect(preview.counts).toMatchObject({ total: 120, same: 120 });
    expect(preview.badCells).toEqual([]);
  }
  expect(contents(office)).toEqual(before);
});

test("the exported ledger, imported into an empty database, gives the same projects", async () => {
  const [first, second] = [await openOffice(), await openOffice()];
  await importFile(first, ledgerCsv());
  await importFile(second, await bytesOf(await exported(first)), "台账.xlsx");
  expect(contents(second)).toEqual(contents(first));
});

test("what a clerk edits in the exported file comes back as exactly that change", async () => {
  const office = await openOffice();
  await importFile(office, ledgerCsv());
  const { workbook, sheet } = await opened(await exported(office));
  const heads = sheet.getRow(1).values as string[];
  const row = sheet.getRow(2);
  const name = String(row.getCell(heads.indexOf("项目名称")).value);
  row.getCell(heads.indexOf("总投资（万元）")).value = 123.45;
  const { preview, result } = await importFile(office, new Uint8Array(await workbook.xlsx.writeBuffer()), "改.xlsx");
  expect(preview.counts).toMatchObject({ changed: 1, same: 119 });
  const changed = preview.rows.find(({ status }) => status === "changed");
  expect(changed).toMatchObject({ row: 2, name, changes: [{ label: "总投资", after: "123.45 万元" }] });
  expect(result).toMatchObject({ created: 0, changed: 1, skipped: 119 });
  const stored = projectsOf(office).find((project) => project.name === name);
  expect(stored?.total_investment).toBe(12_345);
  expect(historyOfProject(office, stored?.id ?? "", 100).entries[0]).toMatchObject({
    action: "导入表格",
    created: false,
  });
});

test("the export opens as a proper workbook: labelled heads with units, real numbers and dates, text that stays text", async () => {
  const office = await openOffice();
  const formula = '=HYPERLINK("http://example.invalid")';
  await importFile(
    office,
    csv("项目名称,总投资（亿元）,开工日期,备注", `甲,1.5,2024-06-13,"${formula.replaceAll('"', '""')}"`),
  );
  const file = await exported(office, ["name", "total_investment", "started_on", "note"]);
  expect(file.name).toBe("项目台账_大连市发展改革委_2026-11-22.xlsx");
  const { sheet } = await opened(file);
  expect((sheet.getRow(1).values as string[]).slice(1)).toEqual([
    "项目名称",
    "总投资（万元）",
    "开工日期",
    "备注",
    "编号(系统)",
  ]);
  expect(sheet.getCell("B2").value).toBe(15_000);
  expect(sheet.getCell("C2").value).toEqual(new Date("2024-06-13T00:00:00Z"));
  expect(sheet.getCell("D2").type).toBe(ExcelJS.ValueType.String);
  expect(sheet.getCell("D2").value).toBe(formula);
  expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
  expect(sheet.autoFilter).toBeTruthy();
});

test("every bad cell is named by row, column, value and reason; the rest of its row is written", async () => {
  const office = await openOffice();
  const bytes = await xlsx((sheet) => {
    sheet.addRow(["单位：万元"]);
    sheet.addRow(["项目名称", "总投资", "阶段", "资料截至"]);
    sheet.addRow(["甲", "约三亿", "动工", "2024-13-01"]);
    sheet.addRow([null, 5, "开工", "2024-01-01"]);
  });
  const { preview, result } = await importFile(office, bytes, "台账.xlsx");
  expect(preview.badCells.map(({ row, column, value }) => [row, column, value])).toEqual([
    [3, "总投资", "约三亿"],
    [3, "阶段", "动工"],
    [3, "资料截至", "2024-13-01"],
    [4, "项目名称", ""],
  ]);
  expect(preview.badCells.every(({ reason }) => reason.length > 3)).toBe(true);
  expect(preview.counts).toEqual({ total: 2, new: 1, changed: 0, same: 0, repeated: 0, unusable: 1 });
  expect(result).toMatchObject({ created: 1, skipped: 1 });
});

test("a preview writes nothing, rows the clerk skips are left out, and a preview is committed once", async () => {
  const office = await openOffice();
  const preview = await spreadsheet.preview(office, { file: fileOf(csv("项目名称", "甲", "乙", "丙")) });
  expect(projectsOf(office)).toEqual([]);
  const commit = () =>
    Promise.resolve().then(() => spreadsheet.commit(office, { previewId: preview.previewId, skipRows: [3] }));
  expect(await commit()).toMatchObject({ created: 2, skipped: 1 });
  expect(
    projectsOf(office)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["丙", "甲"].sort());
  await expect(commit()).rejects.toMatchObject({ code: "spreadsheet_expired" });
});

test("a commit looks at the ledger as it is then, not as it was at the preview", async () => {
  const office = await openOffice();
  const bytes = csv("项目名称", "甲");
  const early = await spreadsheet.preview(office, { file: fileOf(bytes) });
  await importFile(office, bytes);
  expect(await spreadsheet.commit(office, { previewId: early.previewId, skipRows: [] })).toMatchObject({
    created: 0,
    skipped: 1,
    changeSet: null,
  });
  expect(projectsOf(office)).toHaveLength(1);
});

test("an import that was undone can be imported again onto the same projects", async () => {
  const office = await openOffice();
  const bytes = csv("项目名称,备注", "甲,一", "乙,二");
  const { result } = await importFile(office, bytes);
  office.journal.undo(office.actor, result.changeSet ?? 0, office.today);
  const again = await importFile(office, bytes);
  expect(again.result).toMatchObject({ created: 0, changed: 2 });
  expect(projectsOf(office).map(({ archived_on }) => archived_on)).toEqual([null, null]);
});

test("a street imports into its own ledger whatever the region says", async () => {
  const office = await openOffice("210202005");
  await importFile(office, csv("项目名称,所在地区", "甲,中山区", "乙,西岗区"));
  expect(projectsOf(office).map(({ office_id }) => office_id)).toEqual(["210202005", "210202005"]);
});

test("without a person at the keyboard nothing is written", async () => {
  const office = await openOffice();
  const preview = await spreadsheet.preview(office, { file: fileOf(csv("项目名称", "甲")) });
  Reflect.set(office, "personId", null);
  expect(() => spreadsheet.commit(office, { previewId: preview.previewId, skipRows: [] })).toThrow(/经办人/);
  expect(projectsOf(office)).toEqual([]);
});
