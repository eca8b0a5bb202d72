import { setImmediate as turn } from "node:timers/promises";
import ExcelJS from "exceljs";
import { expect, test } from "vitest";
import { writeWorkbook } from "#features/spreadsheet/write-workbook.ts";

test("others are answered while a long list is written", async () => {
  const lines = Array.from({ length: 3000 }, (_, index) => index + 1);
  let [written, isDone] = [0, false];
  const cell = (line: number) => {
    written = line;
    return line;
  };
  const writing = writeWorkbook("长表", lines, [{ head: "序号", width: 8, numberFormat: "0", cell }]).finally(() => {
    isDone = true;
  });
  let most = 0;
  for (let before = 0; !isDone; before = written) {
    await turn();
    most = Math.max(most, written - before);
  }
  expect(most).toBeLessThan(1000);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await writing).buffer as ArrayBuffer);
  expect(workbook.lastModifiedBy).toBe("连心桥");
  expect(workbook.getWorksheet("长表")?.getColumn(1).values.slice(2)).toEqual(lines);
});
