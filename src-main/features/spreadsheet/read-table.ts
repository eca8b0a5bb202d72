/** Spreadsheet files by what they contain, never by their name. */
import { Failure } from "#domain/failure.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import type { Table } from "./table.ts";

const MAX_FILE_BYTES = 50 * 1024 * 1024;
const ZIP_MAGIC = [0x50, 0x4b];
const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/**
 * Reads an .xlsx or .csv file.
 * Throws file_empty, file_too_big, file_wrong_kind (with what to do instead), file_damaged or too_many_rows.
 */
export async function readTable(bytes: Uint8Array, fileName: string): Promise<Table> {
  if (bytes.length === 0) throw new Failure("file_empty", { file: fileName });
  if (bytes.length > MAX_FILE_BYTES) {
    const size = `${Math.ceil(bytes.length / 1024 / 1024)} MB`;
    throw new Failure("file_too_big", { file: fileName, size, limit: `${MAX_FILE_BYTES / 1024 / 1024} MB` });
  }
  if (startsWith(bytes, OLE_MAGIC)) throw oldOrLocked(bytes, fileName);
  if (startsWith(bytes, ZIP_MAGIC)) return { encoding: "xlsx", sheets: await readXlsx(bytes, fileName) };
  const { encoding, sheet } = readCsv(bytes, fileName);
  if (sheet.rows.every((row) => row.cells.every((cell) => cell === null || String(cell).trim() === ""))) {
    throw new Failure("file_empty", { file: fileName });
  }
  return { encoding, sheets: [sheet] };
}

/** The old container holds either an .xls (or .et) workbook or an .xlsx locked with a password. */
function oldOrLocked(bytes: Uint8Array, fileName: string): Failure {
  const locked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("EncryptedPackage", 0, "utf16le");
  const hint = locked
    ? "文件设有打开密码，请在WPS/Excel中取消密码后再导入。"
    : "这是旧的.xls或.et格式，请在WPS/Excel中另存为.xlsx后再导入。";
  return new Failure("file_wrong_kind", { file: fileName, expected: "可以读取的.xlsx表格", hint });
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
