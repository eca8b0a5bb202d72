/** Gathers change sets into sections of a size that a small PC reads easily. */
import type { ChangeSet, EntityScope } from "#journal/change-set.ts";
import { encodeSection } from "#journal/section/encode.ts";
import { packSection } from "#journal/section/pack.ts";

const RECORDS_PER_SECTION = 32_768;
const TEXT_PER_SECTION = 16 * 1024 * 1024;

export class SectionWriter {
  readonly sections: Uint8Array[] = [];
  sets = 0;
  records = 0;
  private pending: ChangeSet[] = [];
  private pendingRecords = 0;
  private pendingText = 0;

  constructor(private readonly scopeOf: (entity: string) => EntityScope) {}

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
  addPacked(packed: Uint8Array, sets: number, records: number): void {
    this.flush();
    this.sections.push(packed);
    this.sets += sets;
    this.records += records;
  }

  /** Closes the last section. */
  flush(): void {
    if (this.pending.length === 0) return;
    this.sections.push(packSection(encodeSection(this.pending, this.scopeOf)));
    this.sets += this.pending.length;
    this.records += this.pendingRecords;
    this.pending = [];
    this.pendingRecords = 0;
    this.pendingText = 0;
  }
}
