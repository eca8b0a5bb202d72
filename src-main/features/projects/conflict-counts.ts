/** Unsettled conflicts by project: of the project itself and of every record that belongs to it. */
import { type RawBuilder, sql } from "kysely";
import { entityNames, registry } from "#domain/registry.ts";
import { rowsOf } from "#features/project-facts.ts";
import { query, type Store } from "#store/store.ts";

type Counted = { project_id: string; conflicts: number };

/** Entities whose records belong to a project, and the column that says to which. */
const owned = entityNames.flatMap((entity) => {
  const { scope } = registry[entity];
  return scope.by === "project" ? [{ entity, column: scope.column }] : [];
});

/** By project id; a project without conflicts may be missing. */
export function conflictCounts(store: Store, projectIds: readonly string[]): ReadonlyMap<string, number> {
  // From the fewer to the more: after a large import there are thousands of conflicts, but a window shows few projects.
  const counted = countConflicts(store) <= projectIds.length ? byConflict() : byProject(projectIds);
  return new Map(rowsOf(store, counted).map(({ project_id, conflicts }) => [project_id, conflicts]));
}

/** All unsettled conflicts, those that belong to no project among them. */
export function countConflicts(store: Store): number {
  const open = query.selectFrom("field_heads").where("agreed", "=", 0);
  return store.first(open.select(sql<number>`count(*)`.as("count")))?.count ?? 0;
}

function byConflict(): RawBuilder<Counted> {
  const projects = owned.map(
    ({ entity, column }) =>
      sql`when ${sql.lit(entity)} then (select ${sql.ref(column)} from ${sql.table(entity)} where id = row_id)`,
  );
  return sql`select case entity ${sql.join(projects, sql` `)} else row_id end as project_id, count(*) as conflicts
    from field_heads where agreed = 0 group by 1`;
}

function byProject(projectIds: readonly string[]): RawBuilder<Counted> {
  const wanted = sql`(select value from json_each(${JSON.stringify(projectIds)}))`;
  const parts = [{ entity: "project", column: "id" }, ...owned].map(
    ({ entity, column }) => sql`select record.${sql.ref(column)} as project_id
      from ${sql.table(entity)} as record cross join field_heads as heads
      where record.${sql.ref(column)} in ${wanted}
        and heads.entity = ${sql.lit(entity)} and heads.row_id = record.id and heads.agreed = 0`,
  );
  return sql`select project_id, count(*) as conflicts from (${sql.join(parts, sql` union all `)}) group by 1`;
}
