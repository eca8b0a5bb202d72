/** The ledger as a list. */
import type { ProjectListRow } from "#contract/ledger.ts";
import type { ListRequest } from "#contract/lists.ts";
import type { Office } from "#features/office.ts";
import { officeOn } from "#features/past/past.ts";
import { listProjects } from "#features/projects/list.ts";
import { dataStateOf } from "#features/sheets/data-state.ts";
import { idColumn, ledgerColumns } from "#features/spreadsheet/export-columns.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { textColumn } from "./columns.ts";
import { projectConditions } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

const columns: Record<string, SheetColumn<ProjectListRow>> = {
  ...ledgerColumns(),
  missing: textColumn("项目卡", 12, ({ missing }) => (missing.length > 0 ? `缺 ${missing.length} 项` : null)),
};

type Asked = Extract<ListRequest, { list: "projects" }>;

export function projectsList(
  office: Office,
  { filter, sort }: Omit<Asked, "booksOn">,
  asOf: string,
): ListSource<ProjectListRow> {
  return {
    title: filter.lacksSecretary ? "应配未配服务秘书的项目" : "项目台账",
    conditions: projectConditions(office, filter),
    rows: listProjects(office, filter, asOf, sort, 0, Number.MAX_SAFE_INTEGER),
    columns,
    idColumn,
  };
}

/** The same of a past day, from the books of that day: not to be imported again over what was recorded since. */
export async function pastProjectsList(
  office: Office,
  { booksOn, ...asked }: Asked & { booksOn: string },
): Promise<ListSource<ProjectListRow>> {
  const then = await officeOn(office, booksOn);
  const source = projectsList(then, asked, booksOn);
  return {
    ...source,
    title: `${booksOn} 的${source.title}`,
    dataState: dataStateOf(then, then.subtree),
    idColumn: undefined,
  };
}
