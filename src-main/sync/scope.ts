/**
 * What goes into a bundle (sync laws 6 and 8). Upward: everything of this office and of those below it.
 * Downward: city-wide records, and only the projects and people the child needs to know; a project that comes
 * into its scope brings its whole history, one that leaves is sent up to the change that moved it.
 */
import { sql } from "kysely";
import { ancestorsOf, subtreeIds } from "#domain/office-tree.ts";
import { type EntityName, entityOf, registry } from "#domain/registry.ts";
import { decodeBody } from "#journal/body.ts";
import { query, type Store } from "#store/store.ts";
import type { Link } from "./links.ts";

export type LogRow = { id: number; setId: number; entity: string; rowId: string; body: string };

/** Records of this office's log for the link: all since `link.acked_position`, up to and including `end`. */
export function outgoingRows(store: Store, link: Link, end: number): { rows: LogRow[]; newSubjects: string[] } {
  if (link.role === "parent") return { rows: newRows(store, link, end), newSubjects: [] };
  const scope = childScope(store, link);
  const rows = new Map<number, LogRow>();
  for (const row of newRows(store, link, end)) if (scope.admits(row)) rows.set(row.id, row);
  const newSubjects = [...scope.current].filter((subject) => !scope.given.has(subject));
  for (const row of historyOfSubjects(store, link, newSubjects, end)) rows.set(row.id, row);
  return { rows: [...rows.values()].sort((left, right) => left.id - right.id), newSubjects };
}

/** How many records `outgoingRows` would give. Upward nothing is left out, so that counting is enough. */
export function countOutgoing(store: Store, link: Link, end: number): number {
  if (link.role === "child") return outgoingRows(store, link, end).rows.length;
  return store
    .prepare("select count(*) from change_row where id > ? and id <= ? and (via is null or via != ?)")
    .pluck()
    .get(link.acked_position, end, link.peer_id) as number;
}

/** The project a record belongs to; the id itself for a project; null when unknown. */
export function projectOf(store: Store, entity: string, rowId: string): string | null {
  if (entity === "project") return rowId;
  const column = entityOf(entity)?.scope;
  if (column?.by !== "project") return null;
  return (
    (store.prepare(`select ${column.column} from ${entity} where id = ?`).pluck().get(rowId) as string | null) ?? null
  );
}

const columns = ["id", "set_id as setId", "entity", "row_id as rowId", "body"] as const;

function newRows(store: Store, link: Link, end: number): LogRow[] {
  return store.all(
    query
      .selectFrom("change_row")
      .select(columns)
      .where("id", ">", link.acked_position)
      .where("id", "<=", end)
      .where((eb) => eb.or([eb("via", "is", null), eb("via", "!=", link.peer_id)]))
      .orderBy("id"),
  );
}

type ChildScope = {
  /** Projects and people that the child needs to know now. */
  current: Set<string>;
  /** Those whose history it has acknowledged. */
  given: Set<string>;
  admits(row: LogRow): boolean;
};

function childScope(store: Store, link: Link): ChildScope {
  const offices = store.all(query.selectFrom("office").selectAll());
  const subtree = subtreeIds(offices, link.peer_id);
  const projects = new Set(
    store
      .all(
        query
          .selectFrom("project")
          .select("id")
          .where("office_id", "in", [...subtree]),
      )
      .map((project) => project.id),
  );
  const people = peopleFor(
    store,
    [...subtree, ...ancestorsOf(offices, link.peer_id).map((office) => office.id)],
    projects,
  );
  const current = new Set([...projects, ...people]);
  const subjects = store.all(query.selectFrom("link_subject").selectAll().where("peer_id", "=", link.peer_id));
  const sent = new Set(subjects.map((subject) => subject.subject_id));
  const given = new Set(
    subjects.filter((subject) => subject.position <= link.acked_position).map((subject) => subject.subject_id),
  );
  const lastMoves = new Map<string, number>();
  const lastMove = (project: string) => {
    const known = lastMoves.get(project) ?? lastMoveOf(store, project);
    lastMoves.set(project, known);
    return known;
  };
  return {
    current,
    given,
    admits: (row) => {
      const by = entityOf(row.entity)?.scope.by;
      // An entity of a newer program: its scope is unknown here, so only the city-wide line may carry it on.
      if (by === undefined) return false;
      if (by === "city") return true;
      if (by === "office") return current.has(row.rowId);
      const project = projectOf(store, row.entity, row.rowId);
      if (project === null) return false;
      if (current.has(project)) return true;
      return sent.has(project) && row.id <= lastMove(project);
    },
  };
}

/** People of the given offices, and those who work on the projects. */
function peopleFor(store: Store, officeIds: string[], projects: Set<string>): Set<string> {
  const ofOffices = store.all(query.selectFrom("person").select("id").where("office_id", "in", officeIds));
  const json = JSON.stringify([...projects]);
  const inProjects = sql<string>`(select value from json_each(${json}))`;
  const working = store.all(
    query
      .selectFrom("assignment")
      .select("person_id")
      .where("project_id", "in", inProjects)
      .union(query.selectFrom("visit").select("person_id").where("project_id", "in", inProjects)),
  );
  return new Set([...ofOffices.map((person) => person.id), ...working.map((person) => person.person_id)]);
}

/** Log position of the last change of a project's office. */
function lastMoveOf(store: Store, project: string): number {
  const rows = store.all(
    query.selectFrom("change_row").select(columns).where("row_id", "=", project).orderBy("id", "desc"),
  );
  return rows.find((row) => Object.hasOwn(decodeBody(row.body).values, "office_id"))?.id ?? 0;
}

function historyOfSubjects(store: Store, link: Link, subjects: string[], end: number): LogRow[] {
  if (subjects.length === 0) return [];
  const json = JSON.stringify(subjects);
  const inSubjects = sql<string>`(select value from json_each(${json}))`;
  const dependents = (Object.keys(registry) as EntityName[])
    .filter((entity) => registry[entity].scope.by === "project")
    .map((entity) => sql`union all select id from ${sql.table(entity)} where project_id in ${inSubjects}`);
  const records = sql<string>`(select value from json_each(${json}) ${sql.join(dependents, sql` `)})`;
  return store.all(
    query
      .selectFrom("change_row")
      .select(columns)
      .where("row_id", "in", records)
      .where("id", "<=", end)
      .where((eb) => eb.or([eb("via", "is", null), eb("via", "!=", link.peer_id)])),
  );
}

/** Forgets projects that have left the child's scope and whose leaving it has acknowledged. */
export function retireSubjects(store: Store, link: Link): void {
  if (link.role === "parent") return;
  const { current, given } = childScope(store, link);
  for (const subject of given) {
    if (current.has(subject) || lastMoveOf(store, subject) > link.acked_position) continue;
    store.run(query.deleteFrom("link_subject").where("peer_id", "=", link.peer_id).where("subject_id", "=", subject));
  }
}

/** Notes that the history of `subjects` goes out in the export up to `position`. */
export function noteSubjects(store: Store, link: Link, subjects: readonly string[], position: number): void {
  const insert = store.prepare("insert or ignore into link_subject (peer_id, subject_id, position) values (?, ?, ?)");
  for (const subject of subjects) insert.run(link.peer_id, subject, position);
}
