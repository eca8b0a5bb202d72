/** Open conflicts as a list, to be asked about on the telephone and settled afterwards. */
import type { ConflictEntry, ConflictSide } from "#contract/exchange.ts";
import type { ListRequest } from "#contract/lists.ts";
import { isAmong } from "#domain/conflict.ts";
import { listConflicts } from "#features/conflicts.ts";
import type { Office } from "#features/office.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { textColumn } from "./columns.ts";
import type { ListSource } from "./list-table.ts";

const columns: Record<string, SheetColumn<ConflictEntry>> = {
  project: textColumn("项目名称", 32, ({ projectName }) => projectName),
  record: textColumn("记录", 24, ({ entityLabel, title }) => `${entityLabel} ${title}`),
  field: textColumn("两边不同的项", 16, ({ kind, fieldLabel }) =>
    kind === "delete" ? "一边归档，另一边还在修改" : fieldLabel,
  ),
  used: textColumn("暂用的值", 40, ({ sides }) => sidesText(sides.filter(({ won }) => won))),
  others: textColumn("另外的值", 40, ({ sides }) => sidesText(sides.filter(({ won }) => !won))),
};

export function conflictsList(
  office: Office,
  { filter }: Extract<ListRequest, { list: "conflicts" }>,
): ListSource<ConflictEntry> {
  return {
    title: "待处理的冲突",
    conditions: [...(filter.field ? [filter.field] : []), ...(filter.office ? [`与${filter.office}的`] : [])],
    rows: listConflicts(office).filter((conflict) => isAmong(conflict, filter)),
    columns,
  };
}

function sidesText(sides: readonly ConflictSide[]): string {
  return sides.map(({ value, office, person, at }) => `${value}（${office} ${person}，${at}）`).join("；");
}
