/** Turns a ProjectFilter into SQL conditions; the list, its totals, exports and sheets all filter with this. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { ProjectFilter } from "#contract/ledger.ts";
import { addDays } from "#domain/calendar.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Office } from "#features/office.ts";
import type { Tables } from "#store/tables.ts";

/** The conditions of `filter`, without its light condition (see lights.ts). Joined by "and". */
export function filterConditions(office: Office, filter: ProjectFilter, asOf: string) {
  const { settings } = office;
  return (eb: ExpressionBuilder<Tables, "project">): Expression<SqlBool> => {
    const all: Expression<SqlBool>[] = [
      eb("project.archived_on", filter.archived ? "is not" : "is", null),
      eb("project.name", "is not", null),
    ];
    if (filter.ids)
      all.push(eb("project.id", "in", sql<string>`(select value from json_each(${JSON.stringify(filter.ids)}))`));
    if (filter.officeId) {
      const ids = [...subtreeIds(office.offices, filter.officeId)];
      // The plus keeps SQLite from hopping through the whole ledger by its office index.
      all.push(sql<SqlBool>`+project.office_id in (${sql.join(ids)})`);
    }
    if (filter.stages?.length) all.push(eb("project.stage", "in", filter.stages));
    if (filter.list) {
      all.push(sql<SqlBool>`instr(',' || coalesce(project.lists, '') || ',', ${`,${filter.list},`}) > 0`);
    }
    if (filter.incompleteOnly) all.push(sql<SqlBool>`${incompleteCard}`);
    if (filter.search && searchNeedle(filter.search) !== "") {
      const needle = searchNeedle(filter.search);
      all.push(sql<SqlBool>`project.id in (select project_id from project_search where instr(search, ${needle}) > 0)`);
    }
    if (filter.secretaryId) all.push(secretaryCondition(filter.secretaryId, asOf));
    if (filter.unvisitedOnly) {
      const since = addDays(asOf, -settings["visit.overdueDays"]);
      all.push(sql<SqlBool>`project.id not in (select project_id from visit where archived_on is null
        and visited_on > ${since} and visited_on <= ${asOf})`);
    }
    if (filter.openIssuesOnly) {
      all.push(sql<SqlBool>`exists (select 1 from issue where issue.project_id = project.id
        and issue.archived_on is null and issue.state = 'open')`);
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
