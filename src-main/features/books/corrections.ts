/**
 * Corrections (更正): where the records now say otherwise of a closed month than its statement, which itself never
 * changes. Measured by the rules that the statement keeps.
 */
import { setImmediate as pause } from "node:timers/promises";
import { type RawBuilder, sql } from "kysely";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { changesBetween, listedIn, sourcesOf } from "#domain/correction.ts";
import { type EntityName, registry } from "#domain/registry.ts";
import type { Correction, ProjectFigures } from "#domain/statement.ts";
import type { Basis } from "#features/figures/basis.ts";
import { changedProjects } from "#features/figures/changed-projects.ts";
import { figuresOn, portionsOf } from "#features/figures/figures.ts";
import { figuresFor } from "#features/figures/source.ts";
import { recordTitle } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { rowsOf } from "#features/project-facts.ts";
import { Log } from "#journal/log.ts";
import { stampMs } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
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

/** `most`: so many are told. */
export function correctionsOf(
  office: Office,
  statement: Statement,
  most = SHOWN,
): { corrections: Correction[]; total: number } {
  const different = differences(office, statement);
  return { corrections: different.slice(0, most).map((each) => withCauses(office, each)), total: different.length };
}

/**
 * Where what changed since the last statement now differs from the months closed before `month`; found while other
 * calls are answered.
 */
export async function differencesBefore(office: Office, month: string): Promise<Difference[]> {
  const { store } = office;
  const { earlier, since } = closedBefore(office, month);
  const changed = changedProjects(store, since, new Log(store).end());
  const found: Difference[] = [];
  for (const statement of earlier) {
    for (const portion of changed ? [changed] : portionsOf(store)) {
      await pause();
      found.push(...differences(office, statement, figuresFor(closedBasis(statement), portion)));
    }
  }
  return found;
}

/** Months closed before `month`, and the number of the last of their statements in the log. */
function closedBefore(office: Office, month: string): { earlier: Statement[]; since: number } {
  const earlier = statementsOf(office.store, office.id).filter((statement) => statement.month < month);
  return { earlier, since: Math.max(0, ...earlier.map(({ number }) => number)) };
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
  const { earlier, since } = closedBefore(office, month);
  const hasChanged = changedSince(office, since);
  const isListed = listedIn(earlier.map(({ totals }) => totals));
  const fresh = (found ?? earlier.flatMap((statement) => differences(office, statement))).filter(
    (each) => !isListed(each) && hasChanged(each.projectId),
  );
  return { corrections: fresh.slice(0, SHOWN).map((each) => withCauses(office, each)), total: fresh.length };
}

/** What the figures of a closed month were made by. */
export function closedBasis({ month, totals, rules }: Statement): Basis {
  return { month, date: totals.date, rules };
}

/** `now`: figures on the basis of the statement, by default those of every project. */
function differences(
  { store }: Office,
  statement: Statement,
  now: RawBuilder<unknown> = figuresOn(store, closedBasis(statement)),
): Difference[] {
  const { id, month, number } = statement;
  const columns = Object.values(figureColumns);
  const differs = columns.map((column) => sql`line.${sql.ref(column)} is not now.${sql.ref(column)}`);
  const both = columns.map(
    (column) =>
      sql`line.${sql.ref(column)} as ${sql.ref(`frozen_${column}`)}, now.${sql.ref(column)} as ${sql.ref(`now_${column}`)}`,
  );
  const select = sql<Row>`select line.project_id, coalesce(project.name, '') as project_name,
      coalesce(office.name, '') as office_name, ${sql.join(both)}
    from ${now} as now cross join statement_line as line on line.project_id = now.project_id and line.month = ${month}
    left join project on project.id = line.project_id left join office on office.id = line.managed_by
    where line.statement_id = ${id} and (${sql.join(differs, sql` or `)})
    order by line.managed_by, line.project_id`;
  const rows = rowsOf(store, select);
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
  const { log } = office.journal;
  const touches = touchedRecords(office, projectId, sourcesOf(changes))
    .map((record) => ({ ...record, title: recordTitle(office, record.entity, record.id) }))
    // The reports of a year up to the month: its title is its month.
    .filter(({ entity, title }) => entity !== "monthly_progress" || isUpTo(month, title))
    .flatMap(({ numbers, title }) => numbers.map((number) => ({ number, title })))
    .sort((left, right) => right.number - left.number);
  const later = touches.filter(({ number }) => number > since);
  // Only the facts of what is shown are read from the log.
  const told = (later.length > 0 ? later : touches.slice(0, 1)).slice(0, CAUSES);
  const causes = told
    .map(({ number, title }) => ({ facts: log.factsAt(number), title }))
    .map(({ facts, title }) => ({
      at: localDateTime(stampMs(facts.stamp)),
      who: `${facts.officeName} ${facts.personName}`,
      what: `${actionLabel(facts.action)}：${title}`,
    }));
  return { ...difference, causes };
}

function isUpTo(month: string, reported: string): boolean {
  return reported <= month && reported.slice(0, 4) === month.slice(0, 4);
}

type TouchedRecord = { entity: EntityName; id: string; numbers: number[] };

/** Records of a project of these entities, with the numbers of the change sets that touched them. */
function touchedRecords({ store }: Office, projectId: string, entities: ReadonlySet<EntityName>): TouchedRecord[] {
  return [...entities].flatMap((entity) => {
    const { scope } = registry[entity];
    const column = scope.by === "project" && entity !== "project" ? scope.column : "id";
    const rows = store.prepare(`select id, touched_by from ${entity} where ${column} = ?`).all(projectId);
    return (rows as { id: string; touched_by: string }[]).map(({ id, touched_by }) => ({
      entity,
      id,
      numbers: numbersIn(touched_by),
    }));
  });
}

/** Whether anything that figures are made from was touched after `since`; looked up once a project. */
function changedSince(office: Office, since: number): (projectId: string) => boolean {
  const known = new Map<string, boolean>();
  return (projectId) => {
    const found =
      known.get(projectId) ??
      touchedRecords(office, projectId, sourcesOf()).some(({ numbers }) => numbers.some((number) => number > since));
    known.set(projectId, found);
    return found;
  };
}
