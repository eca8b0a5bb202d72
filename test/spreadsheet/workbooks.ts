/** Builders of spreadsheet files for the tests. */
import ExcelJS from "exceljs";

type Fill = (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void;

/** An .xlsx whose one sheet (or the sheets) `fill` writes. */
export async function xlsx(fill: Fill, sheetName = "Sheet1"): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet(sheetName), workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

export function csv(...lines: string[]): Uint8Array {
  return new TextEncoder().encode(lines.join("\r\n"));
}

export function utf16(text: string, order: "le" | "be"): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return new Uint8Array(order === "le" ? bytes : bytes.swap16());
}

/** GBK bytes of a text, by looking each character up in the decoder. */
export function gbk(text: string): Uint8Array {
  const table = gbkTable();
  return Uint8Array.from(
    [...text].flatMap((character) => {
      if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
      const bytes = table.get(character);
      if (!bytes) throw new Error(`not in GBK: ${character}`);
      return bytes;
    }),
  );
}

let known: Map<string, number[]> | undefined;

function gbkTable(): Map<string, number[]> {
  if (known) return known;
  known = new Map();
  const decoder = new TextDecoder("gbk");
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== "\ufffd") known.set(character, [lead, trail]);
    }
  }
  return known;
}
