/** The project list: one window of the filtered, sorted ledger, dated by `asOf`. */
import { type ExpressionWrapper, expressionBuilder, sql } from "kysely";
import type { ProjectFilter, ProjectListRow } from "#contract/ledger.ts";
import { planOfYear } from "#domain/annual-plan.ts";
import { missingCardFacts } from "#domain/project-card.ts";
import { keysOf, type Light, lights } from "#domain/values.ts";
import { basisOn } from "#features/figures/basis.ts";
import { figureOf, figuresOn } from "#features/figures/figures.ts";
import { isDoneOn } from "#features/node-rows.ts";
import type { Office } from "#features/office.ts";
import { annualPlansOf } from "#features/plan-of-year.ts";
import { query } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import { conflictCounts } from "./conflict-counts.ts";
import { filterConditions } from "./filter.ts";
import { lightsOf } from "./light-facts.ts";
import { type ProjectSort, sortKey, sortsByFigures } from "./sort.ts";

/**
 * `isWalked`: they are walked in an order of their own up to the end of a window, and the light is looked up of each.
 * `withFigures`: their figures are asked for as `figures`.
 */
type Walk = { isWalked?: boolean; withFigures?: boolean };

/** Projects of the filter; every list query starts here. */
export function filteredProjects(office: Office, filter: ProjectFilter, asOf: string, walk: Walk = {}) {
  const { isWalked = false, withFigures = false } = walk;
  const conditions = filterConditions(office, filter, asOf);
  const projects = query.selectFrom("project").where((eb) => conditions(eb));
  const basis = basisOn(office, asOf);
  const wanted = filter.lights ?? [];
  const isLit = wanted.length > 0;
  if (isWalked) return isLit ? projects.where(figureOf(office.store, basis, "light"), "in", wanted) : projects;
  if (!isLit && !withFigures) return projects;
  // The narrow figures are walked, and the projects beside them: a cross join keeps SQLite from the other way round.
  const figures = query.selectFrom(figuresOn(office.store, basis).as("figures")).crossJoin("project");
  const both = figures
    .whereRef("project.id", "=", "figures.project_id")
    .where(conditions(expressionBuilder<Tables, "project">()));
  return (isLit ? both.where("figures.light", "in", wanted) : both) as unknown as typeof projects;
}

/** Projects of the filter per light, whatever lights it asks for. */
export function countLights(office: Office, filter: ProjectFilter, asOf: string): Record<Light, number> {
  const counts = office.store.first(
    filteredProjects(office, { ...filter, lights: undefined }, asOf, { withFigures: true }).select(
      keysOf(lights).map((light) => sql<number | null>`sum(figures.light = ${light})`.as(light)),
    ),
  );
  return Object.fromEntries(keysOf(lights).map((light) => [light, counts?.[light] ?? 0])) as Record<Light, number>;
}

/**
 * The rows of a window. Sorting by names follows pinyin; the id breaks ties, so windows never overlap. With the
 * `total` of the filter, a window in the second half is read from the end, so that none has to skip the whole ledger.
 */
export function listProjects(
  office: Office,
  filter: ProjectFilter,
  asOf: string,
  sort: ProjectSort | undefined,
  offset: number,
  limit: number,
  total = Number.POSITIVE_INFINITY,
): ProjectListRow[] {
  const fromEnd = offset > total / 2;
  const length = Math.max(0, Math.min(limit, total - offset));
  const direction = (sort?.descending ?? false) === fromEnd ? "asc" : "desc";
  const { key, hasBlanks, isNameKey } = sortKey(sort?.column);
  const walk = { isWalked: isNameKey, withFigures: sortsByFigures(sort?.column) };
  const projects = filteredProjects(office, filter, asOf, walk);
  const named = projects.innerJoin("project_search", "project_search.project_id", "project.id");
  const window = office.store.all(
    (isNameKey ? named : projects)
      .select("project.id")
      .orderBy(key, (order) => {
        const directed = direction === "asc" ? order.asc() : order.desc();
        if (!hasBlanks) return directed;
        return fromEnd ? directed.nullsFirst() : directed.nullsLast();
      })
      .orderBy(isNameKey ? sql`project_search.project_id` : sql`project.id`, direction)
      .offset(fromEnd ? Math.max(0, total - offset - length) : offset)
      .limit(length),
  );
  const ids = window.map(({ id }) => id);
  return describeProjects(office, fromEnd ? ids.reverse() : ids, asOf);
}

/** Fills in the computed columns of a window's projects, in the given order. */
function describeProjects(office: Office, window: readonly string[], asOf: string): ProjectListRow[] {
  const inWindow = sql<string>`(select value from json_each(${JSON.stringify(window)}))`;
  const rows = office.store.all(query.selectFrom("project").selectAll().where("id", "in", inWindow));
  const byId = new Map(rows.map(({ versions: _, touched_by: __, ...row }) => [row.id, row]));
  const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
  const nodes = grouped(
    office.store.all(
      query
        .selectFrom("node")
        .select([
          "project_id",
          sql<number>`count(*)`.as("total"),
          sql<number>`sum(${isDoneOn(office, asOf)})`.as("done"),
        ])
        .where("archived_on", "is", null)
        .where("project_id", "in", inWindow)
        .groupBy("project_id"),
    ),
  );
  const visits = grouped(
    office.store.all(
      query
        .selectFrom("visit")
        .select(["project_id", sql<string>`max(visited_on)`.as("last")])
        .where("archived_on", "is", null)
        .where("visited_on", "<=", asOf)
        .where("project_id", "in", inWindow)
        .groupBy("project_id"),
    ),
  );
  const issues = grouped(
    office.store.all(
      query
        .selectFrom("issue")
        .select(["project_id", sql<number>`count(*)`.as("open")])
        .where("archived_on", "is", null)
        .where("state", "=", "open")
        .where("project_id", "in", inWindow)
        .groupBy("project_id"),
    ),
  );
  const secretaries = secretariesOf(office, inWindow, asOf);
  const conflicts = conflictCounts(office.store, window);
  const year = Number(asOf.slice(0, 4));
  const plans = annualPlansOf(office, window, year);
  const windowLights = lightsOf(office.store, office.lightRules, asOf, window);
  return window.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        ...row,
        light: windowLights.get(id)?.light ?? "none",
        light_reason: windowLights.get(id)?.reason ?? "",
        office_name: officeNames.get(row.office_id) ?? "",
        secretaries: secretaries.get(id) ?? "",
        node_total: nodes.get(id)?.total ?? 0,
        node_done: nodes.get(id)?.done ?? 0,
        last_visit_on: visits.get(id)?.last ?? null,
        open_issues: issues.get(id)?.open ?? 0,
        annual_plan: planOfYear(row, plans.get(id), year)?.amount ?? null,
        missing: missingCardFacts(row),
        conflicts: conflicts.get(id) ?? 0,
      },
    ];
  });
}

/** Names of the current secretaries by project, the lead first. */
export function secretariesOf(
  office: Office,
  projectIds: ExpressionWrapper<never, never, string> | ReturnType<typeof sql<string>>,
  asOf: string,
): Map<string, string> {
  const rows = office.store.all(
    query
      .selectFrom("assignment")
      .innerJoin("person", "person.id", "assignment.person_id")
      .select(["assignment.project_id", "person.name"])
      .where("assignment.archived_on", "is", null)
      .where("assignment.from_on", "<=", asOf)
      .where((eb) => eb.or([eb("assignment.to_on", "is", null), eb("assignment.to_on", ">=", asOf)]))
      .where("assignment.project_id", "in", projectIds as never)
      .orderBy("assignment.role")
      .orderBy("assignment.from_on"),
  );
  const names = new Map<string, string>();
  for (const { project_id, name } of rows) {
    names.set(project_id, names.has(project_id) ? `${names.get(project_id)}、${name}` : name);
  }
  return names;
}
function grouped<T extends { project_id: string }>(rows: T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.project_id, row]));
}
