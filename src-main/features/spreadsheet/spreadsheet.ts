/** Ledger in and out of spreadsheets: preview, commit, export. */
import type { PreviewRow, SpreadsheetPreview, spreadsheet as slice } from "#contract/spreadsheet.ts";
import { Failure } from "#domain/failure.ts";
import { fieldOf, type Values } from "#domain/registry.ts";
import type { Handlers } from "#features/handlers.ts";
import { displayValue } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { type RecognisedTable, recognise } from "./columns.ts";
import { type PlannedRow, planImport } from "./plan.ts";
import { Previews } from "./previews.ts";
import { readTable } from "./read-table.ts";
import { MAX_DATA_ROWS } from "./table.ts";

const previewsOf = new WeakMap<Office, Previews>();

export const spreadsheet: Handlers<typeof slice> = {
  preview: async (office, { file, columns }) => {
    const { encoding, sheets } = await readTable(new Uint8Array(await file.arrayBuffer()), file.name);
    const table = recognise(sheets, columns);
    const dataRows = table.rows.length;
    if (dataRows > MAX_DATA_ROWS) throw new Failure("too_many_rows", { rows: dataRows, limit: MAX_DATA_ROWS });
    const rows = plan(office, table);
    const count = (status: PreviewRow["status"]) => rows.filter((row) => row.status === status).length;
    return {
      previewId: previews(office).add(table, office.environment.now()),
      fileName: file.name,
      sheetName: table.sheetName,
      encoding,
      columns: table.columns.map(({ index: _, ...column }) => column),
      rows: rows.map((row) => previewRow(office, row)),
      badCells: rows.flatMap(({ badCells }) => badCells),
      counts: {
        total: rows.length,
        new: count("new"),
        changed: count("changed"),
        same: count("same"),
        repeated: count("repeated"),
        unusable: count("unusable"),
      },
      dataRows,
    } satisfies SpreadsheetPreview;
  },

  commit: (office, { previewId, skipRows }) => {
    const { actor } = office;
    const table = previews(office).get(previewId, office.environment.now());
    const skipped = new Set(skipRows);
    // Planned anew: the ledger may have changed since the preview.
    const rows = plan(office, table).filter(({ number }) => !skipped.has(number));
    const writes = rows.flatMap((row) => writeOf(row));
    const recorded = office.journal.write(actor, "import_spreadsheet", writes);
    previews(office).drop(previewId);
    const created = rows.filter(({ status }) => status === "new").length;
    return {
      created,
      changed: writes.length - created,
      skipped: table.rows.length - writes.length,
      changeSet: recorded?.number ?? null,
    };
  },
};

function previews(office: Office): Previews {
  const known = previewsOf.get(office) ?? new Previews();
  previewsOf.set(office, known);
  return known;
}

function plan(office: Office, table: RecognisedTable): PlannedRow[] {
  const { subtree, today } = office;
  return planImport(table, {
    projects: office.store.all(query.selectFrom("project").selectAll().where("name", "is not", null)),
    offices: office.offices.filter(({ id, valid_to }) => subtree.has(id) && (valid_to === null || valid_to >= today)),
    officeId: office.id,
  });
}

function previewRow(office: Office, { number, name, status, values, before, badCells }: PlannedRow): PreviewRow {
  const changes = Object.entries(values).map(([field, after]) => {
    const definition = fieldOf("project", field);
    return {
      label: definition?.label ?? field,
      before: displayValue(office, definition, before[field]),
      after: displayValue(office, definition, after),
    };
  });
  return { row: number, name, status, changes, badCells: badCells.length };
}

function writeOf({ status, projectId, values }: PlannedRow): Write[] {
  if (status !== "new" && status !== "changed") return [];
  const id = projectId ?? newId("project");
  return [{ entity: "project", id, values: values as Values<"project"> }];
}
