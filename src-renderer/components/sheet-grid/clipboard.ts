/** Rectangles of cells as spreadsheets put them on the clipboard: text with tabs, quoted where a cell has line ends. */
import Papa from "papaparse";

/** Rows of cells; the line end after the last row is no row of its own. */
export function readBlock(text: string): string[][] {
  const { data } = Papa.parse<string[]>(text.replace(/\r?\n$/, ""), { delimiter: "\t", newline: newlineOf(text) });
  return data;
}

const newlineOf = (text: string) => (text.includes("\r\n") ? "\r\n" : "\n");

export function writeBlock(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(rows as string[][], { delimiter: "\t", newline: "\r\n" });
}
