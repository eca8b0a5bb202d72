/** Stamps of a section: of its change sets, and of writes elsewhere that they replaced. */
import type { SetFacts } from "#journal/change-set.ts";
import { COUNTER_LIMIT, formatStamp, TIME_LIMIT } from "#journal/stamp.ts";
import { type ByteReader, readPlaces, readVarints, SectionError, unzigzag } from "./bytes.ts";
import type { SectionHead } from "./head.ts";

/** Stamps as numbers; their texts, which take more room than all else, are made when they are asked for. */
export class Stamps {
  constructor(
    readonly ms: Float64Array,
    private readonly counters: Uint32Array,
    private readonly replicaOf: Uint32Array,
    private readonly replicas: readonly string[],
  ) {}

  get count(): number {
    return this.ms.length;
  }

  /** What they take in memory, about. */
  get bytes(): number {
    return this.ms.byteLength + this.counters.byteLength + this.replicaOf.byteLength;
  }

  at(place: number): string {
    const clock = { ms: this.ms[place] as number, counter: this.counters[place] as number };
    return formatStamp(clock, this.replicaAt(place));
  }

  /** Whether each is of a later reading than the one before, as of one office; then no two are the same. */
  protected get areInOrder(): boolean {
    const isBehind = (place: number) => {
      const since = (this.ms[place] as number) - (this.ms[place - 1] as number);
      return since < 0 || (since === 0 && (this.counters[place] as number) <= (this.counters[place - 1] as number));
    };
    return !this.ms.some((_, place) => place > 0 && isBehind(place));
  }

  areSame(one: number, other: number): boolean {
    return (
      this.ms[one] === this.ms[other] &&
      this.counters[one] === this.counters[other] &&
      this.replicaAt(one) === this.replicaAt(other)
    );
  }

  private replicaAt(place: number): string {
    return this.replicas[this.replicaOf[place] as number] ?? "";
  }
}

/** Stamps of the change sets. */
export class SetStamps extends Stamps {
  constructor(
    ms: Float64Array,
    counters: Uint32Array,
    readonly originOf: Uint32Array,
    origins: SectionHead["origins"],
  ) {
    super(
      ms,
      counters,
      originOf,
      origins.map(([replica]) => replica),
    );
  }

  /** Whether parts of one change set have come apart, into several of one stamp. */
  get areApart(): boolean {
    return !this.areInOrder && new Set(Array.from(this.ms, (_, set) => this.at(set))).size < this.count;
  }
}

/** Throws SectionError. */
export function readSets(reader: ByteReader, { sets, origins }: SectionHead): SetStamps {
  const originOf = readPlaces(reader.block(), sets);
  if (originOf.some((origin) => origin >= origins.length)) throw new SectionError("origin out of range");
  const { ms, counters } = readClocks(reader, sets);
  return new SetStamps(ms, counters, originOf, origins);
}

/** Stamps of writes that are in none of the section's sets. Throws SectionError. */
export function readExternal(reader: ByteReader, { stamps, replicas }: SectionHead): Stamps {
  const { ms, counters } = readClocks(reader, stamps);
  const replicaOf = readPlaces(reader.block(), stamps);
  if (replicaOf.some((replica) => replica >= replicas.length)) throw new SectionError("replica out of range");
  return new Stamps(ms, counters, replicaOf, replicas);
}

/** Who, where, when and why of every set. */
export function factsOf(origins: SectionHead["origins"], stamps: SetStamps): (set: number) => SetFacts {
  return (set) => {
    const origin = origins[stamps.originOf[set] as number] as SectionHead["origins"][number];
    const [, officeId, officeName, personId, personName, action] = origin;
    return { stamp: stamps.at(set), officeId, officeName, personId, personName, action };
  };
}

function readClocks(reader: ByteReader, count: number): { ms: Float64Array; counters: Uint32Array } {
  const ms = readVarints(reader.block(), count);
  const counters = readPlaces(reader.block(), count);
  let time = 0;
  for (let index = 0; index < count; index++) {
    time += unzigzag(ms[index] as number);
    if (time < 0 || time >= TIME_LIMIT || (counters[index] as number) >= COUNTER_LIMIT) {
      throw new SectionError("stamp out of range");
    }
    ms[index] = time;
  }
  return { ms, counters };
}
