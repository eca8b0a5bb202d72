/** Gathers change sets into sections of a size that a small PC reads easily. */
import type { ChangeSet, EntityScope } from "#journal/change-set.ts";
import type { SealedSection } from "#journal/log.ts";
import { packSets } from "#journal/section/pack.ts";

const RECORDS_PER_SECTION = 32_768;
const TEXT_PER_SECTION = 16 * 1024 * 1024;

export class SectionWriter {
  readonly sections: SealedSection[] = [];
  sets = 0;
  records = 0;
  private pending: ChangeSet[] = [];
  private pendingRecords = 0;
  private pendingText = 0;
  private lastBlock = 0;

  /** `cuts`: log positions that no section reaches over. */
  constructor(
    private readonly scopeOf: (entity: string) => EntityScope,
    private readonly cuts: readonly number[],
  ) {}

  /**
   * What follows is of the block that starts at `first`. What was sent before and not acknowledged is sent again in
   * the same sections, byte for byte: the receiver then knows them at a glance.
   */
  startBlock(first: number): void {
    if (this.cuts.some((cut) => this.lastBlock <= cut && first > cut)) this.flush();
    this.lastBlock = first;
  }

  add(set: ChangeSet): void {
    this.pending.push(set);
    this.pendingRecords += set.records.length;
    for (const { values } of set.records) {
      for (const name in values) {
        const value = values[name];
        if (typeof value === "string") this.pendingText += value.length;
      }
    }
    if (this.pendingRecords >= RECORDS_PER_SECTION || this.pendingText >= TEXT_PER_SECTION) this.flush();
  }

  /** A whole section of the log, as it is. */
  addSection(section: SealedSection, sets: number, records: number): void {
    this.flush();
    this.sections.push(section);
    this.sets += sets;
    this.records += records;
  }

  /** Closes the last section. */
  flush(): void {
    if (this.pending.length === 0) return;
    const { packed, changes } = packSets(this.pending, this.scopeOf);
    this.sections.push({ packed, seal: null });
    this.sets += this.pending.length;
    this.records += changes;
    this.pending = [];
    this.pendingRecords = 0;
    this.pendingText = 0;
  }
}
