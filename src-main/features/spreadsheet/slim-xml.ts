/**
 * Trims the XML parts of an .xlsx to what cell values need. Real sheets carry a million styled empty cells,
 * merges over whole columns and defined names over whole sheets, each of which would be expanded cell by cell.
 */

/** Built-in Chinese date formats by what they show, to the plain formats that every reader knows. */
const MONTH_FORMATS = new Set([27, 36, 50, 52, 57]);
const DAY_FORMATS = new Set([28, 29, 30, 31, 51, 53, 54, 58]);
const PLAIN_MONTH = 17;
const PLAIN_DAY = 14;

/** Merged areas above this many cells are titles over whole rows or columns: nothing to spread. */
const MAX_MERGED_CELLS = 20_000;
const MAX_MERGED_CELLS_TOTAL = 500_000;

/** Drops an element prefix such as "x:" that some report generators write. */
export function withoutPrefix(xml: string): string {
  const prefix = /<(\w+):(?:workbook|worksheet|sst|styleSheet)[\s>]/.exec(xml.slice(0, 2000))?.[1];
  return prefix ? xml.replaceAll(new RegExp(`(</?)${prefix}:`, "g"), "$1") : xml;
}

const NAMES_END = "</definedNames>";

/** Without defined names. */
export function slimWorkbook(xml: string): string {
  const start = xml.indexOf("<definedNames>");
  const end = xml.indexOf(NAMES_END, start);
  if (start < 0 || end < 0) return xml.replace("<definedNames/>", "");
  return xml.slice(0, start) + xml.slice(end + NAMES_END.length);
}

/** With plain formats in place of the built-in Chinese ones. */
export function slimStyles(xml: string): string {
  return xml.replaceAll(/numFmtId="(\d+)"/g, (whole, id: string) => {
    if (MONTH_FORMATS.has(Number(id))) return `numFmtId="${PLAIN_MONTH}"`;
    return DAY_FORMATS.has(Number(id)) ? `numFmtId="${PLAIN_DAY}"` : whole;
  });
}

/** The patterns stop at every "<": a hostile file of endless unclosed tags costs no more than its length. */
export function slimWorksheet(xml: string): string {
  let merged = 0;
  return xml
    .replaceAll(/<c(?:\s[^<>]*)?\/>|<c(?:\s[^<>]*)?><\/c>/g, "")
    .replaceAll(/<row(?:\s[^<>]*)?\/>|<row(?:\s[^<>]*)?>\s*<\/row>/g, "")
    .replaceAll(/<mergeCell\s[^<>]*ref="([^"<>]*)"[^<>]*?(?:\/>|><\/mergeCell>)/g, (whole, range: string) => {
      const size = rangeSize(range);
      if (size > MAX_MERGED_CELLS || merged + size > MAX_MERGED_CELLS_TOTAL) return "";
      merged += size;
      return whole;
    })
    .replace(/<mergeCells[^<>]*>\s*<\/mergeCells>/, "");
}

/** Rows left in a slimmed worksheet. */
export function countRows(worksheetXml: string): number {
  return worksheetXml.match(/<row[\s>]/g)?.length ?? 0;
}

function rangeSize(range: string): number {
  const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range);
  if (!match) return Number.POSITIVE_INFINITY;
  const [, left, top, right, bottom] = match as unknown as [string, string, string, string, string];
  return (columnNumber(right) - columnNumber(left) + 1) * (Number(bottom) - Number(top) + 1);
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
