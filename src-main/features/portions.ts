/** Long work in portions: a generator does it, and yields where others may work in between; at once: domain/at-once.ts. */
import { setImmediate as pause } from "node:timers/promises";

/** Does it while other calls are answered. */
export async function inTurns<T>(work: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pause();
  }
}
