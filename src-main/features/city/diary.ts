/** What happens in an invented city, put in order: every record belongs to the month in which somebody wrote it down. */
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import type { Write } from "#journal/journal.ts";

/** One bulk act is kept to what a section of the log takes comfortably. */
const ACT_RECORDS = 10_000;

export class Diary {
  private readonly months = new Map<string, Map<string, Write[]>>();
  private region = "";

  /** `first`: older events are written in that month, when the city's records begin; none may lie after `today`. */
  constructor(
    private readonly first: string,
    private readonly today: string,
  ) {}

  /** From here on it is told of this region: acts are a region's, as its bundles would be. */
  of(region: string): void {
    this.region = region;
  }

  /** Notes that `write` was made on `day`. */
  note(day: string, write: Write): void {
    const month = monthOf(day) < this.first ? this.first : monthOf(day);
    const regions = this.months.get(month) ?? new Map<string, Write[]>();
    this.months.set(month, regions);
    const writes = regions.get(this.region);
    if (writes) writes.push(write);
    else regions.set(this.region, [write]);
  }

  /** The acts from the first month on, each with the day it is made on; every act is handed out once. */
  *acts(): Generator<{ day: string; writes: Write[] }> {
    for (let month = this.first; month <= monthOf(this.today); month = addMonths(month, 1)) {
      const regions = this.months.get(month) ?? new Map<string, Write[]>();
      this.months.delete(month);
      const { last } = monthRange(month);
      const day = last < this.today ? last : this.today;
      for (const writes of regions.values()) {
        for (let from = 0; from < writes.length; from += ACT_RECORDS) {
          yield { day, writes: writes.slice(from, from + ACT_RECORDS) };
        }
      }
    }
  }
}
