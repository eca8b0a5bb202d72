/** How far a long work is, told to all who watch it. */

export class ToldProgress<Step> {
  private step: Step | null = null;
  private next = Promise.withResolvers<void>();

  /** Null while nothing is under way. */
  get current(): Step | null {
    return this.step;
  }

  /** A new step; null at the end. */
  tell(step: Step | null): void {
    this.step = step;
    this.next.resolve();
    this.next = Promise.withResolvers();
  }

  /** The step of now, and then again with every news; null ends it. */
  async *watch(): AsyncGenerator<Step | null> {
    for (;;) {
      const { promise: changed } = this.next;
      yield this.step;
      if (this.step === null) return;
      await changed;
    }
  }
}
