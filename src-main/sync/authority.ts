/**
 * Who may write what (sync law 9). A child may write only in its own subtree; review decisions come from the
 * district upward; city-wide records only from the city. One breach refuses the whole bundle.
 */

import type { Statement } from "better-sqlite3";
import { authorityBreach } from "#domain/authority.ts";
import { Failure } from "#domain/failure.ts";
import { type Field, valueProblem } from "#domain/fields.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { type Entity, type EntityName, entityOf } from "#domain/registry.ts";
import type { OfficeLevel } from "#domain/values.ts";
import { parseBody, type RecordChange } from "#journal/body.ts";
import type { IncomingSet } from "#journal/journal.ts";
import { query, type Store } from "#store/store.ts";
import type { Link } from "./links.ts";

type Values = RecordChange["values"];

/**
 * Checks every record of the sets against this office's tables and the bundle itself.
 * Returns the projects and people that they write. Throws Failure content_invalid (unreadable, or a value no field
 * allows) or authority_refused (what, and who).
 */
export function checkSets(store: Store, link: Link, sets: readonly IncomingSet[], fileName: string): Set<string> {
  const authority = new Authority(store, link);
  const subjects = new Set<string>();
  const refuse = (what: string) => new Failure("authority_refused", { from: link.peer_name, what });
  for (const set of sets) {
    for (const [entityName, id, body] of set.rows) {
      const change = parseBody(body);
      if (!change) throw new Failure("content_invalid", { file: fileName, where: "变动内容", reason: "不可读" });
      const entity = entityOf(entityName);
      // An entity of a newer program is kept in the log only; it reaches no table here (law 10).
      if (!entity) continue;
      checkValues(entity, change.values, fileName);
      const breach = authority.breach(entityName, entity, id, change.values, set.officeId);
      if (breach) throw refuse(breach);
      if (entityName === "project" || entityName === "person") subjects.add(id);
    }
  }
  const foreign = authority.foreignRecord();
  if (foreign) throw refuse(`不归其管理的${foreign}`);
  return subjects;
}

function checkValues(entity: Entity, values: Values, fileName: string): void {
  for (const name in values) {
    const field = fieldIn(entity, name);
    // A field of a newer program is kept in the log (law 10).
    const reason = field && valueProblem(field, values[name]);
    if (reason)
      throw new Failure("content_invalid", { file: fileName, where: `${entity.label}“${field.label}”`, reason });
  }
}

function fieldIn(entity: Entity, name: string): Field | undefined {
  return Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
}

class Authority {
  private readonly levels: Map<string, OfficeLevel>;
  /** Offices the peer answers for; null for the parent, which may relay anybody's work. */
  private readonly subtree: Set<string> | null;
  private readonly given: Set<string>;
  /** Offices of the projects and people that this bundle itself creates. */
  private readonly created = new Map<string, string>();
  /** Projects and people that the bundle touches, and what of them: looked at once each, at the end. */
  private readonly touched = new Map<string, { table: "project" | "person"; label: string }>();

  private readonly lookups = new Map<string, Statement | null>();
  /** A record that the bundle gives to an office outside the subtree. */
  private movedAway: string | null = null;

  constructor(
    private readonly store: Store,
    link: Link,
  ) {
    const offices = store.all(query.selectFrom("office").selectAll());
    this.levels = new Map(offices.map((office) => [office.id, office.level]));
    this.subtree = link.role === "child" ? subtreeIds(offices, link.peer_id) : null;
    this.given = new Set(
      store
        .all(query.selectFrom("link_subject").select("subject_id").where("peer_id", "=", link.peer_id))
        .map((subject) => subject.subject_id),
    );
  }

  /** What is wrong with one record's part of a set, in words; null when it is allowed. Notes what it creates. */
  breach(entityName: string, entity: Entity, id: string, values: Values, officeId: string): string | null {
    // Offices that the city adds in this very bundle count for the sets that follow.
    if (entityName === "office" && typeof values.level === "string" && !this.levels.has(id)) {
      this.levels.set(id, values.level as OfficeLevel);
    }
    const level = this.levels.get(officeId);
    if (!level) return `未知单位 ${officeId} 的修改`;
    if (this.subtree && !this.subtree.has(officeId)) return "其他单位的修改";
    const breach = authorityBreach(entityName as EntityName, values, level);
    if (breach) return `${breach.what}（应由${breach.who}填写）`;
    if (this.subtree) this.touch(entityName, entity, id, values);
    return null;
  }

  /** Notes the project or person that a record belongs to, before and after this change. */
  private touch(entityName: string, { scope, label }: Entity, id: string, values: Values): void {
    if (scope.by === "city") return;
    const owner = values[scope.column];
    if (scope.by === "project") {
      const before = this.projectBefore(entityName, id);
      // A record whose project is not known here yet is kept, and counted as missing its parent.
      for (const project of [before, owner]) {
        if (typeof project === "string" && !this.touched.has(project))
          this.touched.set(project, { table: "project", label });
      }
      return;
    }
    if (!this.touched.has(id)) this.touched.set(id, { table: entityName as "project" | "person", label });
    if (typeof owner !== "string") return;
    if (!this.created.has(id)) this.created.set(id, owner);
    if (!this.subtree?.has(owner)) this.movedAway ??= label;
  }

  /** The project that a record has in this ledger; undefined for a new one. */
  private projectBefore(entityName: string, id: string): unknown {
    const known = this.lookups.get(entityName);
    const lookup = known === undefined ? this.projectLookup(entityName) : known;
    return lookup?.get(id);
  }

  /** Prepared once, as it is asked for every record; null for an empty table, as in the first import of an office. */
  private projectLookup(entityName: string): Statement | null {
    const { sqlite } = this.store;
    const isEmpty = sqlite.prepare(`select 1 from ${entityName} limit 1`).get() === undefined;
    const lookup = isEmpty ? null : sqlite.prepare(`select project_id from ${entityName} where id = ?`).pluck();
    this.lookups.set(entityName, lookup);
    return lookup;
  }

  /** Label of a record that is not the peer's to change; null when all are. Ask when all sets have been seen. */
  foreignRecord(): string | null {
    if (!this.subtree || this.movedAway) return this.movedAway;
    for (const [id, { table, label }] of this.touched) if (!this.isOwn(table, id)) return label;
    return null;
  }

  /** True when a project or person belongs, or belonged when the child was given it, to the child's subtree. */
  private isOwn(table: "project" | "person", id: string): boolean {
    const select = this.store.prepare(`select office_id from ${table} where id = ?`).pluck();
    const officeId = (select.get(id) as string | null | undefined) ?? this.created.get(id);
    return officeId === undefined || this.subtree?.has(officeId) === true || this.given.has(id);
  }
}
