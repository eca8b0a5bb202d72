/** Fills the project card from the project's page, as it stood in assignments and visits on the day asked for. */
import type { SheetRequest } from "#contract/reports.ts";
import { isInForce } from "#domain/assignment.ts";
import type { Office } from "#features/office.ts";
import { projectPermits } from "#features/permits/rows.ts";
import { projectPage } from "#features/projects/page.ts";
import { renderProjectCard } from "#sheets/project-card.tsx";
import { type MadeSheet, originOf } from "./made-sheet.ts";

/** Throws Failure not_found. */
export function cardSheet(office: Office, { projectId, asOf }: Extract<SheetRequest, { sheet: "card" }>): MadeSheet {
  const page = projectPage(office, projectId, asOf);
  const { plan, goal } = page.yearPlan;
  const html = renderProjectCard(
    {
      ...page,
      project: { ...page.project, annual_plan_investment: plan?.amount ?? null, annual_goal: goal },
      visits: page.visits.filter(({ visited_on }) => visited_on <= asOf),
      permitCounts: projectPermits(office, projectId, asOf).counts,
      assignments: page.assignments.filter((assignment) => isInForce(assignment, asOf)),
      lightRules: office.lightRules,
    },
    originOf(office, [page.project.office_id]),
  );
  return { title: `项目建档卡 ${page.project.name}`, html, rows: 1 };
}
