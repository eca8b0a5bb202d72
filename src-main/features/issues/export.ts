/** The list of issues as .xlsx, as it is seen. */
import type { issues as contract, IssueRow } from "#contract/issues.ts";
import { displayValue } from "#domain/display.ts";
import { type FieldName, fieldOf } from "#domain/registry.ts";
import { issueViews } from "#domain/values.ts";
import type { InputOf } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import {
  DATE_FORMAT,
  dateCell,
  type SheetColumn,
  writeWorkbook,
  XLSX_TYPE,
} from "#features/spreadsheet/write-workbook.ts";
import { listIssues } from "./rows.ts";

export async function exportIssues(office: Office, asked: InputOf<typeof contract, "export">): Promise<File> {
  const rows = listIssues(office, asked, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
  const title = issueViews[asked.filter.view ?? "open"];
  const bytes = await writeWorkbook(title, rows, columns);
  const name = `${title}_${office.self.name}_${asked.asOf}.xlsx`.replaceAll(/[\\/:*?"<>|]/g, "_");
  return new File([Uint8Array.from(bytes)], name, { type: XLSX_TYPE });
}

/** A field of the registry under its own label. */
function field(name: FieldName<"issue">, width: number): SheetColumn<IssueRow> {
  const known = fieldOf("issue", name);
  if (known?.kind === "date") {
    const cell = (row: IssueRow) => (row[name] === null ? null : dateCell(String(row[name])));
    return { head: known.label, width, numberFormat: DATE_FORMAT, cell };
  }
  return { head: known?.label ?? name, width, cell: (row) => (known ? displayValue(known, row[name]) || null : null) };
}

const columns: SheetColumn<IssueRow>[] = [
  field("title", 40),
  { head: "项目", width: 36, cell: (row) => row.projectName },
  { head: "地区", width: 14, cell: (row) => row.regionName },
  { head: "管理单位", width: 16, cell: (row) => row.officeName },
  field("category", 20),
  field("source", 12),
  field("found_on", 12),
  field("detail", 40),
  field("hotline_no", 18),
  field("caller", 10),
  field("caller_phone", 16),
  field("level", 14),
  field("level_since", 14),
  field("handler_unit", 20),
  field("handler_person", 12),
  field("measures", 40),
  field("deadline_on", 12),
  { head: "超期", width: 8, cell: (row) => (row.overdue ? "是" : null) },
  field("state", 18),
  field("awaits_answer", 8),
  field("is_supervised", 10),
  field("supervised_by", 18),
  field("needs_relief", 12),
  {
    head: "最近办理日期",
    width: 14,
    numberFormat: DATE_FORMAT,
    cell: (row) => row.lastEntryOn && dateCell(row.lastEntryOn),
  },
  { head: "最近办理情况", width: 40, cell: (row) => row.lastEntry || null },
  field("solved_on", 12),
  field("owner_replied_on", 14),
  field("owner_reply", 30),
  field("closed_on", 12),
];
