/** Turns a ProjectFilter into SQL conditions; the list, its totals, exports and sheets all filter with this. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { ProjectFilter } from "#contract/ledger.ts";
import { addDays, monthOf, monthRange } from "#domain/calendar.ts";
import { lightBounds } from "#domain/light.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Light } from "#domain/values.ts";
import { isDoneOn } from "#features/node-rows.ts";
import type { Office } from "#features/office.ts";
import type { Tables } from "#store/tables.ts";

type ProjectExpression = ExpressionBuilder<Tables & { light_of: { project_id: string; light: Light } }, "project">;

/** The conditions of `filter`, without its light condition (see lightSource). Joined by "and". */
export function filterConditions(office: Office, filter: ProjectFilter, asOf: string) {
  const { settings } = office;
  return (eb: ProjectExpression): Expression<SqlBool> => {
    const all: Expression<SqlBool>[] = [
      eb("project.archived_on", filter.archived ? "is not" : "is", null),
      eb("project.name", "is not", null),
    ];
    if (filter.ids)
      all.push(eb("project.id", "in", sql<string>`(select value from json_each(${JSON.stringify(filter.ids)}))`));
    if (filter.officeId) {
      const ids = [...subtreeIds(office.offices, filter.officeId)];
      all.push(eb("project.office_id", "in", ids));
    }
    if (filter.stages?.length) all.push(eb("project.stage", "in", filter.stages));
    if (filter.list) {
      all.push(sql<SqlBool>`instr(',' || coalesce(project.lists, '') || ',', ${`,${filter.list},`}) > 0`);
    }
    if (filter.incompleteOnly) all.push(sql<SqlBool>`${incompleteCard}`);
    if (filter.search && searchNeedle(filter.search) !== "") {
      const needle = searchNeedle(filter.search);
      all.push(
        sql<SqlBool>`project.id in (select project_id from project_search where instr(search, ${needle}) > 0)
          or instr(coalesce(project.project_code, ''), ${needle}) > 0`,
      );
    }
    if (filter.secretaryId) all.push(secretaryCondition(filter.secretaryId, asOf));
    if (filter.unvisitedOnly) {
      const since = addDays(asOf, -settings["visit.overdueDays"]);
      all.push(sql<SqlBool>`not exists (select 1 from visit where visit.project_id = project.id
        and visit.archived_on is null and visit.visited_on > ${since} and visit.visited_on <= ${asOf})`);
    }
    if (filter.lacksSecretary) {
      all.push(eb("project.total_investment", ">=", settings["secretary.thresholdMoney"]));
      all.push(
        eb.or([
          eb("project.stage", "in", settings["secretary.stages"]),
          eb("project.list2_kind", "in", ["new_start", "in_preparation"]),
        ]),
      );
      all.push(secretaryCondition("none", asOf));
    }
    return eb.and(all.map((condition) => eb.parens(condition as Expression<SqlBool>)));
  };
}

/** SQL twin of domain/project-card.ts: some card fact is missing. */
export const incompleteCard = sql<SqlBool>`(coalesce(project.owner, '') = '' or project.total_investment is null
  or coalesce(project.region, '') = '' or project.stage is null or coalesce(project.content, '') = ''
  or coalesce(project.responsible_unit, '') = '')`;

function secretaryCondition(secretaryId: string, asOf: string): Expression<SqlBool> {
  const current = sql`select 1 from assignment where assignment.project_id = project.id
    and assignment.archived_on is null and assignment.from_on <= ${asOf}
    and (assignment.to_on is null or assignment.to_on >= ${asOf})`;
  return secretaryId === "none"
    ? sql<SqlBool>`not exists (${current})`
    : sql<SqlBool>`exists (${current} and assignment.person_id = ${secretaryId})`;
}

/**
 * A table of projects that are red, yellow or green on `asOf` (the rest have no light): SQL twin of
 * projectLight in domain/light.ts; a test holds the two together. Visits only nodes that can matter, by index.
 */
export function lightSource(office: Office, asOf: string) {
  const { thresholds } = office;
  const { redBefore, yellowUntil } = lightBounds(asOf, thresholds);
  const month = monthRange(monthOf(asOf));
  const done = isDoneOn(office, asOf);
  return sql<{ project_id: string; light: Light }>`(
    select project_id,
      case min(case
        when not ${done} and planned_on < ${redBefore} then 0
        when not ${done} and planned_on <= ${yellowUntil} then 1
        when ${done} and actual_on > planned_on and planned_on between ${month.first} and ${month.last} then 1
        else 2 end)
      when 0 then 'red' when 1 then 'yellow' else 'green' end as light
    from node
    where archived_on is null and planned_on is not null
    group by project_id
  )`;
}
