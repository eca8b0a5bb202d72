/** Fills the visit record sheet. */
import type { SheetRequest } from "#contract/reports.ts";
import { Failure } from "#domain/failure.ts";
import type { Office } from "#features/office.ts";
import { conflictCounts } from "#features/projects/conflict-counts.ts";
import { renderVisitSheet } from "#sheets/visit-sheet.tsx";
import { query } from "#store/store.ts";
import { type MadeSheet, originOf } from "./made-sheet.ts";

/** Throws Failure not_found for the visit or its project. */
export function visitSheet(office: Office, { visitId }: Extract<SheetRequest, { sheet: "visit" }>): MadeSheet {
  const { store, offices } = office;
  const visit = store.first(query.selectFrom("visit").selectAll().where("id", "=", visitId));
  if (!visit) throw new Failure("not_found", { what: "走访" });
  const project = store.first(query.selectFrom("project").selectAll().where("id", "=", visit.project_id));
  if (!project) throw new Failure("not_found", { what: "项目" });
  const person = store.first(query.selectFrom("person").selectAll().where("id", "=", visit.person_id));
  const nameOf = (id: string | undefined) => offices.find((entry) => entry.id === id)?.name ?? "";
  const html = renderVisitSheet(
    {
      visit,
      project,
      officeName: nameOf(project.office_id),
      personName: person?.name ?? "",
      personOffice: nameOf(person?.office_id),
      conflicts: conflictCounts(office.store, [project.id]).get(project.id) ?? 0,
    },
    originOf(office, [project.office_id]),
  );
  return { title: `走访记录表 ${project.name} ${visit.visited_on}`, html, rows: 1 };
}
