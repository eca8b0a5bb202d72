import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { Failure, type FailureCode } from "#domain/failure.ts";
import { parseCell } from "#features/spreadsheet/cells.ts";
import { exactDay } from "#features/spreadsheet/date-text.ts";
import { readHead } from "#features/spreadsheet/heads.ts";
import { parseMoneyCell } from "#features/spreadsheet/money-cell.ts";
import { readTable } from "#features/spreadsheet/read-table.ts";
import { slimWorkbook, slimWorksheet } from "#features/spreadsheet/slim-xml.ts";
import { storedZip } from "#features/spreadsheet/zip.ts";
import { csv, gbk, utf16, xlsx } from "./workbooks.ts";

const text = "项目名称,总投资（万元）\r\n示例项目,100\r\n";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** An .xlsx of the given parts, as other programs write them. */
function rawXlsx(parts: Record<string, string>): Uint8Array {
  const all = {
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ...parts,
  };
  return new Uint8Array(storedZip(new Map(Object.entries(all).map(([name, xml]) => [name, Buffer.from(xml)]))));
}

async function failureOf(bytes: Uint8Array, name = "台账.xlsx"): Promise<{ code: FailureCode; message: string }> {
  const error = await readTable(bytes, name).then(
    () => new Error("was read"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

async function cells(bytes: Uint8Array, name = "台账.csv") {
  const table = await readTable(bytes, name);
  return { encoding: table.encoding, rows: table.sheets[0]?.rows.map((row) => row.cells) };
}

test("a csv is read in every encoding that offices write", async () => {
  const rows = [["项目名称", "总投资（万元）"], ["示例项目", "100"], [""]];
  const utf8 = new TextEncoder().encode(text);
  expect(await cells(utf8)).toEqual({ encoding: "UTF-8", rows });
  expect(await cells(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8))).toEqual({ encoding: "UTF-8", rows });
  expect(await cells(utf16(text, "le"))).toEqual({ encoding: "UTF-16LE", rows });
  expect(await cells(utf16(text, "be"))).toEqual({ encoding: "UTF-16BE", rows });
  expect(await cells(gbk(text))).toEqual({ encoding: "GB18030", rows });
});

test("a csv keeps line ends and separators inside quoted cells", async () => {
  const { rows } = await cells(csv("项目名称,备注", '甲,"第一行\n第二行,""引""号"'));
  expect(rows?.[1]).toEqual(["甲", '第一行\n第二行,"引"号']);
});

test("the kind of a file is told by its content, not by its name", async () => {
  const workbook = await xlsx((sheet) => sheet.addRow(["项目名称"]));
  expect((await readTable(workbook, "其实是xlsx.csv")).encoding).toBe("xlsx");
  expect((await readTable(new TextEncoder().encode(text), "其实是csv.xlsx")).encoding).toBe("UTF-8");
});

test("cells of a workbook are read as the clerk sees them", async () => {
  const bytes = await xlsx((sheet) => {
    sheet.getCell("A1").value = { richText: [{ text: "富" }, { text: "文本" }] };
    sheet.getCell("B1").value = { formula: "1+1", result: 2.0199999999999996 };
    sheet.getCell("C1").value = new Date("2024-06-13T00:00:00Z");
    sheet.getCell("C1").numFmt = "yyyy-mm-dd";
    sheet.getCell("D1").value = new Date("2026-05-01T00:00:00Z");
    sheet.getCell("D1").numFmt = 'yyyy"年"m"月"';
    sheet.getCell("E1").value = { text: "链接", hyperlink: "https://example.invalid" };
    sheet.getCell("F1").value = 0.5;
    sheet.getCell("F1").numFmt = "0%";
    sheet.getCell("G1").value = { error: "#REF!" };
    sheet.getCell("H1").value = true;
    sheet.getCell("I1").value = { formula: "A1", result: "文字" };
    sheet.getCell("J1").value = { formula: "TODAY()", result: new Date("2024-01-02T00:00:00Z") };
    sheet.getCell("J1").numFmt = "yyyy/m/d";
    sheet.mergeCells("A3:A4");
    sheet.getCell("A3").value = "合并";
    sheet.getRow(4).hidden = true;
    sheet.getCell("B4").value = "隐藏行";
  });
  const table = await readTable(bytes, "台账.xlsx");
  expect(table.sheets[0]?.rows).toEqual([
    { number: 1, cells: ["富文本", 2.02, "2024-06-13", "2026-05", "链接", "50%", "#REF!", "是", "文字", "2024-01-02"] },
    { number: 3, cells: ["合并"] },
    { number: 4, cells: ["合并", "隐藏行"] },
  ]);
});

test("a million styled empty cells and merges over whole columns do not slow or swell a workbook", async () => {
  const emptyRows = Array.from({ length: 300_000 }, (_, index) => {
    return `<x:row r="${index + 2}"><x:c r="A${index + 2}" s="0"/></x:row>`;
  });
  const head =
    '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>项目名称</x:t></x:is></x:c><x:c r="B1" s="0"/></x:row>';
  const table = await readTable(
    rawXlsx({
      "xl/workbook.xml": `<x:workbook xmlns:x="${MAIN}" xmlns:r="${RELATIONS}"><x:sheets><x:sheet name="表" sheetId="1" r:id="rId1"/></x:sheets><x:definedNames><x:definedName name="all">表!$A$1:$XFD$1048576</x:definedName></x:definedNames></x:workbook>`,
      "xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="${MAIN}"><x:sheetData>${head}${emptyRows.join("")}</x:sheetData><x:mergeCells count="1"><x:mergeCell ref="A5:XFD1048576"/></x:mergeCells></x:worksheet>`,
      "docProps/app.xml": "<nothing/>",
    }),
    "台账.xlsx",
  );
  expect(table.sheets).toEqual([{ name: "表", rows: [{ number: 1, cells: ["项目名称"] }] }]);
});

test("the built-in Chinese date formats are read as days and months, not as serial numbers", async () => {
  const formats = [0, 31, 57, 14].map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`).join("");
  const cells = ["A1", "B1", "C1"]
    .map((address, index) => `<c r="${address}" s="${index + 1}"><v>45456</v></c>`)
    .join("");
  const table = await readTable(
    rawXlsx({
      "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/styles.xml": `<styleSheet xmlns="${MAIN}"><cellXfs count="4">${formats}</cellXfs></styleSheet>`,
      "xl/worksheets/sheet1.xml": `<worksheet xmlns="${MAIN}"><sheetData><row r="1">${cells}</row></sheetData></worksheet>`,
    }),
    "台账.xlsx",
  );
  expect(table.sheets[0]?.rows[0]?.cells).toEqual(["2024-06-13", "2024-06", "2024-06-13"]);
});

test("files that are no spreadsheet are refused with what to do instead", async () => {
  const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const locked = Uint8Array.from([...ole, ...Buffer.from("EncryptedPackage", "utf16le")]);
  const refused: [Uint8Array, string, FailureCode, RegExp][] = [
    [new Uint8Array(), "空.xlsx", "file_empty", /空的/],
    [csv("", " , "), "空.csv", "file_empty", /空的/],
    [Uint8Array.from([...ole, 0, 0]), "旧.xls", "file_wrong_kind", /另存为\.xlsx/],
    [locked, "密码.xlsx", "file_wrong_kind", /密码/],
    [Uint8Array.of(1, 2, 3, 0, 255, 254, 7), "乱码.csv", "file_wrong_kind", /另存为/],
    [Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251), "乱码.csv", "file_wrong_kind", /另存为/],
    [new TextEncoder().encode("<html><table><tr><td>项目名称"), "网页.xls", "file_wrong_kind", /另存为/],
    [
      new Uint8Array(storedZip(new Map([["word/document.xml", Buffer.from("<w/>")]]))),
      "文档.docx",
      "file_wrong_kind",
      /另存为/,
    ],
    [csv("项目名称,备注", '甲,"没有结束'), "截断.csv", "file_damaged", /引号/],
  ];
  for (const [bytes, name, code, message] of refused) {
    const failure = await failureOf(bytes, name);
    expect([name, failure.code]).toEqual([name, code]);
    expect(failure.message).toMatch(message);
  }
});

test("a workbook that is cut off or altered anywhere is refused as damaged", async () => {
  const bytes = await xlsx((sheet) => {
    for (let index = 0; index < 200; index++) sheet.addRow([`项目${index}`, index * 3.7, `备注${index * index}`]);
  });
  for (const length of [30, bytes.length >> 1, bytes.length - 1, bytes.length - 30]) {
    expect((await failureOf(bytes.slice(0, length))).code).toBe("file_damaged");
  }
  const sheet = Buffer.from(bytes).indexOf("xl/worksheets/sheet1.xml");
  const altered = Uint8Array.from(bytes);
  altered[sheet + 80] = (altered[sheet + 80] ?? 0) ^ 0xff;
  expect((await failureOf(altered)).code).toBe("file_damaged");
});

test("a part whose text was changed in place is refused by its checksum", async () => {
  const parts = new Map([["xl/workbook.xml", Buffer.from("<workbook>100</workbook>")]]);
  const bytes = storedZip(parts);
  bytes.write("900", bytes.indexOf("100"));
  const failure = await failureOf(new Uint8Array(bytes));
  expect(failure.code).toBe("file_damaged");
  expect(failure.message).toContain("校验不符");
});

test("a file above the size limit is refused unread", async () => {
  const failure = await failureOf(new Uint8Array(51 * 1024 * 1024));
  expect(failure.code).toBe("file_too_big");
  expect(failure.message).toContain("50 MB");
});

test("a csv is split at tabs or semicolons too, below a title line and around quoted line ends", async () => {
  const expected = [
    ["项目名称", "建设内容", "备注"],
    ["甲", "一,二\n三;四", "无"],
    ["乙", "", ""],
  ];
  for (const separator of [",", "\t", ";"]) {
    const lines = ["示例街道2026年台账", "", "项目名称,建设内容,备注", '甲,"一;二\n三;四",无', "乙,,"];
    const text = lines.map((line) => line.replaceAll(",", separator).replace("一;二", "一,二"));
    const { rows } = await cells(csv(...text));
    expect([separator, rows?.slice(2)]).toEqual([separator, expected]);
  }
});

test("a decompression bomb is refused before it is unpacked", async () => {
  const packed = deflateRawSync(Buffer.alloc(1024 * 1024));
  const honest = storedZip(new Map([["xl/workbook.xml", packed]]));
  const directory = honest.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  honest.writeUInt16LE(8, directory + 10);
  honest.writeUInt32LE(0x7fffffff, directory + 24);
  const stated = await failureOf(new Uint8Array(honest));
  expect(stated.code).toBe("file_too_big");
  expect(stated.message).toContain("200 MB");
  honest.writeUInt32LE(1000, directory + 24);
  expect((await failureOf(new Uint8Array(honest))).code).toBe("file_damaged");
});

test("more rows than the limit are refused", async () => {
  const bytes = await xlsx((sheet) => {
    for (let index = 0; index < 20_200; index++) sheet.addRow([`项目${index}`]);
  });
  const failure = await failureOf(bytes);
  expect(failure.code).toBe("too_many_rows");
  expect(failure.message).toContain("20000");
});

test("the real ledger is read whole", async () => {
  const bytes = new Uint8Array(readFileSync("test/fixtures/dalian_projects.csv"));
  const table = await readTable(bytes, "dalian_projects.csv");
  expect(table.sheets[0]?.rows.filter((row) => row.cells.some((cell) => cell !== ""))).toHaveLength(121);
});

test("texts made to keep a pattern busy cost no more than their length", () => {
  // Each of these took minutes when its pattern looked back from every character: the run would then time out.
  for (const tag of ["<mergeCell ", "<mergeCells ", "<c ", "<row "]) slimWorksheet(tag.repeat(500_000));
  slimWorkbook("<definedNames>".repeat(500_000));
  const long = 100_000;
  expect(readHead("(".repeat(long))).toEqual({ field: null, unit: null });
  expect(parseMoneyCell(`${"1".repeat(long)}x`, "万元")).toEqual({ reason: "不是一个准确的金额" });
  expect(exactDay(`2026${" ".repeat(long)}x`)).toBeNull();
  const text = { kind: "text", label: "名称", max: 200_000 } as const;
  expect(parseCell("name", text, `甲${" \n".repeat(long)}a`, null)).toEqual({ value: "甲 a" });
});
