/**
 * Corrections (更正): where the records now say otherwise of a closed month than its statement, which itself never
 * changes. Measured by the rules that the statement keeps.
 */
import { sql } from "kysely";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { changesBetween, listedIn, sourcesOf } from "#domain/correction.ts";
import type { Correction, ProjectFigures } from "#domain/statement.ts";
import type { Basis } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import { figuresReady } from "#features/figures/ready.ts";
import { recordTitle, touchesOfProject } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { stampMs } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
import { query } from "#store/store.ts";
import { recordsOfSubjects } from "#sync/scope.ts";
import { figureColumns } from "./figures.ts";
import { type Statement, statementsOf } from "./statements.ts";

/** So many are worked out with who and when; the total counts all. */
const SHOWN = 100;
/** Changes named for one project. */
const CAUSES = 5;

type Row = Record<string, string | number | null> & {
  project_id: string;
  project_name: string;
  office_name: string;
};

/** A correction whose causes are still to be looked up; `since`: number of the statement in the log. */
export type Difference = Omit<Correction, "causes"> & { since: number };

export function correctionsOf(office: Office, statement: Statement): { corrections: Correction[]; total: number } {
  const different = differences(office, statement);
  return { corrections: different.slice(0, SHOWN).map((each) => withCauses(office, each)), total: different.length };
}

/** Where the records now differ from the months closed before `month`; found while other calls are answered. */
export async function differencesBefore(office: Office, month: string): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const statement of closedBefore(office, month)) {
    await figuresReady(office, closedBasis(statement));
    found.push(...differences(office, statement));
  }
  return found;
}

function closedBefore(office: Office, month: string): Statement[] {
  return statementsOf(office.store, office.id).filter((statement) => statement.month < month);
}

/**
 * Corrections of the months closed before `month` that came to be known since the statement before it; those that an
 * earlier statement lists are not listed again. `found`: what `differencesBefore` found, where there was time for it.
 */
export function newCorrections(
  office: Office,
  month: string,
  found?: readonly Difference[],
): { corrections: Correction[]; total: number } {
  const earlier = closedBefore(office, month);
  const since = Math.max(0, ...earlier.map(({ number }) => number));
  const isListed = listedIn(earlier.map(({ totals }) => totals));
  const fresh = (found ?? earlier.flatMap((statement) => differences(office, statement))).filter(
    (each) => !isListed(each) && hasChangedSince(office, each.projectId, since),
  );
  return { corrections: fresh.slice(0, SHOWN).map((each) => withCauses(office, each)), total: fresh.length };
}

/** What the figures of a closed month were made by. */
export function closedBasis({ month, totals, rules }: Statement): Basis {
  return { month, date: totals.date, rules };
}

function differences({ store }: Office, statement: Statement): Difference[] {
  const { id, month, number } = statement;
  const now = figuresOn(store, closedBasis(statement));
  const columns = Object.values(figureColumns);
  const differs = columns.map((column) => sql`line.${sql.ref(column)} is not now.${sql.ref(column)}`);
  const both = columns.map(
    (column) =>
      sql`line.${sql.ref(column)} as ${sql.ref(`frozen_${column}`)}, now.${sql.ref(column)} as ${sql.ref(`now_${column}`)}`,
  );
  const select = sql<Row>`select line.project_id, coalesce(project.name, '') as project_name,
      coalesce(office.name, '') as office_name, ${sql.join(both)}
    from statement_line as line join ${now} as now on now.project_id = line.project_id
    left join project on project.id = line.project_id left join office on office.id = line.managed_by
    where line.statement_id = ${id} and (${sql.join(differs, sql` or `)})
    order by line.managed_by, line.project_id`;
  const rows = store.all({ compile: () => select.compile(query) });
  return rows.map((row) => ({
    month,
    projectId: row.project_id,
    projectName: row.project_name,
    officeName: row.office_name,
    changes: changesBetween(side(row, "frozen"), side(row, "now")),
    since: number,
  }));
}

const figureNames = Object.keys(figureColumns) as (keyof ProjectFigures)[];

function side(row: Row, prefix: "frozen" | "now"): ProjectFigures {
  return Object.fromEntries(
    figureNames.map((name) => [name, row[`${prefix}_${figureColumns[name]}`]]),
  ) as ProjectFigures;
}

/** With who changed since what the figures are made from; where that had come before the statement did, the last one. */
function withCauses(office: Office, { since, ...difference }: Difference): Correction {
  const { projectId, month, changes } = difference;
  const sources = sourcesOf(changes);
  const touches = touchesOfProject(office, projectId).filter(({ entity }) => sources.has(entity));
  const titled = (some: typeof touches) =>
    some
      .map(({ entity, id, facts }) => ({ entity, facts, title: recordTitle(office, entity, id) }))
      // The reports of a year up to the month: its title is its month.
      .filter(({ entity, title }) => entity !== "monthly_progress" || isUpTo(month, title));
  const later = titled(touches.filter(({ facts }) => facts.number > since));
  const causes = (later.length > 0 ? later : titled(touches).slice(0, 1)).slice(0, CAUSES).map(({ facts, title }) => ({
    at: localDateTime(stampMs(facts.stamp)),
    who: `${facts.officeName} ${facts.personName}`,
    what: `${actionLabel(facts.action)}：${title}`,
  }));
  return { ...difference, causes };
}

function isUpTo(month: string, reported: string): boolean {
  return reported <= month && reported.slice(0, 4) === month.slice(0, 4);
}

function hasChangedSince({ store }: Office, projectId: string, since: number): boolean {
  const sources: ReadonlySet<string> = sourcesOf();
  return recordsOfSubjects(store, [projectId]).some(
    ({ entity, touched_by }) => sources.has(entity) && numbersIn(touched_by).some((number) => number > since),
  );
}
