/**
 * What a child needs to know (sync law 8): city-wide records, and only its projects and people; a project that comes
 * into its scope brings its whole history, one that leaves is sent up to the change that moved it.
 */
import { sql } from "kysely";
import type { Scope } from "#domain/entity.ts";
import { ancestorsOf, subtreeIds } from "#domain/office-tree.ts";
import { entityNames, entityOf, registry, type SubjectEntity } from "#domain/registry.ts";
import { type ChangedRecord, replacedIn } from "#journal/change-set.ts";
import type { Log } from "#journal/log.ts";
import { numbersIn } from "#journal/touched.ts";
import { query, type Store } from "#store/store.ts";
import type { Link } from "./links.ts";

/** Projects and people whose records are read together. */
export const SUBJECTS_AT_ONCE = 40;

/** The project a record belongs to; the id itself for a project; null when unknown. */
export function projectOf(store: Store, entity: string, id: string): string | null {
  if (entity === "project") return id;
  const scope = entityOf(entity)?.scope;
  if (scope?.by !== "project") return null;
  return (store.prepare(`select ${scope.column} from ${entity} where id = ?`).pluck().get(id) as string | null) ?? null;
}

export type ChildScope = {
  /** Projects, people and closed months that the child needs to know now. */
  current: Set<string>;
  /** Of these the ones whose history it does not have: all of it is owed. */
  incoming: string[];
  /** Projects that have left, as long as it has not acknowledged that; for each whether all of its history is owed. */
  leaving: Map<string, { isWhole: boolean }>;
  /** Whether a change of the record may go along that has this number in the log. */
  admits(record: ChangedRecord, number: number): boolean;
  /** Reads in portions whom all records of the subjects belong to: worth it before `admits` is asked about many. */
  readOwners(): Generator<void, void>;
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
  const line = [...subtree, ...ancestorsOf(offices, link.peer_id).map((office) => office.id)];
  const current = new Set([...projects, ...peopleFor(store, line, projects), ...statementsOf(store, line)]);
  const known = knownSubjects(store, link);
  const incoming = [...current].filter((subject) => {
    const row = known.get(subject);
    return row === undefined || row.left_number !== null || !isAcked(row.number, link.acked_number);
  });
  const leaving: ChildScope["leaving"] = new Map();
  for (const [subject, { number, left_number }] of known) {
    if (current.has(subject) || isAcked(left_number, link.acked_number)) continue;
    leaving.set(subject, { isWhole: !isAcked(number, link.acked_number) });
  }
  const departures = new Map<string, number>();
  const departureOf = (project: string) => {
    const found = departures.get(project) ?? departure(store, log, project, subtree);
    departures.set(project, found);
    return found;
  };
  const owners = new Owners(store, [...current, ...leaving.keys()]);
  return {
    current,
    incoming,
    leaving,
    readOwners: () => owners.readAll(),
    admits: (record, number) => {
      const { by, owner } = owners.of(record.entity, record.id);
      if (by === "city") return true;
      if (by === "office") return current.has(record.id);
      if (owner === null) return false;
      if (current.has(owner)) return true;
      if (!leaving.has(owner)) return false;
      const until = departureOf(owner);
      return number <= until || (until > 0 && isMove(record));
    },
  };
}

type KnownSubject = { number: number | null; left_number: number | null };

/** The projects and people that a child knows of, each with the bundles that told it so. */
export function knownSubjects(store: Store, link: Link): Map<string, KnownSubject> {
  const rows = store.all(query.selectFrom("link_subject").selectAll().where("peer_id", "=", link.peer_id));
  return new Map(rows.map(({ subject_id, number, left_number }) => [subject_id, { number, left_number }]));
}

export function isAcked(number: number | null, acked: number): boolean {
  return number !== null && number <= acked;
}

/** All moves of a project go to those who had it, so that they show what we show of where it is. */
function isMove({ entity, values }: ChangedRecord): boolean {
  return entity === "project" && Object.hasOwn(values, "office_id");
}

/** Finds whom records belong to. */
class Owners {
  /** By entity, of those that have a project among the subjects; empty until all are read. */
  private readonly known = new Map<string, Map<string, string>>();

  /** `subjects`: no others need be found. */
  constructor(
    private readonly store: Store,
    private readonly subjects: readonly string[],
  ) {}

  /** How a record finds its owner, and for one of a project which project that is. */
  of(entity: string, id: string): { by: Scope["by"]; owner: string | null } {
    const scope = entityOf(entity)?.scope;
    if (scope) return { by: scope.by, owner: this.projectOf(entity, id) };
    // An entity of a newer program: its own section said whom its records belong to.
    const unknown = this.store.first(
      query
        .selectFrom("unknown_record")
        .select(["scope_by", "owner"])
        .where("entity", "=", entity)
        .where("id", "=", id),
    );
    if (!unknown) return { by: "project", owner: null };
    return { by: unknown.scope_by, owner: unknown.scope_by === "ownOffice" ? id : unknown.owner };
  }

  *readAll(): Generator<void, void> {
    const { store, known, subjects } = this;
    for (const entity of entityNames) {
      const { scope } = registry[entity];
      if (scope.by !== "project" || entity === "project") continue;
      const { column } = scope;
      const rows = store.prepare(
        `select id, ${column} from ${entity} where ${column} in (select value from json_each(?))`,
      );
      const owners = new Map<string, string>();
      for (let from = 0; from < subjects.length; from += SUBJECTS_AT_ONCE) {
        const json = JSON.stringify(subjects.slice(from, from + SUBJECTS_AT_ONCE));
        for (const [id, owner] of rows.raw().iterate(json) as Iterable<[string, string]>) owners.set(id, owner);
        yield;
      }
      known.set(entity, owners);
    }
  }

  private projectOf(entity: string, id: string): string | null {
    const known = this.known.get(entity);
    return known ? (known.get(id) ?? null) : projectOf(this.store, entity, id);
  }
}

/** People of the given offices, and those who work on the projects. */
function peopleFor(store: Store, officeIds: string[], projects: Set<string>): Set<string> {
  const ofOffices = store.all(query.selectFrom("person").select("id").where("office_id", "in", officeIds));
  const json = JSON.stringify([...projects]);
  const inProjects = sql<string>`(select value from json_each(${json}))`;
  // Each asked alone: a union of both would sort every visit.
  const working = (["assignment", "visit"] as const).flatMap((table) =>
    store.all(query.selectFrom(table).select("person_id").distinct().where("project_id", "in", inProjects)),
  );
  return new Set([...ofOffices.map((person) => person.id), ...working.map((person) => person.person_id)]);
}

/** The months that the given offices have closed. */
function statementsOf(store: Store, officeIds: string[]): string[] {
  const made = store.all(query.selectFrom("month_statement").select("id").where("office_id", "in", officeIds));
  return made.map((statement) => statement.id);
}

/**
 * Number of the change set that moved the project out of the subtree for good. When it never was there in effect, as
 * every move that brought it there counts no longer because of a conflict, of the last of these; 0 when there is none.
 */
function departure(store: Store, log: Log, project: string, subtree: ReadonlySet<string>): number {
  /** Of the moves that no other replaced, by stamp: whether into the subtree. */
  const heads = new Map<string, boolean>();
  const replaced = new Set<string>();
  let [isInside, left, lastIn] = [false, 0, 0];
  for (const move of movesOf(store, log, "project", project)) {
    const isInto = subtree.has(move.officeId);
    if (isInto) lastIn = move.number;
    for (const before of move.replaced) {
      heads.delete(before);
      replaced.add(before);
    }
    if (!replaced.has(move.stamp)) heads.set(move.stamp, isInto);
    const shown = [...heads.keys()].sort().at(-1);
    const wasInside = isInside;
    isInside = shown !== undefined && heads.get(shown) === true;
    if (wasInside && !isInside) left = move.number;
  }
  return left || lastIn;
}

type Move = { officeId: string; number: number; stamp: string; replaced: readonly string[] };

/** The changes that gave a record to an office, in the order of the log. */
export function movesOf(store: Store, log: Log, table: SubjectEntity, id: string): Move[] {
  const touched = store.prepare(`select touched_by from ${table} where id = ?`).pluck().get(id) as string | undefined;
  return log.changesOf(table, id, numbersIn(touched ?? "")).flatMap((change) => {
    const { number, stamp, values } = change;
    const officeId = values.office_id;
    return typeof officeId === "string" ? [{ officeId, number, stamp, replaced: replacedIn(change, "office_id") }] : [];
  });
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

/** Notes what bundle `number` carries: the whole history of what came into scope, and what has left it. */
export function noteSentSubjects(store: Store, link: Link, { current, incoming }: ChildScope, number: number): void {
  const come = store.prepare(
    `insert into link_subject (peer_id, subject_id, number) values (?, ?, ?)
     on conflict (peer_id, subject_id) do update set number = excluded.number, left_number = null
     where number is null or left_number is not null`,
  );
  for (const subject of incoming) come.run(link.peer_id, subject, number);
  store
    .prepare(
      `update link_subject set left_number = ? where peer_id = ? and left_number is null
       and subject_id not in (select value from json_each(?))`,
    )
    .run(number, link.peer_id, JSON.stringify([...current]));
}

/**
 * The child moved these itself, and believes them where it put them. Those that had left it do so anew, or come again:
 * it has not heard of what others made of them since, nor has it all that was written up to the new leaving.
 */
export function noteMovedByChild(store: Store, link: Link, moved: Iterable<string>): void {
  store
    .prepare(
      `update link_subject set left_number = ?, number = null where peer_id = ? and left_number is not null
       and subject_id in (select value from json_each(?))`,
    )
    .run(link.sent_number + 1, link.peer_id, JSON.stringify([...moved]));
}

/**
 * Notes that the child knows of `subjects`. It has all there is of those that came with it; of what was here before
 * it may lack something, as after a restore of this office.
 */
export function noteKnownSubjects(
  store: Store,
  link: Link,
  subjects: ReadonlySet<string>,
  created: ReadonlySet<string>,
): void {
  const note = store.prepare(
    `insert or ignore into link_subject (peer_id, subject_id, number)
     select ?, value ->> 0, value ->> 1 from json_each(?)`,
  );
  const numbered = [...subjects].map((subject) => [subject, created.has(subject) ? 0 : null]);
  note.run(link.peer_id, JSON.stringify(numbered));
}
