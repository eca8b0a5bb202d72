/**
 * Projects of a closed month of which the report now says another 形象进度 than the line. Comparing every text takes too
 * long for a screen, so that what was found is kept, and only what the log touched since is compared again.
 */
import { sql } from "kysely";
import { changedRecords } from "#features/figures/changed.ts";
import { rowsOf } from "#features/project-facts.ts";
import { Log } from "#journal/log.ts";
import type { Store } from "#store/store.ts";
import type { Statement } from "./statements.ts";

/** Lines compared without a pause: some ten milliseconds. */
const PORTION = 1000;

/** Joined to a statement_line as `line`: the report that it was made from. */
export const reportOfLine = sql`monthly_progress as report on report.project_id = line.project_id
  and report.month = line.month and report.archived_on is null`;

/** Whether that report says otherwise. */
export const wordsDiffer = sql`coalesce(line.image_progress, '') <> coalesce(report.image_progress, '')`;

/** `number`: where the log ended before they were compared. */
type Kept = { number: number; projectIds: readonly string[] };

const kept = new WeakMap<Store, Map<string, Kept>>();

/** Ids of the projects; compared in portions, the first time and after the many changes of an import. */
export function* changedWords(store: Store, { id, month }: Statement): Generator<void, readonly string[]> {
  const ofStore = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, ofStore);
  for (;;) {
    const number = new Log(store).end();
    const known = ofStore.get(id);
    const touched = known && touchedReports(store, month, known.number, number);
    if (!known || !touched) {
      ofStore.set(id, { number, projectIds: yield* comparedInPortions(store, id) });
      // Somebody may have written meanwhile.
      continue;
    }
    const projectIds = touched.length > 0 ? otherWords(store, id, [...known.projectIds, ...touched]) : known.projectIds;
    ofStore.set(id, { number, projectIds });
    return projectIds;
  }
}

/** Projects whose report of the month was touched; null where that may be any. */
function touchedReports(store: Store, month: string, after: number, upTo: number): string[] | null {
  const reports = changedRecords(store, "monthly_progress", after, upTo);
  const ofMonth = store.prepare(
    "select project_id from monthly_progress where id in (select value from json_each(?)) and month = ?",
  );
  return reports && (ofMonth.pluck().all(JSON.stringify(reports), month) as string[]);
}

function* comparedInPortions(store: Store, statementId: string): Generator<void, string[]> {
  const lines = store.prepare("select project_id from statement_line where statement_id = ? order by project_id");
  const all = lines.pluck().all(statementId) as string[];
  const found: string[] = [];
  for (let from = 0; from < all.length; from += PORTION) {
    yield;
    found.push(...otherWords(store, statementId, all.slice(from, from + PORTION)));
  }
  return found;
}

function otherWords(store: Store, statementId: string, projectIds: readonly string[]): string[] {
  const select = sql<{
    project_id: string;
  }>`select line.project_id from statement_line as line left join ${reportOfLine}
    where line.statement_id = ${statementId} and ${wordsDiffer}
      and line.project_id in (select value from json_each(${JSON.stringify(projectIds)}))`;
  return rowsOf(store, select).map(({ project_id }) => project_id);
}
