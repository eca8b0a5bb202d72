/** Stamps of a section: of its change sets, and of writes elsewhere that they replaced. */
import type { SetFacts } from "#journal/change-set.ts";
import { COUNTER_LIMIT, formatStamp, TIME_LIMIT } from "#journal/stamp.ts";
import { type ByteReader, readPlaces, readVarints, SectionError, unzigzag } from "./bytes.ts";
import type { SectionHead } from "./head.ts";

/** Stamps of the change sets; their texts are made when they are asked for. */
export class SetStamps {
  /** Whether parts of one change set have come apart, into several of one stamp. */
  readonly areApart: boolean;

  constructor(
    private readonly origins: SectionHead["origins"],
    readonly originOf: Uint32Array,
    readonly ms: Float64Array,
    private readonly counters: Uint32Array,
  ) {
    // Nearly always the clocks alone are different already.
    const clocks = new Set(ms.map((time, set) => (time % 2 ** 37) * COUNTER_LIMIT + (counters[set] as number)));
    const count = ms.length;
    this.areApart = clocks.size < count && new Set(Array.from(ms, (_, set) => this.at(set))).size < count;
  }

  at(set: number): string {
    const clock = { ms: this.ms[set] as number, counter: this.counters[set] as number };
    return formatStamp(clock, this.replicaOf(set));
  }

  areSame(one: number, other: number): boolean {
    return (
      this.ms[one] === this.ms[other] &&
      this.counters[one] === this.counters[other] &&
      this.replicaOf(one) === this.replicaOf(other)
    );
  }

  private replicaOf(set: number): string {
    return this.origins[this.originOf[set] as number]?.[0] ?? "";
  }
}

/** Throws SectionError. */
export function readSets(reader: ByteReader, { sets, origins }: SectionHead): SetStamps {
  const originOf = readPlaces(reader.block(), sets);
  if (originOf.some((origin) => origin >= origins.length)) throw new SectionError("origin out of range");
  const { ms, counters } = readClocks(reader, sets);
  return new SetStamps(origins, originOf, ms, counters);
}

/** Stamps of writes that are in none of the section's sets. Throws SectionError. */
export function readExternal(reader: ByteReader, { stamps, replicas }: SectionHead): string[] {
  const { ms, counters } = readClocks(reader, stamps);
  const replicaOf = readPlaces(reader.block(), stamps);
  return Array.from(ms, (time, index) => {
    const replica = replicas[replicaOf[index] as number];
    if (replica === undefined) throw new SectionError("replica out of range");
    return formatStamp({ ms: time, counter: counters[index] as number }, replica);
  });
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
