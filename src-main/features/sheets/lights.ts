/** Fills the sheet of lights from the filtered ledger. */
import type { SheetRequest } from "#contract/reports.ts";
import { Failure } from "#domain/failure.ts";
import type { Office } from "#features/office.ts";
import { placesBelow, regionFinder } from "#features/plans/regions.ts";
import { listProjects } from "#features/projects/list.ts";
import { renderLightsSheet } from "#sheets/lights-sheet.tsx";
import { type MadeSheet, originOf } from "./made-sheet.ts";
import { placeName } from "./place-name.ts";

/** Some 150 pages. */
const MOST_PROJECTS = 4000;

/** Throws Failure sheet_too_long beyond MOST_PROJECTS projects. */
export function lightsSheet(
  office: Office,
  { filter, sort, asOf }: Extract<SheetRequest, { sheet: "lights" }>,
): MadeSheet {
  const byLight = { column: "light", descending: false };
  const rows = listProjects(office, filter, asOf, sort ?? byLight, 0, MOST_PROJECTS + 1);
  if (rows.length > MOST_PROJECTS) throw new Failure("sheet_too_long", { limit: MOST_PROJECTS });
  const root = filter.officeId ?? office.id;
  const regionOf = regionFinder(office, root);
  const managing = new Set(rows.map((row) => row.office_id));
  const inOrder = office.offices.filter(({ id }) => managing.has(id)).map(({ id }) => regionOf(id).name);
  const title = `${placeName(office, root)}项目红黄绿灯情况表`;
  const html = renderLightsSheet(
    {
      title,
      reportingOffice: office.self.name,
      heading: placesBelow(office, root).all,
      regions: [...new Set(inOrder)],
      rows: rows.map((row) => ({
        project: row,
        light: row.light,
        reason: row.light_reason,
        officeName: row.office_name,
        regionName: regionOf(row.office_id).name,
        secretaries: row.secretaries,
        nodes: row.node_total === 0 ? "" : `${row.node_done}/${row.node_total}`,
      })),
      asOf,
      lightRules: office.lightRules,
      conflicts: rows.reduce((total, row) => total + row.conflicts, 0),
    },
    originOf(office, new Set(rows.map((row) => row.office_id))),
  );
  return { title, html, rows: rows.length };
}
