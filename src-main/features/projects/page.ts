/** The project page: card, nodes with lights, visits, secretaries, plan of the year. */
import { sql } from "kysely";
import type { ProjectPage } from "#contract/ledger.ts";
import { goalOfYear, planOfYear } from "#domain/annual-plan.ts";
import { Failure } from "#domain/failure.ts";
import { missingCardFacts } from "#domain/project-card.ts";
import type { Row } from "#domain/registry.ts";
import { describeNodes } from "#features/node-rows.ts";
import type { Office } from "#features/office.ts";
import { annualPlansOf } from "#features/plan-of-year.ts";
import { query } from "#store/store.ts";
import { conflictCounts } from "./conflict-counts.ts";
import { lightsOf } from "./light-facts.ts";

const SHOWN_VISITS = 200;

/** Everything the page of one project shows, lights dated by `asOf`. Throws Failure not_found. */
export function projectPage(office: Office, id: string, asOf: string): ProjectPage {
  const { store } = office;
  const project = store.first(query.selectFrom("project").selectAll().where("id", "=", id));
  if (!project) throw new Failure("not_found", { what: "项目" });
  const officeName = office.offices.find((entry) => entry.id === project.office_id)?.name ?? "";
  const nodes = store.all(
    query
      .selectFrom("node")
      .selectAll()
      .where("project_id", "=", id)
      .where("archived_on", "is", null)
      .orderBy("position")
      .orderBy("planned_on")
      .orderBy("id"),
  );
  const visited = query.selectFrom("visit").where("visit.project_id", "=", id).where("visit.archived_on", "is", null);
  const visits = store.all(
    visited
      .leftJoin("person", "person.id", "visit.person_id")
      .selectAll("visit")
      .select("person.name as personName")
      .orderBy("visit.visited_on", "desc")
      .orderBy("visit.id", "desc")
      .limit(SHOWN_VISITS),
  );
  const assignments = store.all(
    query
      .selectFrom("assignment")
      .leftJoin("person", "person.id", "assignment.person_id")
      .leftJoin("office", "office.id", "person.office_id")
      .selectAll("assignment")
      .select(["person.name as personName", "office.name as personOffice"])
      .where("assignment.project_id", "=", id)
      .where("assignment.archived_on", "is", null)
      // The lead before those who assist; of each the latest first.
      .orderBy(sql`assignment.role = 'lead'`, "desc")
      .orderBy("assignment.from_on", "desc"),
  );
  const year = Number(asOf.slice(0, 4));
  const annual = annualPlansOf(office, [id], year).get(id);
  const verdict = lightsOf(store, office.lightRules, asOf, [id]).get(id);
  const readOnlyReason = reasonReadOnly(office, project);
  return {
    project,
    officeName,
    districtName: office.districtName(project.office_id),
    light: verdict?.light ?? "none",
    lightReason: verdict?.reason ?? "",
    asOf,
    missing: missingCardFacts(project),
    editable: readOnlyReason === "",
    readOnlyReason,
    nodes: describeNodes(office, nodes, asOf),
    visits: visits.map((visit) => ({
      ...visit,
      personName: visit.personName ?? "",
      projectName: project.name,
      officeName,
    })),
    visitTotal: store.first(visited.select(sql<number>`count(*)`.as("total")))?.total ?? 0,
    assignments: assignments.map((assignment) => ({
      ...assignment,
      personName: assignment.personName ?? "",
      personOffice: assignment.personOffice ?? "",
    })),
    yearPlan: { year, plan: planOfYear(project, annual, year), goal: goalOfYear(project, annual, year) },
    conflicts: conflictCounts(office.store, [id]).get(id) ?? 0,
  };
}

function reasonReadOnly(office: Office, project: Row<"project">): string {
  if (project.archived_on !== null) return `已于 ${project.archived_on} 归档`;
  if (!office.subtree.has(project.office_id)) return "已移交其他单位管理，本单位只能查看";
  return "";
}
