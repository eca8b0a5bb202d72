/** Lights over the whole ledger in SQL, for filters, sorts and counts. */
import { type RawBuilder, sql } from "kysely";
import { type LightDimension, lightDimensions } from "#domain/light-profiles.ts";
import type { LightRules } from "#domain/project-light.ts";
import { keysOf, type Light } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { query, type Store } from "#store/store.ts";
import { rankedDimensions, watchedColumns } from "./light-dimensions.ts";

type ProjectLight = { project_id: string; light: Light };

/** The projects among `ids` (a select of project ids) that have a light on `date` by `rules`; the rest have none. */
export function lightSource(rules: LightRules, date: string, ids: RawBuilder<string>): RawBuilder<ProjectLight> {
  const dimensions = rankedDimensions(rules, date, ids);
  const light = sql`case min(rank) when 0 then 'red' when 1 then 'yellow' else 'green' end as light`;
  if (dimensions.length === 0) return sql`select id as project_id, 'none' as light from project where false`;
  return sql`select project_id, ${light} from (${sql.join(dimensions, sql` union all `)})
    where rank is not null group by project_id`;
}

/** The light of `project` on `asOf` as an expression, for filters, sorts and counts over the whole ledger. */
export function lightExpression(office: Office, asOf: string): RawBuilder<Light> {
  refreshLights(office, asOf);
  return sql<Light>`coalesce((select light from light_of where project_id = project.id), 'none')`;
}

/**
 * Brings the temporary table `light_of` (project_id, light) up to date for the day and rules. Triggers note the
 * projects whose records change, by whatever act, so that after an edit only these are looked at again; what another
 * connection wrote they do not see.
 */
function refreshLights({ store, lightRules }: Office, asOf: string): void {
  for (const statement of temporary(lightRules)) store.sqlite.exec(statement);
  const basis = JSON.stringify([asOf, lightRules, store.version]);
  const known = store.sqlite.prepare("select basis from light_basis").pluck().get();
  const changed = store.sqlite.prepare("select 1 from light_changed limit 1").get();
  if (known === basis && !changed) return;
  store.snapshot(() => {
    const ids =
      known === basis ? sql<string>`select project_id from light_changed` : sql<string>`select id from project`;
    execute(store, sql`delete from light_of where ${known !== basis ? sql`true` : sql`project_id in (${ids})`}`);
    execute(store, sql`insert into light_of ${lightSource(lightRules, asOf, ids)}`);
    execute(store, sql`delete from light_changed`);
    execute(store, sql`insert or replace into light_basis values (1, ${basis})`);
  });
}

function execute(store: Store, statement: RawBuilder<unknown>): void {
  const { sql: text, parameters } = statement.compile(query);
  store.prepare(text).run(...parameters);
}

function temporary({ profiles }: LightRules): string[] {
  const chosen = keysOf(lightDimensions).filter((dimension) => profiles[dimension] !== "none");
  return [
    "create temp table if not exists light_of (project_id text primary key, light text not null) without rowid",
    "create temp table if not exists light_changed (project_id text primary key) without rowid",
    "create temp table if not exists light_basis (id integer primary key, basis text not null)",
    ...chosen.flatMap(triggersOf),
  ];
}

function triggersOf(dimension: LightDimension): string[] {
  return Object.entries(watchedColumns[dimension]).flatMap(([table, columns]) => {
    const key = table === "project" ? "id" : "project_id";
    const note = (row: "new" | "old") => `insert or ignore into light_changed values (${row}.${key});`;
    const named = (event: string) => `create temp trigger if not exists light_${dimension}_${table}_${event}`;
    return [
      `${named("new")} after insert on main.${table} begin ${note("new")} end`,
      `${named("lost")} after delete on main.${table} begin ${note("old")} end`,
      `${named("changed")} after update of ${columns.join(", ")} on main.${table} begin ${note("old")} ${note("new")} end`,
    ];
  });
}
