/** Reading a section. Opening it checks all of its structure, so that nothing read later can be out of range. */
import type { ChangeSet, EntityScope, RecordChange, Replaced, SetFacts } from "#journal/change-set.ts";
import { ByteReader, readPlaces, SectionError } from "./bytes.ts";
import { type Column, type Cursor, readColumn, readTextList, readUuids, type TextList } from "./columns.ts";
import { readHead, type SectionHead } from "./head.ts";
import { factsOf, readExternal, readSets, type SetStamps, type Stamps } from "./stamps.ts";

/**
 * One record's part in the change set with this place in the section. `fields`: those it writes, one array for all
 * changes of the section that write the same ones.
 */
export type SectionChange = RecordChange & {
  set: number;
  stamp: string;
  /** Of the change set, counted from the number that was asked for. */
  number: number;
  fields: readonly string[];
};
export type SectionRecord = { entity: string; id: string; changes: SectionChange[] };

/** An entity, how its records find their owner, and their ids. */
export type SectionGroup = EntityScope & { name: string; ids: readonly string[] };

type Shape = { entity: number; fields: string[]; columns: number[] };

const IDS_AT_ONCE = 1024;

/** Stands where a section let go of ids or values. */
const gone = (): never => {
  throw new Error("the section has let go of this");
};
const released: TextList & Column = {
  count: 0,
  bytes: 0,
  at: gone,
  texts: gone,
  open: gone,
  distinct: gone,
  tally: gone,
};

export class Section {
  private constructor(
    private readonly head: SectionHead,
    private readonly stamps: SetStamps,
    private readonly external: Stamps,
    private readonly ids: TextList[],
    /** Number of changes of every record, in the order of the groups. */
    private readonly counts: Uint32Array,
    private readonly setOf: Uint32Array,
    private readonly shapeOf: Uint32Array,
    private readonly replacedOf: Uint32Array,
    private readonly shapes: readonly Shape[],
    private readonly columns: Column[],
  ) {}

  /** What it takes in memory, about. */
  get bytes(): number {
    const perChange =
      this.counts.byteLength + this.setOf.byteLength + this.shapeOf.byteLength + this.replacedOf.byteLength;
    return (
      perChange +
      this.stamps.bytes +
      this.external.bytes +
      sum([...this.ids, ...this.columns].map(({ bytes }) => bytes))
    );
  }

  /** Number of change sets. */
  get sets(): number {
    return this.head.sets;
  }

  /** Number of record changes. */
  get changes(): number {
    return this.head.changes;
  }

  /** Entities that the section holds, how many records of them, and how these find their owner. */
  get entities(): (EntityScope & { name: string; records: number })[] {
    return this.head.entities.filter((_, group) => this.ids[group] !== released);
  }

  /** Entities of which the section only makes records, and changes none that are there. */
  onlyMade(): string[] {
    const { entities } = this.head;
    const changed = new Set<number>();
    for (let change = 0; change < this.shapeOf.length; change++) {
      if (this.replacedOf[change] !== 0) changed.add(this.shapeAt(change).entity);
    }
    return entities.filter((_, entity) => !changed.has(entity)).map(({ name }) => name);
  }

  /** Lets go of the ids and values of entities that are not asked for any more. */
  release(names: readonly string[]): void {
    const isReleased = (group: number) => names.includes(this.head.entities[group]?.name ?? "");
    for (const group of this.ids.keys()) if (isReleased(group)) this.ids[group] = released;
    for (const [place, [group]] of this.head.columns.entries()) if (isReleased(group)) this.columns[place] = released;
  }

  /** The offices whose people made the change sets. */
  offices(): string[] {
    return [...new Set(this.head.origins.map(([, officeId]) => officeId))];
  }

  /** Entities with the ids of their records, ascending. */
  groups(): SectionGroup[] {
    return this.head.entities.map((entity, group) => ({ ...entity, ids: (this.ids[group] as TextList).texts() }));
  }

  /** The values that the changes write, by entity and field. */
  *valueColumns(): Generator<{ entity: string; field: string; column: Column }> {
    for (const [place, [group, field]] of this.head.columns.entries()) {
      yield { entity: this.head.entities[group]?.name ?? "", field, column: this.columns[place] as Column };
    }
  }

  /** Which fields of which entities the offices' people write together, and whether such changes replace anything. */
  *authorship(): Generator<{ entity: string; fields: readonly string[]; officeId: string; replaces: boolean }> {
    const { origins, entities } = this.head;
    const seen = new Set<number>();
    for (let change = 0; change < this.setOf.length; change++) {
      const origin = this.stamps.originOf[this.setOf[change] as number] as number;
      const replaces = this.replacedOf[change] !== 0;
      const key = ((this.shapeOf[change] as number) * origins.length + origin) * 2 + Number(replaces);
      if (seen.has(key)) continue;
      seen.add(key);
      const { entity, fields } = this.shapeAt(change);
      yield { entity: entities[entity]?.name ?? "", fields, officeId: origins[origin]?.[1] ?? "", replaces };
    }
  }

  /** The office whose person made a change set. */
  officeAt(set: number): string {
    return this.head.origins[this.stamps.originOf[set] as number]?.[1] as string;
  }

  /** Which fields the changes write. */
  writtenFields(): [entity: string, fields: string[]][] {
    return this.shapes.map(({ entity, fields }) => [this.head.entities[entity]?.name ?? "", fields]);
  }

  /** Throws SectionError. */
  static open(bytes: Buffer): Section {
    const reader = new ByteReader(bytes);
    const head = readHead(reader.block());
    const { changes, entities } = head;
    const stamps = readSets(reader, head);
    const external = readExternal(reader, head);
    const ids = entities.map((group) => readIds(reader, group));
    const counts = readPlaces(reader.block(), sum(entities.map(({ records }) => records)));
    if (sum(counts) !== changes) throw new SectionError("changes and counts differ");
    const setOf = readPlaces(reader.block(), changes);
    const shapeOf = readPlaces(reader.block(), changes);
    const replacedOf = readPlaces(reader.block(), changes);
    const columns = head.columns.map(([, , kind, count]) => readColumn(reader, kind, count));
    if (!reader.isAtEnd) throw new SectionError("bytes beyond the end");
    const shapes = shapesOf(head);
    const section = new Section(head, stamps, external, ids, counts, setOf, shapeOf, replacedOf, shapes, columns);
    section.checkChanges();
    return section;
  }

  stampOf(set: number): string {
    return this.stamps.at(set);
  }

  /** Epoch ms of a change set. */
  msOf(set: number): number {
    return this.stamps.ms[set] as number;
  }

  /** Who, where, when and why of every set; holds on to nothing else of the section. */
  facts(): (set: number) => SetFacts {
    return factsOf(this.head.origins, this.stamps);
  }

  /** Only the facts of a section whose structure was checked before. */
  static factsIn(bytes: Buffer): (set: number) => SetFacts {
    const reader = new ByteReader(bytes);
    const head = readHead(reader.block());
    return factsOf(head.origins, readSets(reader, head));
  }

  /**
   * Every record that the section holds with its changes in the order of the log; records by entity and id.
   * `first`: number of the first set. `only`: of this entity.
   */
  *records(first = 0, only?: string): Generator<SectionRecord> {
    const cursors = this.head.columns.map(([group], place) => {
      const isAsked = only === undefined || this.head.entities[group]?.name === only;
      return isAsked && this.ids[group] !== released ? this.columns[place]?.open() : undefined;
    });
    let record = 0;
    let change = 0;
    for (const [group, { name, records }] of this.head.entities.entries()) {
      const isAsked = only === undefined || name === only;
      const ids = this.ids[group] as TextList;
      if (!isAsked || ids === released) {
        for (const end = record + records; record < end; record++) change += this.counts[record] as number;
        continue;
      }
      for (let from = 0; from < records; from += IDS_AT_ONCE) {
        for (const id of ids.texts(from, Math.min(from + IDS_AT_ONCE, records))) {
          const end = change + (this.counts[record++] as number);
          const changes: SectionChange[] = [];
          for (; change < end; change++) changes.push(this.read(change, cursors, first));
          yield { entity: name, id, changes };
        }
      }
    }
  }

  /** The changes of one record; none when it is not in the section. */
  changesOf(entity: string, id: string): SectionChange[] {
    const group = this.head.entities.findIndex(({ name }) => name === entity);
    const place = this.placeOf(group, id);
    if (place === null) return [];
    const record = sum(this.head.entities.slice(0, group).map(({ records }) => records)) + place;
    const start = sum(this.counts.subarray(0, record));
    const end = start + (this.counts[record] as number);
    const cursors = this.columns.map((column) => column.open());
    for (let change = 0; change < start; change++) {
      for (const column of this.shapeAt(change).columns) cursors[column]?.pass();
    }
    return Array.from({ length: end - start }, (_, index) => this.read(start + index, cursors, 0));
  }

  /** Where a record stands in its group, whose ids are ascending; null for nowhere. */
  private placeOf(group: number, id: string): number | null {
    const ids = this.ids[group];
    if (!ids) return null;
    let [from, to] = [0, this.head.entities[group]?.records ?? 0];
    while (from < to) {
      const middle = (from + to) >> 1;
      const found = ids.at(middle);
      if (found === id) return middle;
      if (found < id) from = middle + 1;
      else to = middle;
    }
    return null;
  }

  /** The section as change sets, in the order of the log. */
  toSets(): ChangeSet[] {
    const factsOf = this.facts();
    const sets = Array.from({ length: this.sets }, (_, set): ChangeSet => ({ ...factsOf(set), records: [] }));
    for (const { entity, id, changes } of this.records()) {
      for (const { set, values, replaced } of changes) sets[set]?.records.push({ entity, id, values, replaced });
    }
    return sets;
  }

  private shapeAt(change: number): Shape {
    return this.shapes[this.shapeOf[change] as number] as Shape;
  }

  private read(change: number, cursors: readonly (Cursor | undefined)[], first: number): SectionChange {
    const { fields, columns } = this.shapeAt(change);
    const values: Record<string, ReturnType<Cursor["next"]>> = {};
    for (let index = 0; index < fields.length; index++) {
      values[fields[index] as string] = (cursors[columns[index] as number] as Cursor).next();
    }
    const set = this.setOf[change] as number;
    return { set, stamp: this.stamps.at(set), number: first + set, fields, values, replaced: this.replacedAt(change) };
  }

  private replacedAt(change: number): Replaced {
    const code = this.replacedOf[change] as number;
    if (code === 0) return null;
    const { sets } = this.head;
    if (code <= sets) return this.stamps.at(code - 1);
    const place = code - 1 - sets;
    if (place < this.external.count) return this.external.at(place);
    return this.head.mixed[place - this.external.count] as Replaced;
  }

  private checkChanges(): void {
    const { head, shapes, setOf } = this;
    const perShape = new Uint32Array(shapes.length);
    const replacedLimit = 1 + head.sets + this.external.count + head.mixed.length;
    const { stamps } = this;
    const { areApart } = stamps;
    const stampsOfRecord = new Set<string>();
    let record = 0;
    let change = 0;
    head.entities.forEach(({ records }, entity) => {
      for (const last = record + records; record < last; record++) {
        const count = this.counts[record] as number;
        if (count === 0) throw new SectionError("record without changes");
        stampsOfRecord.clear();
        for (let before = -1, end = change + count; change < end; change++) {
          const set = setOf[change] as number;
          if (set <= before || set >= head.sets) throw new SectionError("change set out of order");
          // Parts of one change set may have come apart; the same record is in one of them only.
          if (areApart && stampsOfRecord.has(stamps.at(set))) {
            throw new SectionError("record twice in a change set");
          }
          if (areApart) stampsOfRecord.add(stamps.at(set));
          before = set;
          const shape = this.shapeOf[change] as number;
          if (shapes[shape]?.entity !== entity) throw new SectionError("shape of another entity");
          perShape[shape] = (perShape[shape] as number) + 1;
          const code = this.replacedOf[change] as number;
          const isItself = code > 0 && code <= head.sets && stamps.areSame(code - 1, set);
          if (code >= replacedLimit || isItself) throw new SectionError("replaced out of range");
        }
      }
    });
    const used = new Array<number>(head.columns.length).fill(0);
    shapes.forEach(({ columns }, shape) => {
      for (const column of columns) used[column] = (used[column] ?? 0) + (perShape[shape] as number);
    });
    if (head.columns.some(([, , , count], column) => used[column] !== count)) throw new SectionError("values missing");
  }
}

function readIds(reader: ByteReader, { ids: kind, records }: SectionHead["entities"][number]): TextList {
  if (kind === "uuid") {
    const ids = readUuids(reader);
    if (ids.count !== records) throw new SectionError("ids and records differ");
    if (!ids.isAscending) throw new SectionError("ids out of order");
    return ids;
  }
  const ids = readTextList(reader, records);
  let last = "";
  for (const id of ids.texts()) {
    if (id === "" || id.length > 80 || id <= last) throw new SectionError("ids out of order");
    last = id;
  }
  return ids;
}

function shapesOf({ shapes, columns, entities }: SectionHead): Shape[] {
  if (new Set(entities.map(({ name }) => name)).size !== entities.length) throw new SectionError("entity named twice");
  const places = new Map(columns.map(([entity, field], place) => [`${entity} ${field}`, place]));
  if (places.size !== columns.length) throw new SectionError("column named twice");
  return shapes.map(([entity, fields]) => {
    if (new Set(fields).size !== fields.length) throw new SectionError("field named twice");
    return {
      entity,
      fields,
      columns: fields.map((field) => {
        const place = places.get(`${entity} ${field}`);
        if (place === undefined) throw new SectionError("column missing");
        return place;
      }),
    };
  });
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
