/** Turns a ProjectFilter into SQL conditions; the list, its totals, exports and sheets all filter with this. */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from "kysely";
import type { ProjectFilter } from "#contract/ledger.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Settings } from "#domain/settings.ts";
import { visitDueSince } from "#domain/visit.ts";
import { basisOn } from "#features/figures/basis.ts";
import { figureOf } from "#features/figures/figures.ts";
import type { Office } from "#features/office.ts";
import type { Tables } from "#store/tables.ts";

/** The conditions of `filter`, without its light condition (see lights.ts). Joined by "and". */
export function filterConditions(office: Office, filter: ProjectFilter, asOf: string) {
  const { settings } = office;
  const figure = (name: Parameters<typeof figureOf>[2]) => figureOf(office.store, basisOn(office, asOf), name);
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
    if (filter.incompleteOnly) all.push(sql<SqlBool>`${figure("is_incomplete")} = 1`);
    if (filter.search && searchNeedle(filter.search) !== "") {
      const needle = searchNeedle(filter.search);
      all.push(sql<SqlBool>`project.id in (select project_id from project_search where instr(search, ${needle}) > 0)`);
    }
    if (filter.secretaryId === "none") all.push(sql<SqlBool>`${figure("secretaries")} = 0`);
    else if (filter.secretaryId) all.push(servedBy(filter.secretaryId, asOf));
    if (filter.unvisitedOnly) {
      const since = visitDueSince(settings, asOf);
      all.push(
        since === null ? sql<SqlBool>`false` : sql<SqlBool>`coalesce(${figure("last_visit_on")}, '') <= ${since}`,
      );
    }
    if (filter.openIssuesOnly) {
      all.push(sql<SqlBool>`exists (select 1 from issue where issue.project_id = project.id
        and issue.archived_on is null and issue.state = 'open')`);
    }
    if (filter.lacksSecretary) {
      all.push(needsSecretary(settings, "project"));
      all.push(sql<SqlBool>`${figure("secretaries")} = 0`);
    }
    return eb.and(all.map((condition) => eb.parens(condition as Expression<SqlBool>)));
  };
}

/** Whether the filter, its light condition included, asks figures: their making must be waited for. */
export function filtersByFigures(filter: ProjectFilter): boolean {
  const { lights, incompleteOnly, secretaryId, unvisitedOnly, lacksSecretary } = filter;
  return Boolean(lights?.length || incompleteOnly || secretaryId === "none" || unvisitedOnly || lacksSecretary);
}

/** A project so large and at such a stage that somebody must serve it; asks the columns of `source`: `project`, or figures. */
export function needsSecretary(settings: Settings, source: string): RawBuilder<SqlBool> {
  const column = (name: string) => sql.ref(`${source}.${name}`);
  return sql<SqlBool>`(${column("total_investment")} >= ${settings["secretary.thresholdMoney"]}
    and (${column("stage")} in (${sql.join(settings["secretary.stages"])})
      or ${column("list2_kind")} in ('new_start', 'in_preparation')))`;
}

function servedBy(secretaryId: string, asOf: string): Expression<SqlBool> {
  return sql<SqlBool>`project.id in (select project_id from assignment where person_id = ${secretaryId}
    and archived_on is null and from_on <= ${asOf} and (to_on is null or to_on >= ${asOf}))`;
}
