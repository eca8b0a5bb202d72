/**
 * The books of a past day: the log up to the end of that day, replayed into a database of its own beside the live one.
 * One day at a time is kept; the file goes with the program.
 */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { addDays } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { Office } from "#features/office.ts";
import { appliedTables } from "#journal/apply.ts";
import { replay } from "#journal/rebuild.ts";
import { openStore } from "#store/open.ts";
import type { Store } from "#store/store.ts";

/** Records between two looks at the clock, and milliseconds after which others may work. */
const RECORDS_AT_ONCE = 200;
const MS_AT_ONCE = 30;

/** An office of a past day: every question is answered from that day's tables, and nothing is written. */
class PastOffice extends Office {
  override write(): never {
    throw new Error("the books of a past day are read only");
  }
}

type Kept = {
  date: string;
  upTo: number;
  percent: number;
  isOver: boolean;
  store: Store | null;
  ready: Promise<PastOffice> | null;
};

export class PastBooks {
  private kept: Kept | null = null;

  constructor(private readonly office: Office) {}

  /** How far the making of a day's books is; null when nothing is being made. */
  get making(): { date: string; percent: number } | null {
    const { kept } = this;
    return kept && kept.percent < 100 ? { date: kept.date, percent: kept.percent } : null;
  }

  /** The office as it stood at the end of `date`, made when it is not there yet. */
  async on(date: string): Promise<PastOffice> {
    const upTo = lastNumberOn(this.office.store, date);
    const { kept } = this;
    if (kept?.ready && kept.date === date && kept.upTo === upTo) return kept.ready;
    this.close();
    const made: Kept = { date, upTo, percent: 0, isOver: false, store: null, ready: null };
    this.kept = made;
    made.ready = this.make(made);
    try {
      return await made.ready;
    } catch (error) {
      if (this.kept === made) this.close();
      throw error;
    }
  }

  private async make(kept: Kept): Promise<PastOffice> {
    const { environment, journal, id } = this.office;
    // A file of its own: the former one may still be closing.
    const store = await openStore(join(pastFolder(environment.dataFolder), `${randomUUID()}.db`));
    kept.store = store;
    try {
      await fill(store, this.office, kept);
    } catch (error) {
      store.close();
      throw kept.isOver ? new Failure("past_replaced", { date: kept.date }) : error;
    }
    kept.percent = 100;
    const noon = new Date(`${kept.date}T12:00:00`);
    return new PastOffice(store, journal, id, { ...environment, now: () => noon });
  }

  /** Ends it and removes its file. */
  close(): void {
    const { kept } = this;
    this.kept = null;
    if (kept) {
      kept.isOver = true;
      kept.store?.close();
    }
    removePastFiles(this.office.environment.dataFolder);
  }
}

async function fill(store: Store, { journal: { log } }: Office, kept: Kept): Promise<void> {
  // A file that may be made again at any time needs no care.
  store.sqlite.pragma("journal_mode = MEMORY");
  store.sqlite.pragma("synchronous = OFF");
  const total = log.recordsBetween(0, kept.upTo);
  const restoreIndexes = store.takeIndexes(appliedTables);
  requireWanted(kept);
  store.sqlite.exec("begin");
  let [records, done] = [0, 0];
  let since = performance.now();
  for (const changes of replay(store, log, kept.upTo)) {
    done += changes;
    if (++records % RECORDS_AT_ONCE !== 0 || performance.now() - since < MS_AT_ONCE) continue;
    kept.percent = Math.min(99, Math.floor((done / total) * 100));
    await pause();
    requireWanted(kept);
    since = performance.now();
  }
  store.sqlite.exec("commit");
  restoreIndexes();
}

function requireWanted({ isOver, date }: Kept): void {
  if (isOver) throw new Failure("past_replaced", { date });
}

/** The number of the last change set that was in the log at the end of `date` by this PC's clock; 0 for none. */
function lastNumberOn(store: Store, date: string): number {
  const end = new Date(`${addDays(date, 1)}T00:00:00`).getTime();
  const last = store.prepare("select max(id + sets - 1) from change_log where at_ms < ?").pluck().get(end);
  return (last as number | null) ?? 0;
}

const pastFolder = (dataFolder: string) => join(dataFolder, "past");

/** Also what a program that was killed left behind. */
export function removePastFiles(dataFolder: string): void {
  try {
    rmSync(pastFolder(dataFolder), { recursive: true, force: true });
  } catch {
    // Windows keeps a file that is still being closed; the next time removes it.
  }
}
