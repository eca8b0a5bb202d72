/** 打印本表, 导出表格: a list as it is seen, asked again by the core with all its rows. */
import type { lists as contract, ListRequest, ShownColumns } from "#contract/lists.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { writeWorkbook, XLSX_TYPE } from "#features/spreadsheet/write-workbook.ts";
import { bookLinesList, correctionsList, monthRankingList, periodRankingList } from "./books.ts";
import { conflictsList } from "./conflicts.ts";
import { exchangesList } from "./exchanges.ts";
import { issueFiguresList, issuesList } from "./issues.ts";
import { type ListTable, listTable } from "./list-table.ts";
import { nodesInStateList, nodesOfMonthList } from "./nodes.ts";
import { permitDaysList, permitsList } from "./permits.ts";
import { fundsList, regionsList, statsList, statsRegionsList } from "./plans.ts";
import { pastProjectsList, projectsList } from "./projects.ts";
import { officesList, settingsList, templatesList } from "./registers.ts";
import { reportsList } from "./reports.ts";
import { missingVisitsList, peopleList, visitsList } from "./service.ts";

export const lists: Handlers<typeof contract> = {
  export: async (office, { list, columns, asOf }) => {
    const table = await tableOf(office, list, columns, asOf);
    const { ids } = table;
    const lines = [...table.lines.map(({ cells }) => cells), ...(table.total ? [table.total] : [])];
    const rows = lines.map((cells, at) => [...cells.map(({ value }) => value), ids?.values[at] ?? null]);
    const heads = [...table.columns, ...(ids ? [ids] : [])].map((column, index) => ({
      ...column,
      cell: (row: (typeof rows)[number]) => row[index] ?? null,
    }));
    const bytes = await writeWorkbook(table.title.replaceAll(/[\\/:*?[\]]/g, " "), rows, heads);
    const name = `${table.title}_${office.self.name}_${asOf}.xlsx`.replaceAll(/[\\/:*?"<>|\s]/g, "_");
    return new File([Uint8Array.from(bytes)], name, { type: XLSX_TYPE });
  },
};

/** The list with all its rows and the columns shown. */
export async function tableOf(
  office: Office,
  list: ListRequest,
  columns: ShownColumns,
  asOf: string,
): Promise<ListTable> {
  switch (list.list) {
    case "projects": {
      const { booksOn } = list;
      if (booksOn !== undefined) return listTable(await pastProjectsList(office, { ...list, booksOn }), columns);
      return listTable(projectsList(office, list, asOf), columns);
    }
    case "nodesOfMonth":
      return listTable(nodesOfMonthList(office, list, asOf), columns);
    case "nodesInState":
      return listTable(nodesInStateList(office, list, asOf), columns);
    case "visits":
      return listTable(visitsList(office, list), columns);
    case "missingVisits":
      return listTable(missingVisitsList(office, asOf), columns);
    case "issues":
      return listTable(issuesList(office, list, asOf), columns);
    case "permits":
      return listTable(permitsList(office, list, asOf), columns);
    case "reports":
      return listTable(reportsList(office, list), columns);
    case "regions":
      return listTable(regionsList(office, list), columns);
    case "funds":
      return listTable(fundsList(office, list, asOf), columns);
    case "statsEntry":
      return listTable(statsList(office, list, asOf), columns);
    case "statsRegions":
      return listTable(statsRegionsList(office, list, asOf), columns);
    case "permitDays":
      return listTable(permitDaysList(office), columns);
    case "issueFigures":
      return listTable(issueFiguresList(office, list, asOf), columns);
    case "bookLines":
      return listTable(bookLinesList(office, list), columns);
    case "monthRanking":
      return listTable(monthRankingList(office, list), columns);
    case "periodRanking":
      return listTable(periodRankingList(office, list), columns);
    case "corrections":
      return listTable(correctionsList(office, list), columns);
    case "exchanges":
      return listTable(exchangesList(office), columns);
    case "conflicts":
      return listTable(conflictsList(office, list), columns);
    case "people":
      return listTable(peopleList(office, list), columns);
    case "offices":
      return listTable(officesList(office, list), columns);
    case "settings":
      return listTable(settingsList(office), columns);
    case "templates":
      return listTable(templatesList(office, list), columns);
  }
}
