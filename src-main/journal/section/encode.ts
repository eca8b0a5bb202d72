/** Writing a section: the layout is in src-main/sync/FORMAT.md. */
import type { StoredValue } from "#domain/fields.ts";
import { entityNames } from "#domain/registry.ts";
import type { ChangedRecord, ChangeSet, EntityScope, Replaced } from "#journal/change-set.ts";
import { type ClockState, parseStamp } from "#journal/stamp.ts";
import { ByteWriter, zigzag } from "./bytes.ts";
import { areUuids, writeColumn, writeTexts, writeUuids } from "./columns.ts";
import type { SectionHead } from "./head.ts";

/** Sets and records of one entity, in the order of the section: by id. */
type Group = { name: string; records: { id: string; parts: Part[] }[] };
type Part = { set: number; change: ChangedRecord };

/**
 * Change sets in the order of the log. Parts of one set that came apart are several sets of the same stamp; a record
 * that is in more than one of them is written once. Returns how many record changes were.
 */
export function encodeSection(
  sets: readonly ChangeSet[],
  scopeOf: (entity: string) => EntityScope,
): { bytes: Buffer; changes: number } {
  const groups = groupByRecord(sets);
  const stamps = new StampTable(sets, groups);
  const shapes = new ShapeTable();
  const counts = new ByteWriter();
  const setOf = new ByteWriter();
  const shapeOf = new ByteWriter();
  const replacedOf = new ByteWriter();
  let changes = 0;
  groups.forEach(({ records }, entity) => {
    for (const { parts } of records) {
      counts.varint(parts.length);
      changes += parts.length;
      for (const { set, change } of parts) {
        setOf.varint(set);
        shapeOf.varint(shapes.add(entity, change.values));
        replacedOf.varint(stamps.codeOf(change.replaced));
      }
    }
  });
  const body = new ByteWriter();
  const origins = writeSets(body, sets);
  stamps.writeExternal(body);
  const ids = groups.map((group) => writeIds(body, group));
  for (const column of [counts, setOf, shapeOf, replacedOf]) body.block(column.done());
  const columns = shapes.columns.map(({ entity, field, values }): SectionHead["columns"][number] => [
    entity,
    field,
    writeColumn(body, values),
    values.length,
  ]);
  const head: SectionHead = {
    sets: sets.length,
    changes,
    origins,
    stamps: stamps.external.length,
    replicas: stamps.replicas,
    mixed: stamps.mixed,
    entities: groups.map(({ name, records }, index) => {
      const { by, column } = scopeOf(name);
      return { name, by, column, records: records.length, ids: ids[index] ?? "text" };
    }),
    shapes: shapes.shapes,
    columns,
  };
  const section = new ByteWriter();
  section.block(Buffer.from(JSON.stringify(head)));
  section.raw(body.done());
  return { bytes: section.done(), changes };
}

function groupByRecord(sets: readonly ChangeSet[]): Group[] {
  const byEntity = new Map<string, Map<string, Part[]>>();
  const areApart = new Set(sets.map(({ stamp }) => stamp)).size < sets.length;
  const isThere = (parts: readonly Part[], stamp: string) => parts.some(({ set }) => sets[set]?.stamp === stamp);
  sets.forEach(({ records, stamp }, set) => {
    for (const change of records) {
      const byId = byEntity.get(change.entity) ?? new Map<string, Part[]>();
      byEntity.set(change.entity, byId);
      const parts = byId.get(change.id);
      if (parts && areApart && isThere(parts, stamp)) continue;
      if (parts) parts.push({ set, change });
      else byId.set(change.id, [{ set, change }]);
    }
  });
  const order = (name: string) => {
    const place = (entityNames as readonly string[]).indexOf(name);
    return place < 0 ? entityNames.length : place;
  };
  const names = [...byEntity.keys()].sort((left, right) => order(left) - order(right) || (left < right ? -1 : 1));
  return names.map((name) => {
    const records = [...(byEntity.get(name) ?? [])].map(([id, parts]) => ({ id, parts }));
    return { name, records: records.sort((left, right) => (left.id < right.id ? -1 : 1)) };
  });
}

/** Origin, time and counter of every set; returns the origins. */
function writeSets(body: ByteWriter, sets: readonly ChangeSet[]): SectionHead["origins"] {
  const origins: SectionHead["origins"] = [];
  const places = new Map<string, number>();
  const originOf = new ByteWriter();
  const clock = new ClockColumns();
  for (const { stamp, officeId, officeName, personId, personName, action } of sets) {
    const parsed = parseStamp(stamp);
    const origin: SectionHead["origins"][number] = [parsed.replica, officeId, officeName, personId, personName, action];
    const key = origin.join("\0");
    let place = places.get(key);
    if (place === undefined) {
      place = origins.push(origin) - 1;
      places.set(key, place);
    }
    originOf.varint(place);
    clock.add(parsed);
  }
  body.block(originOf.done());
  clock.write(body);
  return origins;
}

/** Times as differences to the one before, and counters. */
class ClockColumns {
  private readonly times = new ByteWriter();
  private readonly counters = new ByteWriter();
  private last = 0;

  add({ ms, counter }: ClockState): void {
    this.times.varint(zigzag(ms - this.last));
    this.last = ms;
    this.counters.varint(counter);
  }

  write(body: ByteWriter): void {
    body.block(this.times.done());
    body.block(this.counters.done());
  }
}

function writeIds(body: ByteWriter, { records }: Group): "uuid" | "text" {
  const ids = records.map(({ id }) => id);
  if (areUuids(ids)) {
    writeUuids(body, ids);
    return "uuid";
  }
  writeTexts(body, ids);
  return "text";
}

/** What changes replaced, as numbers: nothing, a set of the section, a stamp from outside it, or lists by field. */
class StampTable {
  readonly external: string[];
  readonly replicas: string[] = [];
  readonly mixed: SectionHead["mixed"] = [];
  private readonly places = new Map<string, number>();
  private readonly mixedPlaces = new Map<string, number>();

  constructor(
    private readonly sets: readonly ChangeSet[],
    groups: readonly Group[],
  ) {
    for (const [index, { stamp }] of sets.entries()) this.places.set(stamp, index);
    const external = new Set<string>();
    for (const { records } of groups) {
      for (const { parts } of records) {
        for (const { change } of parts) {
          const { replaced } = change;
          if (typeof replaced === "string" && !this.places.has(replaced)) external.add(replaced);
        }
      }
    }
    this.external = [...external].sort();
    for (const [index, stamp] of this.external.entries()) this.places.set(stamp, sets.length + index);
  }

  codeOf(replaced: Replaced): number {
    if (replaced === null) return 0;
    if (typeof replaced === "string") return 1 + (this.places.get(replaced) as number);
    const key = JSON.stringify(replaced);
    let place = this.mixedPlaces.get(key);
    if (place === undefined) {
      place = this.mixed.push(replaced as SectionHead["mixed"][number]) - 1;
      this.mixedPlaces.set(key, place);
    }
    return 1 + this.sets.length + this.external.length + place;
  }

  writeExternal(body: ByteWriter): void {
    const replicaOf = new ByteWriter();
    const clock = new ClockColumns();
    for (const stamp of this.external) {
      const parsed = parseStamp(stamp);
      clock.add(parsed);
      const known = this.replicas.indexOf(parsed.replica);
      replicaOf.varint(known < 0 ? this.replicas.push(parsed.replica) - 1 : known);
    }
    clock.write(body);
    body.block(replicaOf.done());
  }
}

type ValueColumn = { entity: number; field: string; values: StoredValue[] };

/** Which fields a change writes; their values go to the columns. */
class ShapeTable {
  readonly shapes: SectionHead["shapes"] = [];
  readonly columns: ValueColumn[] = [];
  private readonly places = new Map<string, { shape: number; fields: string[]; columns: ValueColumn[] }>();

  /** Puts the values into their columns; returns the shape. */
  add(entity: number, values: ChangedRecord["values"]): number {
    const fields = Object.keys(values);
    const key = `${entity} ${fields.join(" ")}`;
    let place = this.places.get(key);
    if (!place) {
      const columns = fields.map((field) => this.columnOf(entity, field));
      place = { shape: this.shapes.push([entity, fields]) - 1, fields, columns };
      this.places.set(key, place);
    }
    for (const [index, column] of place.columns.entries()) column.values.push(values[fields[index] as string] ?? null);
    return place.shape;
  }

  private columnOf(entity: number, field: string): ValueColumn {
    const known = this.columns.find((column) => column.entity === entity && column.field === field);
    if (known) return known;
    const column = { entity, field, values: [] };
    this.columns.push(column);
    return column;
  }
}
