/** Turns: calls that write are run one after the other, so that they wait while an import has the database. */
export class Turns {
  private last: Promise<unknown> | null = null;

  /** Runs `work` when all that was given before has ended, well or not. */
  take<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = (this.last ?? Promise.resolve()).then(work);
    const ended = mine.then(
      () => {},
      () => {},
    );
    this.last = ended;
    void ended.then(() => {
      if (this.last === ended) this.last = null;
    });
    return mine;
  }

  /** When everything given so far has ended; null when nothing is under way. */
  get idle(): Promise<unknown> | null {
    return this.last;
  }
}
