/**
 * Who may write what (sync law 9). A child may write only in its own subtree; review decisions come from the
 * district upward; city-wide records only from the city. One breach refuses the whole bundle.
 */

import { authorityBreach, hangsOnValue } from "#domain/authority.ts";
import type { Entity, Scope } from "#domain/entity.ts";
import { Failure } from "#domain/failure.ts";
import { type Field, valueProblem } from "#domain/fields.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { type EntityName, entityOf, isSubject, registry, type SubjectEntity } from "#domain/registry.ts";
import type { OfficeLevel } from "#domain/values.ts";
import type { EntityScope, RecordChange } from "#journal/change-set.ts";
import type { IncomingSection, Log } from "#journal/log.ts";
import { SectionError } from "#journal/section/bytes.ts";
import type { Column } from "#journal/section/columns.ts";
import { openPacked } from "#journal/section/pack.ts";
import type { Section, SectionGroup } from "#journal/section/section.ts";
import { STAMP_LENGTH } from "#journal/stamp.ts";
import { query, type Store } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import type { OfficeKeys } from "./keys.ts";
import { LateWrites } from "./late-writes.ts";
import type { Link } from "./links.ts";
import type { Payload } from "./payload.ts";
import { knownSubjects, movesOf } from "./scope.ts";
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

type Values = RecordChange["values"];

/** Bytes of sections that are kept open until they are applied; a small PC has room for them beside everything else. */
const KEPT_OPEN = 32 * 1024 * 1024;

/**
 * Checks every record of the sections against this office's tables and the bundle itself, before anything is written.
 * Sections that a child gives back are ours when our seal is on them, and left out when not.
 * Throws Failure content_invalid (unreadable, or a value no field allows) or authority_refused (what, and who).
 */
export function checkSections(
  { store, journal, onProgress }: SyncContext,
  keys: OfficeKeys,
  link: Link,
  payload: Payload,
  fileName: string,
): Checked {
  const late = new LateWrites(store, journal.log, link, payload.replica);
  const authority = new Authority(store, journal.log, link, late);
  const checked: Checked = {
    sections: [],
    owners: new Map(),
    subjects: new Set(),
    moved: new Set(),
    refused: 0,
  };
  const check: Check = { store, link, fileName, checked, frozen: new Map() };
  const invalid = (reason: string) => new Failure("content_invalid", { file: fileName, where: "变动内容", reason });
  let sets = 0;
  let records = 0;
  let bytes = 0;
  for (const sealed of payload.sections) {
    const { packed, seal } = sealed;
    const section = openSection(packed, invalid);
    sets += section.sets;
    records += section.changes;
    bytes += section.bytes;
    const isGivenBack = link.role === "child" && seal !== null;
    if (isGivenBack && !isOwnSeal(keys, link.peer_id, packed, seal)) {
      checked.refused++;
      continue;
    }
    if (isGivenBack) authority.learnMoves(section);
    else late.note(section);
    checkSection(section, isGivenBack ? null : authority, check);
    // What we sealed ourselves was a child's to know; from here it is ours again.
    const incoming = { packed, seal: isGivenBack ? null : seal };
    checked.sections.push(bytes <= KEPT_OPEN ? { ...incoming, opened: section } : incoming);
    onProgress?.({ phase: "check", done: records, total: payload.records });
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

/** What the sections of one bundle are checked with. */
type Check = {
  store: Store;
  link: Link;
  fileName: string;
  checked: Checked;
  /** Stamps that made the frozen records of the bundle so far, by id. */
  frozen: Map<string, string>;
};

/** Column by column where a rule does not hang on single records, which is nearly everywhere. */
function checkSection(section: Section, authority: Authority | null, check: Check): void {
  const { link, fileName, checked } = check;
  for (const { entity: name, field: fieldName, column } of section.valueColumns()) {
    const entity = entityOf(name);
    const field = entity && fieldIn(entity, fieldName);
    // A field of a newer program is kept in the log (law 10).
    if (!field) continue;
    const reason = columnProblem(field, column);
    if (reason)
      throw new Failure("content_invalid", { file: fileName, where: `${entity.label}“${field.label}”`, reason });
    if (entity.scope.by === "project" && entity.scope.column === fieldName) {
      for (const [owner, times] of column.tally()) {
        if (typeof owner === "string") checked.owners.set(owner, (checked.owners.get(owner) ?? 0) + times);
      }
    }
  }
  const groups = section.groups();
  for (const { name, ids } of groups) {
    const entity = entityOf(name);
    if (entity?.isFrozen && changesFrozen(section, name, check)) throw refused(link, `改动已封存的${entity.label}`);
    if (isSubject(name)) for (const id of ids) checked.subjects.add(id);
  }
  const breach = authority?.breach(section, groups);
  if (breach) throw refused(link, breach);
}

/** Whether the section writes to frozen records after they were made, be it by making them again under another stamp. */
function changesFrozen(section: Section, entity: string, { store, frozen }: Check): boolean {
  const stored = store.prepare(`select substr(versions, 1, ${STAMP_LENGTH}) from ${entity} where id = ?`).pluck();
  for (const { id, changes } of section.records(0, entity)) {
    const made = (stored.get(id) as string | undefined) ?? frozen.get(id) ?? changes[0]?.stamp ?? "";
    frozen.set(id, made);
    if (changes.some(({ stamp, replaced }) => replaced !== null || stamp !== made)) return true;
  }
  return false;
}

/** Why a value of the column may not be stored in the field; null when all may. */
function columnProblem(field: Field, { lengths, distinct }: Column): string | null {
  const isShort = field.kind === "text" && lengths !== undefined && lengths.longest <= field.max;
  for (const value of isShort ? lengths.blanks : distinct()) {
    const problem = valueProblem(field, value);
    if (problem) return problem;
  }
  return null;
}

function refused(link: Link, what: string): Failure {
  return new Failure("authority_refused", { from: link.peer_name, what });
}

function fieldIn(entity: Entity, name: string): Field | undefined {
  return Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
}

const unknown = "select id, owner from unknown_record where entity = @entity";

/** The registry's word on a known entity; the section's on one of a newer program. */
function scopeIn(group: SectionGroup): Scope | EntityScope {
  return entityOf(group.name)?.scope ?? group;
}

function isOfOffice(scope: Scope | EntityScope): scope is { by: "office" | "ownOffice"; column: string } {
  return scope.by === "office" || scope.by === "ownOffice";
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

  /** A record that the bundle gives to an office outside the subtree. */
  private movedAway: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    link: Link,
    private readonly late: LateWrites,
  ) {
    const offices = store.all(query.selectFrom("office").selectAll());
    this.levels = new Map(offices.map((office) => [office.id, office.level]));
    this.subtree = link.role === "child" ? subtreeIds(offices, link.peer_id) : null;
    this.given = new Set(knownSubjects(store, link).keys());
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

  /** What is wrong with a section's contents, in words; null when all is allowed. Notes what they touch and create. */
  breach(section: Section, groups: readonly SectionGroup[]): string | null {
    this.learnOffices(section);
    const single = new Set(groups.filter((group) => isOfOffice(scopeIn(group))).map(({ name }) => name));
    const scopes = new Map(groups.map((group) => [group.name, scopeIn(group)]));
    for (const { entity, fields, officeId } of section.authorship()) {
      const hanging = fields.filter((name) => hangsOnValue(entityOf(entity)?.fields[name]));
      if (hanging.length > 0) single.add(entity);
      const byName = fields.filter((name) => !hanging.includes(name)).map((name) => [name, null]);
      const breach = this.breachOf(entity, scopes.get(entity), Object.fromEntries(byName), officeId);
      if (breach) return breach;
    }
    for (const group of groups) {
      const { name, ids } = group;
      const scope = scopeIn(group);
      if (this.subtree && scope.by === "project") this.touchProjects(section, name, scope.column, ids);
      if (!single.has(name)) continue;
      for (const { id, changes } of section.records(0, name)) {
        for (const { set, values } of changes) {
          const breach = this.breachOf(name, scope, values, section.officeAt(set));
          if (breach) return breach;
          if (this.subtree && isOfOffice(scope)) this.touchSubject(name, scope.column, id, values);
        }
      }
    }
    return null;
  }

  /** Offices that the city adds in this very bundle come first among its records. */
  private learnOffices(section: Section): void {
    for (const { id, changes } of section.records(0, "office")) {
      const level = changes.find(({ values }) => typeof values.level === "string")?.values.level;
      if (level !== undefined && !this.levels.has(id)) this.levels.set(id, level as OfficeLevel);
    }
  }

  /** What is wrong with values that an office's people write together. */
  private breachOf(
    entity: string,
    scope: Scope | EntityScope | undefined,
    values: Values,
    officeId: string,
  ): string | null {
    const level = this.levels.get(officeId);
    if (!level) return `未知单位 ${officeId} 的修改`;
    if (this.subtree && !this.subtree.has(officeId)) return "其他单位的修改";
    const known = entityOf(entity);
    const breach = known && authorityBreach(entity as EntityName, values, level);
    if (breach) return `${breach.what}（应由${breach.who}填写）`;
    return !known && scope?.by === "city" && level !== "city" ? entity : null;
  }

  /** Notes a record of an office, which the bundle may make or give away. */
  private touchSubject(entity: string, column: string, id: string, values: Values): void {
    const label = entityOf(entity)?.label ?? entity;
    const owner = values[column];
    if (isSubject(entity)) {
      if (!this.touched.has(id)) this.touched.set(id, { table: entity, label });
      if (typeof owner === "string" && !this.created.has(id)) this.created.set(id, owner);
    }
    if (typeof owner === "string" && !this.subtree?.has(owner)) this.movedAway ??= label;
  }

  /** Notes the projects that records name as theirs, and those that they have in this ledger. */
  private touchProjects(section: Section, entity: string, column: string, ids: readonly string[]): void {
    const label = entityOf(entity)?.label ?? entity;
    const note = (project: unknown) => {
      // A record whose project is not known here yet is kept, and counted as missing its parent.
      if (typeof project === "string" && !this.touched.has(project)) {
        this.touched.set(project, { table: "project", label });
      }
    };
    for (const values of section.valueColumns()) {
      if (values.entity === entity && values.field === column)
        for (const project of values.column.distinct()) note(project);
    }
    const stored = entityOf(entity) ? `select id, ${column} as owner from ${entity}` : unknown;
    const owners = this.store.prepare(
      `select distinct stored.owner from json_each(@ids) as wanted
       cross join (${stored}) as stored on stored.id = wanted.value`,
    );
    for (const owner of owners.pluck().all({ ids: JSON.stringify(ids), entity })) note(owner);
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
    if (this.late.has(id)) return false;
    // People are made known to a child for the sake of its projects, too.
    if (table === "project" && this.given.has(id)) return true;
    // After a restore this office may not remember what it had given.
    return movesOf(store, log, table, id).some((move) => subtree.has(move.officeId));
  }
}
