/** The columns of a whole ledger: every field that the import reads, with the office by its name. */
import { ledgerColumns } from "#features/spreadsheet/export-columns.ts";
import { importableFields } from "#features/spreadsheet/heads.ts";

export const exportedKeys = [...importableFields.keys()].map((key) => (key === "office_id" ? "office_name" : key));

export const exportedColumns = exportedKeys.flatMap((key) => ledgerColumns()[key] ?? []);
