/**
 * Who may write what (sync law 9). A child may write only in its own subtree; review decisions come from the
 * district upward; city-wide records only from the city. One breach refuses the whole bundle.
 */

import type { Statement } from "better-sqlite3";
import { authorityBreach } from "#domain/authority.ts";
import { Failure } from "#domain/failure.ts";
import { type Field, valueProblem } from "#domain/fields.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import {
  type Entity,
  type EntityName,
  entityOf,
  isSubject,
  registry,
  type Scope,
  type SubjectEntity,
} from "#domain/registry.ts";
import type { OfficeLevel } from "#domain/values.ts";
import type { EntityScope, RecordChange } from "#journal/change-set.ts";
import type { IncomingSection, Log } from "#journal/log.ts";
import { SectionError } from "#journal/section/bytes.ts";
import { openPacked } from "#journal/section/pack.ts";
import type { Section } from "#journal/section/section.ts";
import { query, type Store } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import type { OfficeKeys } from "./keys.ts";
import type { Link } from "./links.ts";
import type { Payload } from "./payload.ts";
import { acknowledgedLeft, isWritten, knownSubjects, placesOf } from "./scope.ts";
import { isOwnSeal } from "./seal.ts";

/** What a check let pass. */
export type Checked = {
  /** Sections to take in. */
  sections: IncomingSection[];
  /** Projects that records of the bundle name as theirs, with how many do. */
  owners: Map<string, number>;
  /** Projects and people that they write, or write records of. */
  subjects: Set<string>;
  /** Of these the ones that the peer itself gave to an office. */
  moved: Set<string>;
  /** Sections given back as our own that are not. */
  refused: number;
};

/** Record changes whose sections stay open between the check and the taking in; of more, memory is dearer than time. */
const KEPT_OPEN = 60_000;

type Values = RecordChange["values"];

/**
 * Checks every record of the sections against this office's tables and the bundle itself, before anything is written.
 * Sections that a child gives back are ours when our seal is on them, and left out when not.
 * Throws Failure content_invalid (unreadable, or a value no field allows) or authority_refused (what, and who).
 */
export function checkSections(
  { store, journal }: SyncContext,
  keys: OfficeKeys,
  link: Link,
  payload: Payload,
  fileName: string,
): Checked {
  const authority = new Authority(store, journal.log, link, payload.replica);
  const checked: Checked = {
    sections: [],
    owners: new Map(),
    subjects: new Set(),
    moved: new Set(),
    refused: 0,
  };
  const invalid = (reason: string) => new Failure("content_invalid", { file: fileName, where: "变动内容", reason });
  let sets = 0;
  let records = 0;
  for (const sealed of payload.sections) {
    const { packed, seal } = sealed;
    const section = openSection(packed, invalid);
    sets += section.sets;
    records += section.changes;
    const isGivenBack = link.role === "child" && seal !== null;
    if (isGivenBack && !isOwnSeal(keys, link.peer_id, packed, seal)) {
      checked.refused++;
      continue;
    }
    if (isGivenBack) authority.learnMoves(section);
    checkSection(section, isGivenBack ? null : authority, checked, link, fileName);
    // What we sealed ourselves was a child's to know; from here it is ours again.
    const incoming = { packed, seal: isGivenBack ? null : seal };
    checked.sections.push(records <= KEPT_OPEN ? { ...incoming, opened: section } : incoming);
  }
  if (sets !== payload.sets || records !== payload.records) throw invalid("数目不符");
  const foreign = authority.foreignRecord();
  if (foreign) throw refused(link, `不归其管理的${foreign}`);
  for (const subject of authority.subjects()) checked.subjects.add(subject);
  for (const subject of authority.moved()) checked.moved.add(subject);
  return checked;
}

function openSection(packed: Uint8Array, invalid: (reason: string) => Failure): Section {
  try {
    return openPacked(packed);
  } catch (error) {
    if (error instanceof SectionError) throw invalid("不可读");
    throw error;
  }
}

function checkSection(
  section: Section,
  authority: Authority | null,
  { owners, subjects }: Checked,
  link: Link,
  fileName: string,
): void {
  const scopes = new Map(section.entities.map((entity) => [entity.name, entity]));
  const factsOf = section.facts();
  for (const { entity: name, id, changes } of section.records()) {
    const entity = entityOf(name);
    const column = entity?.scope.by === "project" ? entity.scope.column : undefined;
    for (const { set, values, replaced } of changes) {
      if (entity?.isFrozen && replaced !== null) throw refused(link, `改动已封存的${entity.label}`);
      const owner = column && values[column];
      if (typeof owner === "string") owners.set(owner, (owners.get(owner) ?? 0) + 1);
      if (entity) checkValues(entity, values, fileName);
      const { officeId, stamp } = factsOf(set);
      const scope = entity?.scope ?? scopes.get(name);
      const breach = authority?.breach(name, scope, id, values, officeId);
      if (breach) throw refused(link, breach);
      if (scope) authority?.noteLate(name, scope, id, values, officeId, stamp);
    }
    if (isSubject(name)) subjects.add(id);
  }
}

function refused(link: Link, what: string): Failure {
  return new Failure("authority_refused", { from: link.peer_name, what });
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
  /** Projects and people that the child was ever given, or gave. */
  private readonly given: ReadonlySet<string>;
  /** Those that sections given back under our seal put into the subtree. */
  private readonly givenBack = new Set<string>();
  /** Offices of the projects and people that this bundle itself creates. */
  private readonly created = new Map<string, string>();
  /** Projects and people that the bundle touches, and what of them: looked at once each, at the end. */
  private readonly touched = new Map<string, { table: SubjectEntity; label: string }>();

  /** What the child has acknowledged to have left it, and what of that it wrote to all the same. */
  private readonly left: ReadonlySet<string>;
  private readonly writtenLate = new Set<string>();
  /** What offices below the child moved: for the child it may have come back. */
  private readonly movedBelow = new Set<string>();

  private readonly lookups = new Map<string, Statement | null>();
  /** A record that the bundle gives to an office outside the subtree. */
  private movedAway: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    private readonly link: Link,
    replica: string,
  ) {
    const offices = store.all(query.selectFrom("office").selectAll());
    this.levels = new Map(offices.map((office) => [office.id, office.level]));
    this.subtree = link.role === "child" ? subtreeIds(offices, link.peer_id) : null;
    this.given = new Set(knownSubjects(store, link).keys());
    this.left = link.role === "child" ? acknowledgedLeft(store, link, replica) : new Set();
  }

  /** Projects and people that the bundle gives to an office. */
  moved(): Iterable<string> {
    return this.created.keys();
  }

  /** What the bundle touches of projects and people. */
  subjects(): Iterable<string> {
    return this.touched.keys();
  }

  /** Our own work that the child gives back tells which projects and people we had given it. */
  learnMoves(section: Section): void {
    for (const { entity, id, changes } of section.records()) {
      if (!isSubject(entity)) continue;
      const isHere = ({ values }: RecordChange) => this.subtree?.has(String(values.office_id)) === true;
      if (changes.some(isHere)) this.givenBack.add(id);
    }
  }

  /**
   * What is wrong with one record's part of a set, in words; null when it is allowed. Notes what it creates. The scope
   * of an entity of a newer program is the one that its section names.
   */
  breach(
    entity: string,
    scope: Scope | EntityScope | undefined,
    id: string,
    values: Values,
    officeId: string,
  ): string | null {
    // Offices that the city adds in this very bundle come first among its records.
    if (entity === "office" && typeof values.level === "string" && !this.levels.has(id)) {
      this.levels.set(id, values.level as OfficeLevel);
    }
    const level = this.levels.get(officeId);
    if (!level) return `未知单位 ${officeId} 的修改`;
    if (this.subtree && !this.subtree.has(officeId)) return "其他单位的修改";
    const known = entityOf(entity);
    const breach = known && authorityBreach(entity as EntityName, values, level);
    if (breach) return `${breach.what}（应由${breach.who}填写）`;
    const label = known?.label ?? entity;
    if (!known && scope?.by === "city" && level !== "city") return label;
    if (this.subtree && scope) this.touch(entity, label, scope, id, values);
    return null;
  }

  /** Notes what the child's own office wrote after it had acknowledged that a project left it. */
  noteLate(
    entity: string,
    scope: Scope | EntityScope,
    id: string,
    values: Values,
    officeId: string,
    stamp: string,
  ): void {
    if (this.left.size === 0 || scope.by === "city") return;
    if (officeId !== this.link.peer_id) {
      if (scope.by !== "project" && typeof values[scope.column] === "string") this.movedBelow.add(id);
      return;
    }
    const subjects = scope.by === "project" ? [this.projectBefore(entity, id), values[scope.column]] : [id];
    for (const subject of subjects) {
      if (typeof subject !== "string" || !this.left.has(subject) || this.writtenLate.has(subject)) continue;
      if (!isWritten(this.store, this.log, entity, id, stamp)) this.writtenLate.add(subject);
    }
  }

  /** Notes the project or person that a record belongs to, before and after this change. */
  private touch(entity: string, label: string, scope: Scope | EntityScope, id: string, values: Values): void {
    if (scope.by === "city") return;
    const owner = values[scope.column];
    if (scope.by === "project") {
      const before = this.projectBefore(entity, id);
      // A record whose project is not known here yet is kept, and counted as missing its parent.
      for (const project of [before, owner]) {
        if (typeof project === "string" && !this.touched.has(project))
          this.touched.set(project, { table: "project", label });
      }
      return;
    }
    if (isSubject(entity)) {
      if (!this.touched.has(id)) this.touched.set(id, { table: entity, label });
      if (typeof owner === "string" && !this.created.has(id)) this.created.set(id, owner);
    }
    if (typeof owner === "string" && !this.subtree?.has(owner)) this.movedAway ??= label;
  }

  /** The project that a record has in this ledger; undefined for a new one. */
  private projectBefore(entity: string, id: string): unknown {
    if (!entityOf(entity)) {
      return this.store.prepare("select owner from unknown_record where entity = ? and id = ?").pluck().get(entity, id);
    }
    const known = this.lookups.get(entity);
    const lookup = known === undefined ? this.projectLookup(entity) : known;
    return lookup?.get(id);
  }

  /** Prepared once, as it is asked for every record; null for an empty table, as in the first import of an office. */
  private projectLookup(entity: string): Statement | null {
    const { sqlite } = this.store;
    const isEmpty = sqlite.prepare(`select 1 from ${entity} limit 1`).get() === undefined;
    const lookup = isEmpty ? null : sqlite.prepare(`select project_id from ${entity} where id = ?`).pluck();
    this.lookups.set(entity, lookup);
    return lookup;
  }

  /** Label of a record that is not the peer's to change, and the name of its project or person; null when all are. Ask when all sections have been seen. */
  foreignRecord(): string | null {
    if (!this.subtree || this.movedAway) return this.movedAway;
    for (const [id, { table, label }] of this.touched) {
      if (this.isOwn(table, id)) continue;
      const titled = this.store.prepare(`select ${registry[table].title} from ${table} where id = ?`).pluck();
      const name = titled.get(id) as string | undefined;
      return name === undefined ? label : `${label}（${name}）`;
    }
    return null;
  }

  /**
   * True when a project or person belongs to the child's subtree, or once did: an edit by somebody who had not heard
   * of the move may come at any time, from streets over their district later still. Not by the child's own office
   * once it has acknowledged the move.
   */
  private isOwn(table: SubjectEntity, id: string): boolean {
    const { subtree, store, log } = this;
    if (!subtree || this.givenBack.has(id)) return true;
    const select = store.prepare(`select office_id from ${table} where id = ?`).pluck();
    const officeId = (select.get(id) as string | null | undefined) ?? this.created.get(id);
    if (officeId === undefined || subtree.has(officeId)) return true;
    if (this.writtenLate.has(id) && !this.movedBelow.has(id)) return false;
    // People are made known to a child for the sake of its projects, too.
    if (table === "project" && this.given.has(id)) return true;
    // After a restore this office may not remember what it had given.
    return placesOf(store, log, table, id).some((place) => subtree.has(place.officeId));
  }
}
