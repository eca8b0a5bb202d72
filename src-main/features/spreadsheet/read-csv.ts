/** .csv into one sheet: UTF-8 (with or without BOM), UTF-16 with BOM, or the GBK that Chinese Excel and WPS write. */
import Papa from "papaparse";
import { Failure } from "#domain/failure.ts";
import type { Sheet } from "./table.ts";

const KIND = { expected: ".xlsx或.csv表格", hint: "请在WPS/Excel中打开原表并另存为.xlsx后再导入。" };

/** What old DOS programs write after the last line. */
const DOS_END = String.fromCharCode(0x1a);

/** Throws file_wrong_kind for what is not text, file_damaged for a quoted cell that never ends. */
export function readCsv(bytes: Uint8Array, fileName: string): { encoding: string; sheet: Sheet } {
  const { text, encoding } = decode(bytes, fileName);
  if (!isPlainText(text)) throw new Failure("file_wrong_kind", { file: fileName, ...KIND });
  const parsed = Papa.parse<string[]>(text, { skipEmptyLines: false });
  const broken = parsed.errors.find((error) => error.type === "Quotes");
  if (broken) {
    throw new Failure("file_damaged", { file: fileName, detail: `第 ${(broken.row ?? 0) + 1} 行的引号没有成对` });
  }
  const rows = parsed.data.map((cells, index) => ({ number: index + 1, cells }));
  return { encoding, sheet: { name: "", rows } };
}

function decode(bytes: Uint8Array, fileName: string): { text: string; encoding: string } {
  const mark = (first: number, second: number) => bytes[0] === first && bytes[1] === second;
  if (mark(0xff, 0xfe)) return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "UTF-16LE" };
  if (mark(0xfe, 0xff)) return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "UTF-16BE" };
  for (const [label, encoding] of [
    ["utf-8", "UTF-8"],
    ["gb18030", "GB18030"],
  ] as const) {
    try {
      return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding };
    } catch {
      // Not this encoding: the next one may fit.
    }
  }
  throw new Failure("file_wrong_kind", { file: fileName, ...KIND });
}

/** No control characters but tabs and line ends, and no markup that merely carries a spreadsheet's name. */
function isPlainText(text: string): boolean {
  const hasControls = /(?![\t\n\f\r])\p{Cc}/u.test(text.endsWith(DOS_END) ? text.slice(0, -1) : text);
  return !hasControls && !/^\s*(<(!doctype|html|table|\?xml|\w+:)|\{\\rtf)/i.test(text);
}
