/**
 * Who may write what (sync law 9). A child may write only in its own subtree; review decisions come from the
 * district upward; city-wide records only from the city. One breach refuses the whole bundle.
 */
import { Failure } from "#domain/failure.ts";
import { isAtLeast, subtreeIds } from "#domain/office-tree.ts";
import { type Entity, type EntityName, entityOf, fieldOf } from "#domain/registry.ts";
import { mayWriteAuditState } from "#domain/review.ts";
import { type AuditState, type OfficeLevel, officeLevels } from "#domain/values.ts";
import type { IncomingSet } from "#journal/journal.ts";
import { valueProblem } from "#journal/validate.ts";
import { query, type Store } from "#store/store.ts";
import type { Link } from "./links.ts";
import { projectOf } from "./scope.ts";

type Row = IncomingSet["rows"][number];

/**
 * Checks every record of the sets against this office's tables and the bundle itself.
 * Throws Failure content_invalid (a value no field allows) or authority_refused (what, and who).
 */
export function checkSets(store: Store, link: Link, sets: readonly IncomingSet[], fileName: string): void {
  const check = new AuthorityCheck(store, link, sets);
  for (const set of sets) {
    const level = check.levelOf(set.actor.officeId);
    for (const row of set.rows) {
      const entity = entityOf(row.entity);
      // An entity of a newer program is kept in the log only; it reaches no table here (law 10).
      if (!entity) continue;
      checkValues(entity, row, fileName);
      const breach = check.breach(entity, row, level, set.actor.officeId);
      if (breach) throw new Failure("authority_refused", { from: link.peer_name, what: breach });
    }
  }
}

function checkValues(entity: Entity, row: Row, fileName: string): void {
  const entityName = row.entity as EntityName;
  for (const [name, value] of Object.entries(row.change.values)) {
    const reason = valueProblem(entityName, name, value);
    if (reason) {
      const field = fieldOf(entityName, name)?.label ?? name;
      throw new Failure("content_invalid", { file: fileName, where: `${entity.label}“${field}”`, reason });
    }
  }
}

class AuthorityCheck {
  private readonly levels: Map<string, OfficeLevel>;
  /** Offices the peer answers for; null for the parent, which may relay anybody's work. */
  private readonly subtree: Set<string> | null;
  private readonly given: Set<string>;
  /** Offices of projects and projects of records that this bundle itself creates. */
  private readonly created = new Map<string, string>();

  constructor(
    private readonly store: Store,
    link: Link,
    sets: readonly IncomingSet[],
  ) {
    const offices = store.all(query.selectFrom("office").selectAll());
    this.levels = new Map(offices.map((office) => [office.id, office.level]));
    this.subtree = link.role === "child" ? subtreeIds(offices, link.peer_id) : null;
    this.given = new Set(
      store
        .all(query.selectFrom("link_subject").select("subject_id").where("peer_id", "=", link.peer_id))
        .map((subject) => subject.subject_id),
    );
    for (const set of sets) {
      for (const { entity, rowId, change } of set.rows) {
        const owner = ownerColumn(entityOf(entity));
        const value = owner ? change.values[owner] : undefined;
        if (typeof value === "string" && !this.created.has(rowId)) this.created.set(rowId, value);
        // Offices that the city adds in this very bundle count for the sets that follow.
        if (entity === "office" && typeof change.values.level === "string" && !this.levels.has(rowId)) {
          this.levels.set(rowId, change.values.level as OfficeLevel);
        }
      }
    }
  }

  levelOf(officeId: string): OfficeLevel | undefined {
    return this.levels.get(officeId);
  }

  /** What is wrong with one record's part of a set, in words; null when it is allowed. */
  breach(entity: Entity, row: Row, level: OfficeLevel | undefined, officeId: string): string | null {
    if (!level) return `未知单位 ${officeId} 的修改`;
    if (this.subtree && !this.subtree.has(officeId)) return "其他单位的修改";
    if (entity.scope.by === "city" && level !== "city") return `${entity.label}（只能由市级修改）`;
    const field = this.forbiddenField(entity, row, level);
    if (field) return `${entity.label}“${field}”（应由${officeLevels.district}以上填写）`;
    if (this.subtree && !this.inSubtree(entity, row)) return `不归其管理的${entity.label}`;
    return null;
  }

  private forbiddenField(entity: Entity, row: Row, level: OfficeLevel): string | null {
    for (const [name, value] of Object.entries(row.change.values)) {
      const field = entity.fields[name];
      if (field?.writers && !isAtLeast(level, field.writers)) return field.label;
      if (row.entity === "node" && name === "audit_state" && !mayWriteAuditState(value as AuditState, level)) {
        return field?.label ?? name;
      }
    }
    return null;
  }

  private inSubtree(entity: Entity, row: Row): boolean {
    const { subtree, store } = this;
    if (!subtree) return true;
    if (entity.scope.by === "office" || entity.scope.by === "ownOffice") {
      const written = row.change.values[entity.scope.column];
      if (typeof written === "string" && !subtree.has(written)) return false;
      return this.isOwn(row.entity, row.rowId);
    }
    const project = this.created.get(row.rowId) ?? projectOf(store, row.entity, row.rowId);
    // A record whose project is not known here yet: kept, and counted as missing its parent.
    return project === null || this.isOwn("project", project);
  }

  /** True when a project or person belongs, or belonged when the child was given it, to the child's subtree. */
  private isOwn(entity: string, id: string): boolean {
    const known = this.store.prepare(`select office_id from ${entity} where id = ?`).pluck().get(id) as
      | string
      | undefined;
    const officeId = known ?? this.created.get(id);
    return officeId === undefined || this.subtree?.has(officeId) === true || this.given.has(id);
  }
}

function ownerColumn(entity: Entity | undefined): string | null {
  return entity && entity.scope.by !== "city" ? entity.scope.column : null;
}
