/**
 * What each project's permits wait for, in the temporary table `permit_waiting`; the rules are those of
 * domain/permit.ts, a test holds the two together. Nothing in it depends on the day. Triggers note the projects whose
 * permits change, by whatever act, so that after an edit only these are looked at again; what another connection wrote
 * they do not see.
 */
import type { Office } from "#features/office.ts";

/**
 * Brings the table up to date: by project, how many permits are current (`total`), not obtained (`open`) and without
 * all papers (`deficient`), with the first planned day (`first_planned`) and the first day papers are due (`first_due`).
 * A project without permits has no row.
 */
export function refreshWaiting({ store }: Office): void {
  const { sqlite, version } = store;
  for (const statement of temporary) sqlite.exec(statement);
  const isKnown = store.prepare("select version from permit_basis").pluck().get() === version;
  const isChanged = store.prepare("select 1 from permit_changed limit 1").get() !== undefined;
  if (isKnown && !isChanged) return;
  store.snapshot(() => {
    const which = isKnown ? "project_id in (select project_id from permit_changed)" : "true";
    store.prepare(`delete from permit_waiting where ${which}`).run();
    store.prepare(`insert into permit_waiting ${summary(which)}`).run();
    store.prepare("delete from permit_changed").run();
    store.prepare("insert or replace into permit_basis values (1, ?)").run(version);
  });
}

/** One row a project, read from the index permit_by_project alone. */
function summary(which: string): string {
  const lacksPapers = "is_deficient = 1 and deficient_done_on is null";
  return `select project_id, count(*), sum(actual_on is null), min(iif(actual_on is null, planned_on, null)),
      sum(coalesce(${lacksPapers}, 0)), min(iif(${lacksPapers}, deficient_until, null))
    from permit
    where archived_on is null and ${which}
      and id not in (select redo_of from permit where redo_of is not null and archived_on is null)
    group by project_id`;
}

const note = (row: "new" | "old") => `insert or ignore into permit_changed values (${row}.project_id);`;
const temporary = [
  `create temp table if not exists permit_waiting (project_id text primary key, total integer not null,
    open integer not null, first_planned text, deficient integer not null, first_due text) without rowid`,
  "create temp table if not exists permit_changed (project_id text primary key) without rowid",
  "create temp table if not exists permit_basis (id integer primary key, version integer not null)",
  `create temp trigger if not exists permit_added after insert on main.permit begin ${note("new")} end`,
  `create temp trigger if not exists permit_lost after delete on main.permit begin ${note("old")} end`,
  `create temp trigger if not exists permit_updated
    after update of project_id, planned_on, actual_on, is_deficient, deficient_until, deficient_done_on, redo_of,
      archived_on on main.permit
    begin ${note("old")} ${note("new")} end`,
];
