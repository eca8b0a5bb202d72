/** Lights of projects in SQL: the twin of projectLight in domain/light.ts; a test holds the two together. */
import { type RawBuilder, sql } from "kysely";
import { monthOf, monthRange } from "#domain/calendar.ts";
import { lightBounds } from "#domain/light.ts";
import type { Light } from "#domain/values.ts";
import { isDoneOn } from "#features/node-rows.ts";
import type { Office } from "#features/office.ts";
import { query, type Store } from "#store/store.ts";

type ProjectLight = { project_id: string; light: Light };

/** The projects among `ids` (a select of project ids) that have a light on `asOf`; the rest have none. */
function lightSource(office: Office, asOf: string, ids: RawBuilder<string>): RawBuilder<ProjectLight> {
  const { redBefore, yellowUntil } = lightBounds(asOf, office.thresholds);
  const month = monthRange(monthOf(asOf));
  const done = isDoneOn(office, asOf);
  return sql<ProjectLight>`select project_id,
    case min(case
      when not ${done} and planned_on < ${redBefore} then 0
      when not ${done} and planned_on <= ${yellowUntil} then 1
      when ${done} and actual_on > planned_on and planned_on between ${month.first} and ${month.last} then 1
      else 2 end)
    when 0 then 'red' when 1 then 'yellow' else 'green' end as light
    from node
    where archived_on is null and planned_on is not null and project_id in (${ids})
    group by project_id`;
}

/** Lights of some projects; absent: none. */
export function lightsOf(office: Office, asOf: string, projectIds: readonly string[]): Map<string, Light> {
  const ids = sql<string>`select value from json_each(${JSON.stringify(projectIds)})`;
  const rows = office.store.all(
    query.selectFrom(sql<ProjectLight>`(${lightSource(office, asOf, ids)})`.as("l")).selectAll(),
  );
  return new Map(rows.map(({ project_id, light }) => [project_id, light]));
}

/** The light of `project` on `asOf` as an expression, for filters, sorts and counts over the whole ledger. */
export function lightExpression(office: Office, asOf: string): RawBuilder<Light> {
  refreshLights(office, asOf);
  return sql<Light>`coalesce((select light from light_of where project_id = project.id), 'none')`;
}

/**
 * Brings the temporary table `light_of` (project_id, light) up to date for the day and thresholds. Triggers note
 * the projects whose nodes change, by whatever act, so that after an edit only these are looked at again; what
 * another connection wrote they do not see.
 */
function refreshLights(office: Office, asOf: string): void {
  const { store } = office;
  for (const statement of temporary) store.sqlite.exec(statement);
  const basis = JSON.stringify([asOf, office.thresholds, store.version]);
  const known = store.sqlite.prepare("select basis from light_basis").pluck().get();
  const changed = store.sqlite.prepare("select 1 from light_changed limit 1").get();
  if (known === basis && !changed) return;
  store.snapshot(() => {
    const ids =
      known === basis ? sql<string>`select project_id from light_changed` : sql<string>`select id from project`;
    execute(store, sql`delete from light_of where ${known !== basis ? sql`true` : sql`project_id in (${ids})`}`);
    execute(store, sql`insert into light_of ${lightSource(office, asOf, ids)}`);
    execute(store, sql`delete from light_changed`);
    execute(store, sql`insert or replace into light_basis values (1, ${basis})`);
  });
}

function execute(store: Store, statement: RawBuilder<unknown>): void {
  const { sql: text, parameters } = statement.compile(query);
  store.prepare(text).run(...parameters);
}

const note = (row: "new" | "old") => `insert or ignore into light_changed values (${row}.project_id);`;
const temporary = [
  "create temp table if not exists light_of (project_id text primary key, light text not null) without rowid",
  "create temp table if not exists light_changed (project_id text primary key) without rowid",
  "create temp table if not exists light_basis (id integer primary key, basis text not null)",
  `create temp trigger if not exists light_of_new_node after insert on main.node begin ${note("new")} end`,
  `create temp trigger if not exists light_of_lost_node after delete on main.node begin ${note("old")} end`,
  `create temp trigger if not exists light_of_changed_node
    after update of project_id, planned_on, actual_on, audit_state, archived_on on main.node
    begin ${note("old")} ${note("new")} end`,
];
