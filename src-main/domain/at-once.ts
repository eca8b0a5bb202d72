/** Runs to its end what is written to be done in portions (see features/portions.ts). Returns what it returns. */
export function atOnce<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
