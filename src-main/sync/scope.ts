/**
 * What a child needs to know (sync law 8): city-wide records, and only its projects and people; a project that comes
 * into its scope brings its whole history, one that leaves is sent up to the change that moved it.
 */
import { sql } from "kysely";
import { ancestorsOf, subtreeIds } from "#domain/office-tree.ts";
import { entityNames, entityOf, registry, type Scope } from "#domain/registry.ts";
import type { Log } from "#journal/log.ts";
import { numbersIn } from "#journal/touched.ts";
import { query, type Store } from "#store/store.ts";
import type { Link } from "./links.ts";

/** The project a record belongs to; the id itself for a project; null when unknown. */
export function projectOf(store: Store, entity: string, id: string): string | null {
  if (entity === "project") return id;
  const scope = entityOf(entity)?.scope;
  if (scope?.by !== "project") return null;
  return (store.prepare(`select ${scope.column} from ${entity} where id = ?`).pluck().get(id) as string | null) ?? null;
}

export type ChildScope = {
  /** Projects and people that the child needs to know now. */
  current: Set<string>;
  /** Those whose history it has acknowledged. */
  given: Set<string>;
  /** Whether a change of the record goes along that has this number in the log. */
  admits(record: { entity: string; id: string }, number: number): boolean;
};

export function childScope(store: Store, log: Log, link: Link): ChildScope {
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
    const known = lastMoves.get(project) ?? lastMoveOf(store, log, project);
    lastMoves.set(project, known);
    return known;
  };
  return {
    current,
    given,
    admits: ({ entity, id }, number) => {
      const { by, owner } = ownerOf(store, entity, id);
      if (by === "city") return true;
      if (by === "office") return current.has(id);
      if (owner === null) return false;
      if (current.has(owner)) return true;
      return sent.has(owner) && number <= lastMove(owner);
    },
  };
}

/** How a record finds its owner, and for one of a project which project that is. */
function ownerOf(store: Store, entity: string, id: string): { by: Scope["by"]; owner: string | null } {
  const by = entityOf(entity)?.scope.by;
  if (by) return { by, owner: projectOf(store, entity, id) };
  // An entity of a newer program: its own section said whom its records belong to.
  const unknown = store.first(
    query.selectFrom("unknown_record").select(["scope_by", "owner"]).where("entity", "=", entity).where("id", "=", id),
  );
  if (!unknown) return { by: "project", owner: null };
  return { by: unknown.scope_by, owner: unknown.scope_by === "ownOffice" ? id : unknown.owner };
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

/** Number of the last change set that moved the project to an office. */
function lastMoveOf(store: Store, log: Log, project: string): number {
  const touched = store.prepare("select touched_by from project where id = ?").pluck().get(project) as
    | string
    | undefined;
  const changes = log.changesOf("project", project, numbersIn(touched ?? ""));
  return changes.findLast(({ values }) => Object.hasOwn(values, "office_id"))?.number ?? 0;
}

type TouchedRecord = { entity: string; id: string; touched_by: string };

/** Projects and people, with every record that follows them. */
export function recordsOfSubjects(store: Store, subjects: readonly string[]): TouchedRecord[] {
  if (subjects.length === 0) return [];
  const own = [
    ...entityNames.flatMap((entity) => {
      const { scope } = registry[entity];
      if (scope.by === "project")
        return [`select '${entity}' as entity, id, touched_by from ${entity} where ${scope.column} in`];
      return scope.by === "city" ? [] : [`select '${entity}' as entity, id, touched_by from ${entity} where id in`];
    }),
    "select entity, id, touched_by from unknown_record where owner in",
  ];
  const inSubjects = "(select value from json_each(?))";
  const json = JSON.stringify(subjects);
  return own.flatMap((select) => store.prepare(`${select} ${inSubjects}`).all(json) as TouchedRecord[]);
}

/** Forgets projects that have left the child's scope and whose leaving it has acknowledged. */
export function retireSubjects(store: Store, log: Log, link: Link): void {
  if (link.role === "parent") return;
  const { current, given } = childScope(store, log, link);
  for (const subject of given) {
    if (current.has(subject) || lastMoveOf(store, log, subject) > link.acked_position) continue;
    store.run(query.deleteFrom("link_subject").where("peer_id", "=", link.peer_id).where("subject_id", "=", subject));
  }
}

/** Notes that the history of `subjects` goes out in the export up to `position`. */
export function noteSubjects(store: Store, link: Link, subjects: readonly string[], position: number): void {
  const insert = store.prepare("insert or ignore into link_subject (peer_id, subject_id, position) values (?, ?, ?)");
  for (const subject of subjects) insert.run(link.peer_id, subject, position);
}
