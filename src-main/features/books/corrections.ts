/**
 * Corrections (更正): where the records now say otherwise of a closed month than its statement, which itself never
 * changes: of a project's figures, measured by the rules that the statement keeps, its 形象进度, the office that manages
 * it, and whether the ledger lists it. The reason of a light is made from its figures and not compared.
 */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import { actionLabel } from "#domain/actions.ts";
import { localDateTime } from "#domain/calendar.ts";
import { changesBetween, listedIn, sourcesOf } from "#domain/correction.ts";
import { subtreeIds } from "#domain/office-tree.ts";
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
import { figureColumns } from "./figures.ts";
import { type Statement, statementsOf } from "./statements.ts";
import { changedWords, reportOfLine, wordsDiffer } from "./words.ts";

/** So many are worked out with who and when; the total counts all. */
const SHOWN = 100;
/** Changes named for one project. */
const CAUSES = 5;

type Row = Record<string, string | number | null> & {
  project_id: string;
  project_name: string;
  office_name: string;
  was_listed: 0 | 1;
  frozen_by: string | null;
  now_by: string | null;
  now_archived: 0 | 1;
  frozen_image: string | null;
  now_image: string | null;
};

/** A correction whose causes are still to be looked up; `since`: number of the statement in the log. */
type Difference = Omit<Correction, "causes"> & { since: number };

type Corrections = { corrections: Correction[]; total: number };

/** Where the records now say otherwise than a statement, `most` of them with who and when; in portions. */
export function* correctionsOf(office: Office, statement: Statement, most = SHOWN): Generator<void, Corrections> {
  const words = yield* changedWords(office.store, statement);
  const different = differences(office, statement, words);
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
      const found = differencesOf(office, statement, changed.slice(from, from + PORTION));
      fresh.push(...found.filter((each) => !isListed(each)));
    }
  }
  return yield* shownOf(office, fresh);
}

/** What the figures of a closed month were made by. */
export function closedBasis({ month, totals, rules }: Statement): Basis {
  return { month, date: totals.date, rules };
}

/** Of some projects, worked out where they are asked for. */
function differencesOf(office: Office, statement: Statement, chosen: Chosen): Difference[] {
  const figures = figuresFor(closedBasis(statement), chosen);
  return described(office, statement, figures, sql`(${isOther(office, statement)} or ${wordsDiffer})`);
}

/** Of all projects: `words` are those with another 形象进度. Found in narrow rows; only of these more is read. */
function differences(office: Office, statement: Statement, words: readonly string[]): Difference[] {
  const { store } = office;
  const figures = figuresOn(store, closedBasis(statement));
  const found = sql<Pick<Row, "project_id">>`select now.project_id from ${figures} as now
    left join ${lineOf(statement)} where ${isOther(office, statement)}`;
  const ids = [...rowsOf(store, found).map(({ project_id }) => project_id), ...words];
  const chosen = sql`now.project_id in (select value from json_each(${JSON.stringify(ids)}))`;
  return described(office, statement, figures, chosen);
}

/** Joined to the figures as `now`: what the statement says of the project. */
const lineOf = ({ id }: Statement) => sql`statement_line as line indexed by statement_line_by_statement
  on line.statement_id = ${id} and line.project_id = now.project_id`;

const columns = Object.values(figureColumns);

/**
 * Whether the figures as `now` say otherwise than the line. A project without a line is one that was not known then;
 * it counts when its records say something of the month: a node due or overdue, a report.
 */
function isOther({ offices }: Office, { office_id }: Statement): RawBuilder<SqlBool> {
  const compared = [...columns, "managed_by"];
  const differs = compared.map((column) => sql`line.${sql.ref(column)} is not now.${sql.ref(column)}`);
  return sql<SqlBool>`iif(line.project_id is not null, now.is_archived or ${sql.join(differs, sql` or `)},
    not now.is_archived and (now.nodes_due > 0 or now.nodes_overdue > 0 or now.month_planned is not null
      or now.year_completed is not null) and now.managed_by in (${sql.join([...subtreeIds(offices, office_id)])}))`;
}

function described(
  { store, offices }: Office,
  statement: Statement,
  figures: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): Difference[] {
  const { month, number } = statement;
  const both = columns.map(
    (column) =>
      sql`line.${sql.ref(column)} as ${sql.ref(`frozen_${column}`)}, now.${sql.ref(column)} as ${sql.ref(`now_${column}`)}`,
  );
  const select = sql<Row>`select now.project_id, coalesce(project.name, '') as project_name,
      coalesce(office.name, '') as office_name, ${sql.join(both)}, line.project_id is not null as was_listed,
      line.managed_by as frozen_by, now.managed_by as now_by, now.is_archived as now_archived,
      line.image_progress as frozen_image, report.image_progress as now_image
    from ${figures} as now left join ${lineOf(statement)} left join ${reportOfLine}
      left join project on project.id = now.project_id
      left join office on office.id = coalesce(line.managed_by, now.managed_by)
    where ${condition} order by coalesce(line.managed_by, now.managed_by), now.project_id`;
  const names = new Map(offices.map(({ id, name }) => [id, name]));
  return rowsOf(store, select).map((row) => ({
    month,
    projectId: row.project_id,
    projectName: row.project_name,
    officeName: row.office_name,
    changes: changesOf(row, names),
    since: number,
  }));
}

function changesOf(row: Row, names: ReadonlyMap<string, string>): Correction["changes"] {
  if (row.was_listed === 0) return changesBetween({ listing: "absent" }, { listing: "listed" });
  const nameOf = (id: string | null) => id && (names.get(id) ?? id);
  return changesBetween(
    {
      ...figuresIn(row, "frozen"),
      listing: "listed",
      managedBy: nameOf(row.frozen_by),
      imageProgress: row.frozen_image ?? "",
    },
    {
      ...figuresIn(row, "now"),
      listing: row.now_archived ? "archived" : "listed",
      managedBy: nameOf(row.now_by),
      imageProgress: row.now_image ?? "",
    },
  );
}

const figureNames = Object.keys(figureColumns) as (keyof ProjectFigures)[];

function figuresIn(row: Row, prefix: "frozen" | "now"): ProjectFigures {
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
