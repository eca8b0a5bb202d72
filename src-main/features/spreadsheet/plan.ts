/** What an import would do to the ledger, row by row. Pure: the same file and ledger give the same plan. */
import type { BadCell, PreviewRow } from "#contract/spreadsheet.ts";
import type { StoredValue } from "#domain/fields.ts";
import { officeByName } from "#domain/office-tree.ts";
import { fieldOf, type Row } from "#domain/registry.ts";
import { sameValue } from "./cells.ts";
import type { RecognisedTable } from "./columns.ts";
import { type FileRow, readFileRow } from "./file-row.ts";
import { LedgerIndex, rowKey } from "./match.ts";

export type PlannedRow = {
  number: number;
  name: string;
  status: PreviewRow["status"];
  /** The project that is changed; null for a new one and for rows that write nothing. */
  projectId: string | null;
  /** What is written: all values of a new project, the differing ones of a known project. */
  values: Record<string, StoredValue>;
  /** What stood there before, for the fields of `values`. */
  before: Record<string, StoredValue>;
  badCells: BadCell[];
};

type ImportContext = {
  /** Every project of the ledger, archived ones too. */
  projects: readonly Row<"project">[];
  /** Active offices that the importing office manages, itself among them. */
  offices: readonly Row<"office">[];
  /** The importing office: keeps projects whose region names no managed office. */
  officeId: string;
};

/** One planned row per data row of the table, in its order. */
export function planImport(table: RecognisedTable, context: ImportContext): PlannedRow[] {
  const active = new LedgerIndex(context.projects.filter((project) => project.archived_on === null));
  const archived = new LedgerIndex(context.projects.filter((project) => project.archived_on !== null));
  const taken = new Set<string>();
  return table.rows.map((tableRow) => {
    const row = readFileRow(table.columns, tableRow);
    if (!row.usable) return planned(row, "unusable");
    const project = active.find(row) ?? archived.find(row);
    const keys = [rowKey(row), ...(project ? [`id\n${project.id}`] : [])];
    if (keys.some((key) => taken.has(key))) return planned(row, "repeated");
    for (const key of keys) taken.add(key);
    return project ? planChange(row, project, context) : planNew(row, context);
  });
}

function planned(row: FileRow, status: PreviewRow["status"], badCells = row.badCells): PlannedRow {
  return { number: row.number, name: row.name, status, projectId: null, values: {}, before: {}, badCells };
}

function planNew(row: FileRow, { offices, officeId }: ImportContext): PlannedRow {
  const named = row.office ? officeByName(offices, row.office.text) : null;
  const byRegion = named ?? officeOfRegion(offices, row.values.region);
  const values: Record<string, StoredValue> = { ...row.values, office_id: byRegion?.id ?? officeId };
  if (row.derivedStage !== null) values.stage = row.derivedStage;
  const badCells = row.office && !named ? [...row.badCells, unknownOffice(row, row.office)] : row.badCells;
  return { ...planned(row, "new", badCells), values };
}

function planChange(row: FileRow, project: Row<"project">, context: ImportContext): PlannedRow {
  const managed = context.offices.some(({ id }) => id === project.office_id);
  if (!managed) {
    const reason = "台账中的同一项目不归本单位管理，不能修改";
    return planned(row, "unusable", [{ row: row.number, column: "项目名称", value: row.name, reason }]);
  }
  const given: Record<string, StoredValue> = { ...row.values };
  const badCells = [...row.badCells];
  // A stage set by hand outweighs what an unchanged wording stands for.
  const statusChanged = given.status_text !== project.status_text;
  if (row.derivedStage !== null && (project.stage === null || statusChanged)) given.stage = row.derivedStage;
  if (row.office) {
    const current = context.offices.find(({ id }) => id === project.office_id);
    const named = current?.name === row.office.text ? current : officeByName(context.offices, row.office.text);
    if (named) given.office_id = named.id;
    else badCells.push(unknownOffice(row, row.office));
  }
  const stored: Readonly<Record<string, StoredValue>> = project;
  const values: Record<string, StoredValue> = {};
  const before: Record<string, StoredValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = fieldOf("project", name);
    const current = stored[name] ?? null;
    if (!field || sameValue(name, field, current, value)) continue;
    values[name] = value;
    before[name] = current;
  }
  if (project.archived_on !== null) {
    // Importing an archived project brings it back rather than making a twin without its history.
    values.archived_on = null;
    before.archived_on = project.archived_on;
  }
  const changed = Object.keys(values).length > 0;
  return {
    ...planned(row, changed ? "changed" : "same", badCells),
    projectId: changed ? project.id : null,
    values,
    before,
  };
}

/** The managed office that a region's wording names, also as "普湾(金普新区)"; null when none or several. */
function officeOfRegion(offices: readonly Row<"office">[], region: StoredValue | undefined): Row<"office"> | null {
  if (typeof region !== "string") return null;
  const [, outside = "", inside = ""] = /^([^(（]*)[(（]([^)）]*)[)）]$/.exec(region) ?? [];
  return officeByName(offices, region) ?? officeByName(offices, outside) ?? officeByName(offices, inside);
}

function unknownOffice(row: FileRow, office: { text: string; column: string }): BadCell {
  return { row: row.number, column: office.column, value: office.text, reason: "不是本单位或下属单位的名称" };
}
