/** Charts of the workbench: counts and sums in SQL over the projects of this office and below. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { charts as contract, MonthLights } from "#contract/charts.ts";
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import { ageDays, type IssueAge, issueAges } from "#domain/issue-time.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { issueLevels, keysOf, type Light, lights } from "#domain/values.ts";
import { query } from "#store/store.ts";
import { statementOf } from "./books/statements.ts";
import { type Basis, basisOn } from "./figures/basis.ts";
import { figuresOn } from "./figures/figures.ts";
import { figuresReady } from "./figures/ready.ts";
import type { Handlers } from "./handlers.ts";
import type { Office } from "./office.ts";
import { projectsServed } from "./people.ts";
import { activeProjects, inActiveProject, rowsOf } from "./project-facts.ts";

const ages = keysOf(issueAges);
/** Projects that a secretary serves. */
const LOADS = [0, 1, 2, 4, 6, 11];
const BUSIEST = 10;

export const charts: Handlers<typeof contract> = {
  lights: async (office, { month, asOf }) => {
    const closed = statementOf(office.store, office.id, month);
    if (closed) {
      const parts = closed.totals.parts.map(({ officeId, name, figures: { red, yellow, green, none } }) => ({
        officeId,
        name,
        lights: { red, yellow, green, none },
      }));
      return { month, isClosed: true, parts: parts.filter(hasProjects) };
    }
    const { last } = monthRange(month);
    const basis = basisOn(office, last < asOf ? last : asOf);
    await figuresReady(office, basis);
    return { month, isClosed: false, parts: presentLights(office, basis) };
  },

  investment: async (office, { asOf }) => {
    await figuresReady(office, basisOn(office, asOf));
    const year = Number(asOf.slice(0, 4));
    const [totals] = rowsOf(
      office.store,
      sql<Planned>`select count(*) as projects, coalesce(sum(annual_plan), 0) as planned,
        coalesce(sum(year_completed), 0) as completed
        from ${figuresOn(office.store, basisOn(office, asOf))} where ${isPlanned(office)}`,
    );
    const { projects, planned, completed } = totals ?? { projects: 0, planned: 0, completed: 0 };
    const byMonth = completedByMonth(office, asOf, completed);
    const months: { month: string; completed: number }[] = [];
    for (let month = `${year}-01`; month <= monthOf(asOf); month = addMonths(month, 1)) {
      months.push({ month, completed: byMonth.get(month) ?? 0 });
    }
    return { year, planned, projects, months };
  },

  issues: (office, { asOf }) => {
    const fewest = ages.map((age) => ageDays[age][0]);
    const rows = office.store.all(
      query
        .selectFrom("issue")
        .select(["level", sql<number>`${bucket(sql`julianday(${asOf}) - julianday(found_on)`, fewest)}`.as("at")])
        .select(sql<number>`count(*)`.as("count"))
        .where("state", "=", "open")
        .where("archived_on", "is", null)
        .where("found_on", "<=", asOf)
        .where(inActiveProject(office, "issue.project_id"))
        .groupBy(["level", "at"]),
    );
    const countOf = (level: string, at: number) => rows.find((row) => row.level === level && row.at === at)?.count ?? 0;
    return keysOf(issueLevels).map((level) => {
      const counts = Object.fromEntries(ages.map((age, at) => [age, countOf(level, at)]));
      return { level, byAge: counts as Record<IssueAge, number> };
    });
  },

  secretaries: (office, { asOf }) => {
    const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
    const served = projectsServed(office, asOf, activeProjects(office, {}));
    const secretaries = office.store.all(
      query
        .selectFrom("person")
        .select(["id", "name", "office_id"])
        .where("is_secretary", "=", 1)
        .where("archived_on", "is", null)
        .where("office_id", "in", [...office.subtree])
        .orderBy("id"),
    );
    const people = secretaries
      .map((person) => ({ ...person, projects: served.get(person.id) ?? 0 }))
      .sort((left, right) => right.projects - left.projects);
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

type Part = MonthLights["parts"][number];

const hasProjects = (part: Part) => keysOf(lights).some((light) => part.lights[light] > 0);

function presentLights(office: Office, basis: Basis): Part[] {
  const rows = rowsOf(
    office.store,
    sql<{ office_id: string; light: Light; count: number }>`select managed_by as office_id, light, count(*) as count
      from ${figuresOn(office.store, basis)}
      where is_archived = 0 and managed_by in (${sql.join([...office.subtree])}) group by managed_by, light`,
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

type Planned = { projects: number; planned: number; completed: number };

/** Whether the figures at hand are of an active project of this office or below it that has a plan of the year. */
function isPlanned({ subtree }: Office): RawBuilder<SqlBool> {
  return sql<SqlBool>`(is_archived = 0 and annual_plan > 0 and managed_by in (${sql.join([...subtree])}))`;
}

/** What the planned projects completed in each month of the year up to the day; `total` in all. */
function completedByMonth(office: Office, asOf: string, total: number): Map<string, number> {
  const { store } = office;
  const figures = figuresOn(store, basisOn(office, asOf));
  const sums = (condition: RawBuilder<SqlBool>) =>
    rowsOf(
      store,
      sql<{ month: string; completed: number }>`select month, coalesce(sum(completed_investment), 0) as completed
        from monthly_progress indexed by monthly_progress_by_month
        where month between ${`${asOf.slice(0, 4)}-01`} and ${monthOf(asOf)} and archived_on is null and ${condition}
        group by month`,
    );
  // Few projects report and are not planned: it is quicker to see that a report is of none of these.
  let months = sums(sql`+project_id not in
    (select project_id from ${figures} where year_completed is not null and ${isPlanned(office)} is not true)`);
  // Too much: there are reports of projects that have not arrived.
  if (months.reduce((sum, { completed }) => sum + completed, 0) !== total)
    months = sums(sql`+project_id in (select project_id from ${figures} where ${isPlanned(office)})`);
  return new Map(months.map(({ month, completed }) => [month, completed]));
}

/** Index of the last bound that the value reaches. */
function bucket(value: RawBuilder<unknown>, bounds: readonly number[]): RawBuilder<number> {
  const cases = bounds.map((bound, at) => sql`when ${value} >= ${sql.lit(bound)} then ${sql.lit(at)}`).reverse();
  return sql<number>`case ${sql.join(cases, sql` `)} else 0 end`;
}
