/** Fills 要件办理表: of one project, or over the projects of a filter. */
import { permitConditions } from "#contract/permits.ts";
import type { SheetRequest } from "#contract/reports.ts";
import { Failure } from "#domain/failure.ts";
import type { Office } from "#features/office.ts";
import { overviewRows } from "#features/permits/overview.ts";
import { projectPermits } from "#features/permits/rows.ts";
import { conflictCounts } from "#features/projects/conflict-counts.ts";
import { renderPermitOverview, renderProjectPermits } from "#sheets/permit-sheet.tsx";
import { query } from "#store/store.ts";
import { type MadeSheet, originOf } from "./made-sheet.ts";
import { placeName } from "./place-name.ts";

/** About as many as a slow PC prints within a minute, as with the progress sheet. */
const MOST_PROJECTS = 2000;

type PermitsRequest = Extract<SheetRequest, { sheet: "permits" }>;

/** Throws Failure not_found for the project, sheet_too_long beyond MOST_PROJECTS projects. */
export function permitSheet(office: Office, request: PermitsRequest): MadeSheet {
  return request.projectId === undefined
    ? overviewSheet(office, request)
    : projectSheet(office, request, request.projectId);
}

function projectSheet(office: Office, { paper, asOf }: PermitsRequest, projectId: string): MadeSheet {
  const project = office.store.first(query.selectFrom("project").selectAll().where("id", "=", projectId));
  if (!project) throw new Failure("not_found", { what: "项目" });
  const officeName = office.offices.find(({ id }) => id === project.office_id)?.name ?? "";
  const conflicts = conflictCounts(office.store, [projectId]).get(projectId) ?? 0;
  const { lines, counts } = projectPermits(office, projectId, asOf);
  const html = renderProjectPermits(
    { paper, project, officeName, lines, counts, asOf, conflicts },
    originOf(office, [project.office_id]),
  );
  return { title: `要件办理表 ${project.name}`, html, rows: 1 };
}

function overviewSheet(office: Office, { paper, asOf, filter }: PermitsRequest): MadeSheet {
  const rows = overviewRows(office, filter, asOf, 0, MOST_PROJECTS + 1);
  if (rows.length > MOST_PROJECTS) throw new Failure("sheet_too_long", { limit: MOST_PROJECTS });
  const title = `${placeName(office, filter.officeId ?? office.id)}项目要件办理表`;
  const condition = filter.condition ? permitConditions[filter.condition] : "";
  const html = renderPermitOverview(
    { paper, title, condition, rows, asOf },
    originOf(office, new Set(rows.map(({ officeId }) => officeId))),
  );
  return { title, html, rows: rows.length };
}
