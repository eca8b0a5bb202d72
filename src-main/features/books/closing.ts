/** The closing of a month that is under way: how far it is, and giving it up before anything is written. */
import { setImmediate as pause, setTimeout as sleep } from "node:timers/promises";
import type { ClosingProgress } from "#contract/books.ts";
import { Failure } from "#domain/failure.ts";
import { ToldProgress } from "#domain/told-progress.ts";
import { basisOf } from "#features/figures/basis.ts";
import { figuresReady } from "#features/figures/ready.ts";
import type { Office } from "#features/office.ts";
import { closeInPortions } from "./close.ts";

/** Nothing is answered while it writes: so many milliseconds before, its pages are told. */
const TOLD_BEFORE_MS = 50;

class Closing {
  readonly progress = new ToldProgress<ClosingProgress>();
  private isCancelled = false;

  constructor(private readonly office: Office) {}

  /** Closes a month while other calls are answered. Throws as closeInPortions, and Failure closing_cancelled. */
  async run(month: string): Promise<{ statementId: string }> {
    const { office } = this;
    this.isCancelled = false;
    const note = (phase: ClosingProgress["phase"], done: number, total: number) =>
      this.progress.tell({ month, phase, done, total });
    try {
      note("figures", 0, 0);
      await figuresReady(office, basisOf(office, month));
      const closing = closeInPortions(office, month, note);
      for (;;) {
        if (this.isCancelled) throw new Failure("closing_cancelled", { month });
        const { done, value } = closing.next();
        if (done) return value;
        await (this.isWriting ? sleep(TOLD_BEFORE_MS) : pause());
      }
    } finally {
      this.progress.tell(null);
    }
  }

  /** Gives up the closing that runs. False when there is none, or it is too late. */
  cancel(): boolean {
    this.isCancelled = this.progress.current !== null && !this.isWriting;
    return this.isCancelled;
  }

  private get isWriting(): boolean {
    return this.progress.current?.phase === "write";
  }
}

const closings = new WeakMap<Office, Closing>();

/** The closing of an open office. */
export function closingOf(office: Office): Closing {
  const known = closings.get(office);
  if (known) return known;
  const made = new Closing(office);
  closings.set(office, made);
  return made;
}
