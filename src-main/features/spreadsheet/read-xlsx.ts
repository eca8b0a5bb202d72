/**
 * .xlsx into plain sheets. exceljs reads the cells, but only after the container has been checked and reduced
 * to what cells need: drawings, comments, tables and defined names of other programs make it throw or stall.
 */
import ExcelJS from "exceljs";
import { Failure } from "#domain/failure.ts";
import { countRows, slimStyles, slimWorkbook, slimWorksheet, withoutPrefix } from "./slim-xml.ts";
import { type Cell, MAX_DATA_ROWS, type Sheet } from "./table.ts";
import { hasEncryptedPart, readZip, storedZip } from "./zip.ts";

const SAVE_AGAIN = "请在WPS/Excel中打开并另存为.xlsx后再导入。";
const NEEDED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/sheet\d+\.xml)$/;

/** Rows that may stand above and below the data. */
const TITLE_ROWS = 100;

/** Sheets in workbook order, hidden rows included. Throws file_damaged, file_wrong_kind, file_too_big, too_many_rows. */
export async function readXlsx(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  const wrongKind = (hint: string) =>
    new Failure("file_wrong_kind", { file: fileName, expected: "可以读取的.xlsx表格", hint });
  if (hasEncryptedPart(bytes)) throw wrongKind("文件设有密码，请先取消密码再导入。");
  const parts = readZip(bytes, fileName, (name) => NEEDED.test(name));
  const workbookPart = parts.get("xl/workbook.xml");
  if (!workbookPart) throw wrongKind(SAVE_AGAIN);
  const slim = new Map<string, Uint8Array>();
  for (const [name, part] of parts) if (part) slim.set(name, slimPart(name, part));
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(Uint8Array.from(storedZip(slim)).buffer, {
      ignoreNodes: ["dataValidations", "conditionalFormatting", "hyperlinks", "drawing", "legacyDrawing", "picture"],
    });
  } catch {
    throw wrongKind(SAVE_AGAIN);
  }
  return workbook.worksheets.map(sheetOf);

  function slimPart(name: string, part: Uint8Array): Uint8Array {
    if (!name.startsWith("xl/") || name.endsWith(".rels")) return part;
    const xml = withoutPrefix(new TextDecoder("utf-8").decode(part));
    if (name === "xl/workbook.xml") return encode(slimWorkbook(xml));
    if (name === "xl/styles.xml") return encode(slimStyles(xml));
    if (name === "xl/sharedStrings.xml") return encode(xml);
    const worksheet = slimWorksheet(xml);
    const rows = countRows(worksheet);
    if (rows > MAX_DATA_ROWS + TITLE_ROWS) throw new Failure("too_many_rows", { rows, limit: MAX_DATA_ROWS });
    return encode(worksheet);
  }
}

function encode(xml: string): Uint8Array {
  return Buffer.from(xml, "utf8");
}

function sheetOf(worksheet: ExcelJS.Worksheet): Sheet {
  const rows: Sheet["rows"] = [];
  worksheet.eachRow((row, number) => {
    const cells: Cell[] = [];
    row.eachCell((cell, column) => {
      cells[column - 1] = cellOf(cell.value, cell.numFmt ?? "");
    });
    rows.push({ number, cells: Array.from(cells, (cell) => cell ?? null) });
  });
  return { name: worksheet.name, rows };
}

/** What the clerk sees in the cell: text, number, or a date as ISO text (a month when the format shows no day). */
function cellOf(value: ExcelJS.CellValue, format: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberCell(value, format);
  if (typeof value === "boolean") return value ? "是" : "否";
  if (value instanceof Date) return dateCell(value, format);
  if ("richText" in value) return value.richText.map((run) => run.text).join("");
  if ("error" in value) return String(value.error);
  if ("hyperlink" in value) return cellOf(value.text as ExcelJS.CellValue, format);
  if ("result" in value) return cellOf(value.result as ExcelJS.CellValue, format);
  return null;
}

function numberCell(value: number, format: string): Cell {
  if (!Number.isFinite(value)) return null;
  if (/%/.test(format)) return `${cleanNumber(value * 100)}%`;
  return cleanNumber(value);
}

/** Cuts the residue of binary arithmetic (2.0199999999999996 → 2.02); 15 digits are what a spreadsheet keeps. */
function cleanNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function dateCell(value: Date, format: string): Cell {
  if (Number.isNaN(value.getTime())) return null;
  const iso = value.toISOString();
  const shown = format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, "").toLowerCase();
  return /y/.test(shown) && !/d/.test(shown) ? iso.slice(0, 7) : iso.slice(0, 10);
}
