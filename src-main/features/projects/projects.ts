/** Projects (项目台账, F01): list, page, history and changes. */
import { sql } from "kysely";
import type { projects as contract, ProjectFilter } from "#contract/ledger.ts";
import { Failure } from "#domain/failure.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Values } from "#domain/registry.ts";
import { formValues } from "#features/entry.ts";
import { basisOn } from "#features/figures/basis.ts";
import { figuresReady } from "#features/figures/ready.ts";
import type { Handlers } from "#features/handlers.ts";
import { historyOfProject } from "#features/history.ts";
import { activeProjectIds } from "#features/node-lists.ts";
import type { Office } from "#features/office.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { UntilLogGrows } from "#features/until-log-grows.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { filtersByFigures } from "./filter.ts";
import { countLights, filteredProjects, listProjects } from "./list.ts";
import { projectPage } from "./page.ts";
import { sortsByFigures } from "./sort.ts";

type Totals = { total: number; totalInvestment: number; annualPlanInvestment: number };

const knownTotals = new UntilLogGrows<Totals>();

function totalsOf(office: Office, filter: ProjectFilter, asOf: string): Totals {
  // With a light their figures are at hand, which hold the plan already.
  const plan = filter.lights?.length ? sql`figures.annual_plan` : planOfYear(Number(asOf.slice(0, 4)));
  const totals = office.store.first(
    filteredProjects(office, filter, asOf).select([
      sql<number>`count(*)`.as("total"),
      sql<number>`coalesce(sum(project.total_investment), 0)`.as("totalInvestment"),
      sql<number>`coalesce(sum(${plan}), 0)`.as("annualPlanInvestment"),
    ]),
  );
  return totals ?? { total: 0, totalInvestment: 0, annualPlanInvestment: 0 };
}

export const projects: Handlers<typeof contract> = {
  list: async (office, { filter, sort, offset, limit, asOf }) => {
    // Right after an import they are in the making, and most lists do without.
    if (filtersByFigures(filter) || sortsByFigures(sort?.column)) await figuresReady(office, basisOn(office, asOf));
    // Scrolling and sorting ask for the same totals again and again.
    const question = JSON.stringify([filter, asOf]);
    const totals = knownTotals.answer(office.store, question, () => totalsOf(office, filter, asOf));
    return { rows: listProjects(office, filter, asOf, sort, offset, limit, totals.total), ...totals };
  },

  lightCounts: async (office, { filter, asOf }) => {
    await figuresReady(office, basisOn(office, asOf));
    return countLights(office, filter, asOf);
  },

  get: (office, { id, asOf }) => projectPage(office, id, asOf),

  history: (office, { id, limit }) => historyOfProject(office, id, limit),

  create: (office, { values }) => {
    const id = newId("project");
    const given = { office_id: office.id, ...formValues("project", values) };
    requireInSubtree(office, given.office_id);
    return office.write("create_project", id, [{ entity: "project", id, values: withRegion(office, given) }]);
  },

  update: (office, { id, values }) => {
    office.editableProject(id);
    const given = formValues("project", values);
    // Handing a project to another office is the district's or the city's business, within its own subtree.
    if (given.office_id !== undefined) requireInSubtree(office, given.office_id);
    return office.write("update_project", id, [{ entity: "project", id, values: given }]);
  },

  archive: (office, { id }) => {
    office.editableProject(id);
    return office.write("archive_project", id, [{ entity: "project", id, values: { archived_on: office.today } }]);
  },

  restore: (office, { id }) => {
    const project = office.store.first(query.selectFrom("project").select("office_id").where("id", "=", id));
    if (!project) throw new Failure("not_found", { what: "项目" });
    requireInSubtree(office, project.office_id);
    return office.write("restore_project", id, [{ entity: "project", id, values: { archived_on: null } }]);
  },

  find: (office, { search, limit }) => {
    const needle = searchNeedle(search);
    // Found and ranked by the search table alone; only what is handed over is looked up.
    const best = sql<{ id: string; at: number; key: string }>`(select project_id as id, instr(search, ${needle}) as at,
      name_key as key from project_search where instr(search, ${needle}) > 0
      and project_id in (${activeProjectIds(office)}) order by at, key limit ${limit})`;
    return office.store.all(
      query
        .selectFrom(best.as("best"))
        .innerJoin("project", "project.id", "best.id")
        .leftJoin("office", "office.id", "project.office_id")
        .select(["project.id", "project.name", sql<string>`coalesce(office.name, '')`.as("officeName")])
        .orderBy("best.at")
        .orderBy("best.key"),
    );
  },
};

function requireInSubtree(office: Office, officeId: string | undefined): void {
  if (officeId !== undefined && !office.subtree.has(officeId)) throw new Failure("out_of_scope");
}

/** A project whose region nobody wrote takes the name of its office's district. */
function withRegion(office: Office, values: Values<"project">): Values<"project"> {
  if (values.region || values.office_id === undefined) return values;
  const region = office.districtName(values.office_id);
  return region === office.offices.find((entry) => entry.level === "city")?.name ? values : { ...values, region };
}
