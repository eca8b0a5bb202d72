/** 往来记录 as a list: what went out and came in, for the office's files. */
import type { ExchangeEntry } from "#contract/exchange.ts";
import { exchangeLog } from "#features/exchange.ts";
import type { Office } from "#features/office.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { countColumn, textColumn } from "./columns.ts";
import type { ListSource } from "./list-table.ts";

const columns: Record<string, SheetColumn<ExchangeEntry>> = {
  at: textColumn("时间", 18, ({ at }) => at),
  direction: textColumn("方向", 8, ({ direction }) => (direction === "in" ? "导入" : "导出")),
  peer: textColumn("对方单位", 18, ({ peerName }) => peerName),
  number: countColumn("包号", ({ number }) => number),
  records: countColumn("变动", ({ recordChanges }) => recordChanges),
  summary: textColumn("结果", 50, ({ summary }) => summary),
  person: textColumn("经办人", 12, ({ person }) => person),
  file: textColumn("文件", 40, ({ fileName }) => fileName),
};

export function exchangesList(office: Office): ListSource<ExchangeEntry> {
  const rows = exchangeLog(office);
  return { title: "同步往来记录", conditions: [`最近 ${rows.length} 次`], rows, columns };
}
