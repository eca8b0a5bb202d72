/**
 * Corrections (更正): where the records now say otherwise of a closed month than its statement, which itself never
 * changes. Measured by the rules that the statement keeps.
 */
import { sql } from "kysely";
import { changesBetween } from "#domain/correction.ts";
import type { Correction, ProjectFigures } from "#domain/statement.ts";
import { historyOfProject } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { numbersIn } from "#journal/touched.ts";
import { query } from "#store/store.ts";
import { recordsOfSubjects } from "#sync/scope.ts";
import { figureColumns, prepareFigures } from "./figures.ts";
import { type Statement, statementsOf } from "./statements.ts";

/** So many are worked out with who and when; the total counts all. */
const SHOWN = 100;
/** Changes named for one project. */
const CAUSES = 5;

type Difference = Record<string, string | number | null> & {
  project_id: string;
  project_name: string;
  office_name: string;
};

export function correctionsOf(office: Office, statement: Statement): { corrections: Correction[]; total: number } {
  const different = differences(office, statement);
  const corrections = different.slice(0, SHOWN).map((row) => correction(office, statement, row));
  return { corrections, total: different.length };
}

/** Corrections of the months closed before `month` that came to be known since the statement before it. */
export function newCorrections(office: Office, month: string): { corrections: Correction[]; total: number } {
  const earlier = statementsOf(office.store, office.id).filter((statement) => statement.month < month);
  const since = Math.max(0, ...earlier.map(({ number }) => number));
  const corrections = earlier.flatMap((statement) =>
    differences(office, statement)
      .filter(({ project_id }) => hasChangedSince(office, project_id, since))
      .map((row) => correction(office, statement, row)),
  );
  return { corrections: corrections.slice(0, SHOWN), total: corrections.length };
}

function differences({ store }: Office, { id, month, totals, rules }: Statement): Difference[] {
  prepareFigures(store, { month, date: totals.date, rules });
  const columns = Object.values(figureColumns);
  const differs = columns.map((column) => sql`line.${sql.ref(column)} is not now.${sql.ref(column)}`);
  const both = columns.map(
    (column) =>
      sql`line.${sql.ref(column)} as ${sql.ref(`frozen_${column}`)}, now.${sql.ref(column)} as ${sql.ref(`now_${column}`)}`,
  );
  const select = sql<Difference>`select line.project_id, coalesce(project.name, '') as project_name,
      coalesce(office.name, '') as office_name, ${sql.join(both)}
    from statement_line as line join figures as now on now.project_id = line.project_id
    left join project on project.id = line.project_id left join office on office.id = line.managed_by
    where line.statement_id = ${id} and (${sql.join(differs, sql` or `)})
    order by line.managed_by, line.project_id`;
  return store.all({ compile: () => select.compile(query) });
}

const figureNames = Object.keys(figureColumns) as (keyof ProjectFigures)[];

function correction(office: Office, { month, number }: Statement, row: Difference): Correction {
  const side = (prefix: "frozen" | "now") =>
    Object.fromEntries(figureNames.map((name) => [name, row[`${prefix}_${figureColumns[name]}`]])) as ProjectFigures;
  return {
    month,
    projectId: row.project_id,
    projectName: row.project_name,
    officeName: row.office_name,
    changes: changesBetween(side("frozen"), side("now")),
    causes: causesOf(office, row.project_id, number),
  };
}

/** Records that the figures are made from. */
const sources: readonly string[] = ["project", "node", "monthly_progress", "annual_plan", "fund"];

/** Who changed what of the project since; where the change had come before the statement did, the last one. */
function causesOf(office: Office, projectId: string, since: number): Correction["causes"] {
  const entries = historyOfProject(office, projectId).entries.filter(({ entity }) => sources.includes(entity));
  const later = entries.filter(({ changeSet }) => changeSet > since);
  return (later.length > 0 ? later : entries.slice(0, 1)).slice(0, CAUSES).map((entry) => ({
    at: entry.at,
    who: `${entry.office} ${entry.person}`,
    what: `${entry.action}：${entry.title}`,
  }));
}

function hasChangedSince({ store }: Office, projectId: string, since: number): boolean {
  return recordsOfSubjects(store, [projectId]).some(
    ({ entity, touched_by }) => sources.includes(entity) && numbersIn(touched_by).some((number) => number > since),
  );
}
