/** What happens in an invented city, put in order: every record belongs to the month in which somebody wrote it down. */
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import type { Write } from "#journal/journal.ts";

/** One bulk act is kept to what a section of the log takes comfortably. */
const ACT_RECORDS = 20_000;

export class Diary {
  private readonly months = new Map<string, Write[]>();

  /** `first`: older events are written in that month, when the city's records begin; none may lie after `today`. */
  constructor(
    private readonly first: string,
    private readonly today: string,
  ) {}

  /** Notes that `write` was made on `day`. */
  note(day: string, write: Write): void {
    const month = monthOf(day) < this.first ? this.first : monthOf(day);
    const writes = this.months.get(month);
    if (writes) writes.push(write);
    else this.months.set(month, [write]);
  }

  /** The acts from the first month on, each with the day it is made on; every act is handed out once. */
  *acts(): Generator<{ day: string; writes: Write[] }> {
    for (let month = this.first; month <= monthOf(this.today); month = addMonths(month, 1)) {
      const writes = this.months.get(month) ?? [];
      this.months.delete(month);
      const { last } = monthRange(month);
      const day = last < this.today ? last : this.today;
      for (let from = 0; from < writes.length; from += ACT_RECORDS) {
        yield { day, writes: writes.slice(from, from + ACT_RECORDS) };
      }
    }
  }
}
