/** Columns of the exported ledger: a head that the import recognises, and the cell of one project. */
import type { ProjectListRow } from "#contract/ledger.ts";
import { displayValue } from "#domain/display.ts";
import type { Field, StoredValue } from "#domain/fields.ts";
import { lights } from "#domain/values.ts";
import { ID_HEAD, importableFields } from "./heads.ts";
import { DATE_FORMAT, dateCell, MONEY_FORMAT, type SheetColumn } from "./write-workbook.ts";

type ExportColumn = SheetColumn<ProjectListRow>;

const computed: Readonly<Record<string, ExportColumn>> = {
  office_name: { head: "管理单位", width: 16, cell: (row) => row.office_name || null },
  light: { head: "灯", width: 8, cell: (row) => lights[row.light] },
  light_reason: { head: "亮灯原因", width: 40, cell: (row) => row.light_reason || null },
  secretaries: { head: "服务秘书", width: 16, cell: (row) => row.secretaries || null },
  node_progress: { head: "节点完成", width: 10, cell: (row) => `${row.node_done}/${row.node_total}` },
  // Not the head of the ledger's own column: imported again, it must not write the plan there.
  annual_plan: {
    head: "当年计划（按年度计划）（万元）",
    width: 20,
    numberFormat: MONEY_FORMAT,
    cell: (row) => (row.annual_plan === null ? null : row.annual_plan / 100),
  },
  last_visit_on: {
    head: "最近走访",
    width: 12,
    numberFormat: DATE_FORMAT,
    cell: (row) => (row.last_visit_on === null ? null : dateCell(row.last_visit_on)),
  },
  open_issues: { head: "未解决问题", width: 10, numberFormat: "0", cell: (row) => row.open_issues || null },
};

/** By it an exported ledger imports again onto the same projects. */
export const idColumn: ExportColumn = { head: ID_HEAD, width: 38, cell: (row) => row.id };

/** Every column of the ledger by its name: the registry's fields and what is computed. */
export function ledgerColumns(): Record<string, ExportColumn> {
  const fields = [...importableFields].map(([name, field]) => [name, fieldColumn(name, field)] as const);
  return { ...Object.fromEntries(fields), ...computed };
}

function fieldColumn(name: string, field: Field): ExportColumn {
  const cell = (row: ProjectListRow) => {
    const stored: Readonly<Record<string, unknown>> = row;
    return fieldCell(field, (stored[name] ?? null) as StoredValue);
  };
  switch (field.kind) {
    case "money":
      return { head: `${field.label}（万元）`, width: 16, numberFormat: MONEY_FORMAT, cell };
    case "date":
      return { head: field.label, width: 12, numberFormat: DATE_FORMAT, cell };
    case "text":
      return { head: field.label, width: name === "name" || field.multiline ? 40 : 20, cell };
    default:
      return { head: field.label, width: 14, cell };
  }
}

function fieldCell(field: Field, value: StoredValue): string | number | Date | null {
  if (value === null || value === "") return null;
  switch (field.kind) {
    case "money":
      return Number(value) / 100;
    case "date":
      return dateCell(String(value));
    case "boolean":
    case "enum":
    case "enumSet":
      return displayValue(field, value);
    default:
      return value;
  }
}
