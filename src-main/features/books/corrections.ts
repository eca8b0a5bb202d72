/**
 * Corrections (更正): where the records now say otherwise of a closed month than its statement, which itself never
 * changes. Measured by the rules that the statement keeps.
 */
import { sql } from "kysely";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { changesBetween, listedIn, sourcesOf } from "#domain/correction.ts";
import { type EntityName, registry } from "#domain/registry.ts";
import type { Correction, ProjectFigures } from "#domain/statement.ts";
import type { Basis } from "#features/figures/basis.ts";
import { changedInPortions } from "#features/figures/changed.ts";
import type { Chosen } from "#features/figures/chosen.ts";
import { figuresOn } from "#features/figures/figures.ts";
import { figuresFor } from "#features/figures/source.ts";
import { recordTitle } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { rowsOf } from "#features/project-facts.ts";
import { Log } from "#journal/log.ts";
import { stampMs } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
import type { Store } from "#store/store.ts";
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
type Difference = Omit<Correction, "causes"> & { since: number };

type Corrections = { corrections: Correction[]; total: number };

/** Where the records now say otherwise than a statement, `most` of them with who and when; in portions. */
export function* correctionsOf(office: Office, statement: Statement, most = SHOWN): Generator<void, Corrections> {
  const different = differences(office, statement);
  yield;
  return yield* shownOf(office, different, most);
}

/** The first of them with their causes; in portions. */
function* shownOf(office: Office, different: readonly Difference[], most = SHOWN): Generator<void, Corrections> {
  const corrections: Correction[] = [];
  for (const each of different.slice(0, most)) {
    corrections.push(withCauses(office, each));
    yield;
  }
  return { corrections, total: different.length };
}

/** Projects looked at without a pause: some ten milliseconds. */
const PORTION = 250;

/**
 * Corrections of the months closed before `month` that came to be known since the statement before it; those that an
 * earlier statement lists are not listed again. Found in portions, `note` is told how many of them are done.
 */
export function* newCorrections(
  office: Office,
  month: string,
  note: (done: number, total: number) => void,
): Generator<void, Corrections> {
  const { store } = office;
  const earlier = statementsOf(store, office.id).filter((statement) => statement.month < month);
  if (earlier.length === 0) return { corrections: [], total: 0 };
  const since = Math.max(...earlier.map(({ number }) => number));
  // A report of this month or a later one changes nothing of those before.
  const wanted = { entities: sourcesOf(), reportsBefore: month };
  const changed = yield* changedInPortions(store, since, new Log(store).end(), wanted);
  const isListed = listedIn(earlier.map(({ totals }) => totals));
  const fresh: Difference[] = [];
  for (const [place, statement] of earlier.entries()) {
    for (let from = 0; from < changed.length; from += PORTION) {
      note(place * changed.length + from, earlier.length * changed.length);
      yield;
      const known = withLines(store, statement, changed.slice(from, from + PORTION));
      const found = differences(office, statement, known);
      fresh.push(...found.filter((each) => !isListed(each)));
    }
  }
  return yield* shownOf(office, fresh);
}

/** What the figures of a closed month were made by. */
export function closedBasis({ month, totals, rules }: Statement): Basis {
  return { month, date: totals.date, rules };
}

/** Those of the projects that the month knew: the others need not be worked out. */
function withLines(store: Store, { month }: Statement, projectIds: readonly string[]): string[] {
  const known = store.prepare(
    "select project_id from statement_line where month = ? and project_id in (select value from json_each(?))",
  );
  return known.pluck().all(month, JSON.stringify(projectIds)) as string[];
}

/** Of the `chosen` projects, by default of all: theirs are worked out where they are asked for. */
function differences({ store }: Office, statement: Statement, chosen: Chosen = null): Difference[] {
  const { id, month, number } = statement;
  const basis = closedBasis(statement);
  // All lines of a statement are walked as they lie; those of some projects are found by them.
  const lines =
    chosen === null
      ? sql`statement_line as line cross join ${figuresOn(store, basis)} as now on now.project_id = line.project_id`
      : sql`${figuresFor(basis, chosen)} as now cross join statement_line as line
          on line.project_id = now.project_id and line.month = ${month}`;
  const columns = Object.values(figureColumns);
  const differs = columns.map((column) => sql`line.${sql.ref(column)} is not now.${sql.ref(column)}`);
  const both = columns.map(
    (column) =>
      sql`line.${sql.ref(column)} as ${sql.ref(`frozen_${column}`)}, now.${sql.ref(column)} as ${sql.ref(`now_${column}`)}`,
  );
  const select = sql<Row>`select line.project_id, coalesce(project.name, '') as project_name,
      coalesce(office.name, '') as office_name, ${sql.join(both)}
    from ${lines} left join project on project.id = line.project_id left join office on office.id = line.managed_by
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
  const touches = touchedRecords(office, projectId, sourcesOf(changes), month)
    .flatMap(({ entity, id, numbers }) => numbers.map((number) => ({ number, entity, id })))
    .sort((left, right) => right.number - left.number);
  const later = touches.filter(({ number }) => number > since);
  // Only the facts of what is shown are read from the log.
  const told = (later.length > 0 ? later : touches.slice(0, 1)).slice(0, CAUSES);
  const causes = told
    .map(({ number, entity, id }) => ({ facts: log.factsAt(number), title: recordTitle(office, entity, id) }))
    .map(({ facts, title }) => ({
      at: localDateTime(stampMs(facts.stamp)),
      who: `${facts.officeName} ${facts.personName}`,
      what: `${actionLabel(facts.action)}：${title}`,
    }));
  return { ...difference, causes };
}

type TouchedRecord = { entity: EntityName; id: string; numbers: number[] };

/**
 * Records of a project of these entities, with the numbers of the change sets that touched them. `upTo`: of the monthly
 * reports only those of its year up to that month.
 */
function touchedRecords(
  { store }: Office,
  projectId: string,
  entities: ReadonlySet<EntityName>,
  upTo?: string,
): TouchedRecord[] {
  return [...entities].flatMap((entity) => {
    const { scope } = registry[entity];
    const column = scope.by === "project" && entity !== "project" ? scope.column : "id";
    const isLimited = entity === "monthly_progress" && upTo !== undefined;
    const months = isLimited ? [`${upTo.slice(0, 4)}-01`, upTo] : [];
    const rows = store
      .prepare(
        `select id, touched_by from ${entity} where ${column} = ? ${isLimited ? "and month between ? and ?" : ""}`,
      )
      .all(projectId, ...months);
    return (rows as { id: string; touched_by: string }[]).map(({ id, touched_by }) => ({
      entity,
      id,
      numbers: numbersIn(touched_by),
    }));
  });
}
