/** Charts of the workbench: counts and sums in SQL over the projects of this office and below. */
import { type RawBuilder, sql } from "kysely";
import type { charts as contract, MonthLights } from "#contract/charts.ts";
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { issueLevels, keysOf, type Light, lights } from "#domain/values.ts";
import { query } from "#store/store.ts";
import { statementOf } from "./books/statements.ts";
import type { Handlers } from "./handlers.ts";
import { activeProjectIds } from "./node-lists.ts";
import type { Office } from "./office.ts";
import { planOfYear } from "./plan-of-year.ts";
import { lightExpression, lightSource } from "./projects/lights.ts";

/** Days that a problem has been open; projects that a secretary serves. */
const AGES = [0, 31, 61, 91, 181];
const LOADS = [0, 1, 2, 4, 6, 11];
const BUSIEST = 10;

export const charts: Handlers<typeof contract> = {
  lights: (office, { month, asOf }) => {
    const closed = statementOf(office.store, office.id, month);
    if (closed) {
      const parts = closed.totals.parts.map(({ officeId, name, figures: { red, yellow, green, none } }) => ({
        officeId,
        name,
        lights: { red, yellow, green, none },
      }));
      return { month, isClosed: true, parts: parts.filter(hasProjects) };
    }
    return { month, isClosed: false, parts: presentLights(office, month, asOf) };
  },

  investment: (office, { asOf }) => {
    const year = Number(asOf.slice(0, 4));
    const planned = sql<{ id: string; plan: number }>`(select project.id, ${planOfYear(year)} as plan from project
      where project.archived_on is null and project.office_id in (${sql.join([...office.subtree])}))`;
    const totals = office.store.first(
      query
        .selectFrom(planned.as("p"))
        .select([sql<number>`count(*)`.as("projects"), sql<number>`coalesce(sum(plan), 0)`.as("planned")])
        .where("plan", ">", 0),
    );
    const done = office.store.all(
      query
        .selectFrom("monthly_progress as m")
        .innerJoin(planned.as("p"), "p.id", "m.project_id")
        .select(["m.month", sql<number>`sum(m.completed_investment)`.as("completed")])
        .where("m.month", ">=", `${year}-01`)
        .where("m.month", "<=", monthOf(asOf))
        .where("m.archived_on", "is", null)
        .where("p.plan", ">", 0)
        .groupBy("m.month"),
    );
    const completed = new Map(done.map(({ month, completed }) => [month, completed ?? 0]));
    const months: { month: string; completed: number }[] = [];
    for (let month = `${year}-01`; month <= monthOf(asOf); month = addMonths(month, 1)) {
      months.push({ month, completed: completed.get(month) ?? 0 });
    }
    return { year, planned: totals?.planned ?? 0, projects: totals?.projects ?? 0, months };
  },

  issues: (office, { asOf }) => {
    const rows = office.store.all(
      query
        .selectFrom("issue")
        .select(["level", sql<number>`${bucket(sql`julianday(${asOf}) - julianday(found_on)`, AGES)}`.as("at")])
        .select(sql<number>`count(*)`.as("count"))
        .where("state", "=", "open")
        .where("archived_on", "is", null)
        .where("found_on", "<=", asOf)
        .where(sql<boolean>`+project_id in (${activeProjectIds(office)})`)
        .groupBy(["level", "at"]),
    );
    const levels = keysOf(issueLevels).map((level) => ({
      level,
      counts: AGES.map((_, at) => rows.find((row) => row.level === level && row.at === at)?.count ?? 0),
    }));
    return { bounds: AGES, levels };
  },

  secretaries: (office, { asOf }) => {
    const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
    const served = sql<{
      person_id: string;
      projects: number;
    }>`(select person_id, count(distinct project_id) as projects
      from assignment where archived_on is null and from_on <= ${asOf} and (to_on is null or to_on >= ${asOf})
      and project_id in (${activeProjectIds(office)}) group by person_id)`;
    const people = office.store.all(
      query
        .selectFrom("person")
        .leftJoin(served.as("s"), "s.person_id", "person.id")
        .select(["person.id", "person.name", "person.office_id", sql<number>`coalesce(s.projects, 0)`.as("projects")])
        .where("person.is_secretary", "=", 1)
        .where("person.archived_on", "is", null)
        .where("person.office_id", "in", [...office.subtree])
        .orderBy("projects", "desc")
        .orderBy("person.id"),
    );
    const counts = LOADS.map(() => 0);
    for (const { projects } of people) {
      const at = LOADS.findLastIndex((bound) => projects >= bound);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    const busiest = people
      .filter(({ projects }) => projects > 0)
      .slice(0, BUSIEST)
      .map(({ id, name, office_id, projects }) => ({
        personId: id,
        name,
        officeName: officeNames.get(office_id) ?? "",
        projects,
      }));
    return { bounds: LOADS, counts, busiest };
  },
};

type LightOn = { project_id: string; light: Light };
type Part = MonthLights["parts"][number];

const hasProjects = (part: Part) => keysOf(lights).some((light) => part.lights[light] > 0);

/** By the rules in force; for the month of `asOf` by the table that the ledger keeps up to date anyway. */
function presentLights(office: Office, month: string, asOf: string): Part[] {
  const { last } = monthRange(month);
  const projects = query
    .selectFrom("project")
    .where(sql<boolean>`project.id in (${activeProjectIds(office)})`)
    .select(["project.office_id", sql<number>`count(*)`.as("count")])
    .groupBy(["project.office_id", sql`light`]);
  const everyone = sql<string>`select id from project`;
  const rows = office.store.all(
    last < asOf
      ? projects
          .leftJoin(
            sql<LightOn>`(${lightSource(office.lightRules, last, everyone)})`.as("l"),
            "l.project_id",
            "project.id",
          )
          .select(sql<Light>`coalesce(l.light, 'none')`.as("light"))
      : projects.select(lightExpression(office, asOf).as("light")),
  );
  const { offices } = office;
  const below = offices.filter(({ parent_id }) => parent_id === office.id);
  const part = (officeId: string, name: string, members: ReadonlySet<string>): Part => {
    const counts: Part["lights"] = { red: 0, yellow: 0, green: 0, none: 0 };
    for (const row of rows) if (members.has(row.office_id)) counts[row.light] += row.count;
    return { officeId, name, lights: counts };
  };
  const own = below.length > 0 ? `${office.self.name}（本级）` : office.self.name;
  return [
    ...below.map(({ id, name }) => part(id, name, subtreeIds(offices, id))),
    part(office.id, own, new Set([office.id])),
  ].filter(hasProjects);
}

/** Index of the last bound that the value reaches. */
function bucket(value: RawBuilder<unknown>, bounds: readonly number[]): RawBuilder<number> {
  const cases = bounds.map((bound, at) => sql`when ${value} >= ${sql.lit(bound)} then ${sql.lit(at)}`).reverse();
  return sql<number>`case ${sql.join(cases, sql` `)} else 0 end`;
}
