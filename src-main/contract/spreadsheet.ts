/** Ledger in and out of .xlsx and .csv. */
import { type } from "@orpc/contract";
import { z } from "zod";
import { file, procedure, reading } from "./base.ts";

export type BadCell = { row: number; column: string; value: string; reason: string };

export type PreviewRow = {
  /** Row number as the spreadsheet shows it (head = 1 when on top). */
  row: number;
  name: string;
  /** new, changed, same: against the ledger; repeated: same name and owner earlier in the file; unusable: has no name. */
  status: "new" | "changed" | "same" | "repeated" | "unusable";
  /** Fields that would change, as display texts. */
  changes: { label: string; before: string; after: string }[];
  badCells: number;
};

export type SpreadsheetPreview = {
  previewId: string;
  fileName: string;
  sheetName: string;
  encoding: string;
  columns: {
    head: string;
    /** Registry field, or null when the column is not imported. */
    field: string | null;
    label: string;
    /** Money unit read from the head, else null. */
    unit: string | null;
  }[];
  rows: PreviewRow[];
  badCells: BadCell[];
  counts: { total: number; new: number; changed: number; same: number; repeated: number; unusable: number };
  /** Data rows of the file; always counts.total: every row is accounted for. */
  dataRows: number;
};

export const spreadsheet = {
  /** Reads the file and compares it with the ledger; writes nothing. `columns` overrides recognition: head (a cell of at most 32,767 characters) → field. */
  preview: reading
    .input(z.object({ file, columns: z.record(z.string().max(32_767), z.string().max(60).nullable()).optional() }))
    .output(type<SpreadsheetPreview>()),
  /** Writes the previewed rows in one change set; bad cells are left blank (new) or untouched (changed). */
  commit: procedure
    .input(z.object({ previewId: z.string().max(80), skipRows: z.array(z.int()).max(50_000) }))
    .output(type<{ created: number; changed: number; skipped: number; changeSet: number | null }>()),
};
