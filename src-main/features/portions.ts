/** Long work in portions: a generator does it, and yields where others may work in between; at once: domain/at-once.ts. */
import { setImmediate as pause } from "node:timers/promises";

/** Does it while other calls are answered. `onStep` is told what each portion yields; where it throws, the rest is left. */
export async function inTurns<T, Step>(work: Generator<Step, T>, onStep?: (step: Step) => void): Promise<T> {
  try {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      onStep?.(value);
      await pause();
    }
  } finally {
    // What it holds is let go of.
    work.return(undefined as T);
  }
}
