/** Looking at a database over a connection of its own, in portions, between which others may write. */
import { openBeside } from "#store/open.ts";
import type { Store } from "#store/store.ts";

/** How much of the log's records was looked at so far. */
export type Looked = { done: number; total: number };

/** Does `look` on one state of the database at `path`, whatever is written meanwhile, and leaves no trace. */
export function* lookedBeside<T>(path: string, look: (store: Store) => Generator<Looked, T>): Generator<Looked, T> {
  const store = openBeside(path);
  try {
    // What is made for comparison takes as much room as the tables.
    store.sqlite.pragma("temp_store = FILE");
    store.sqlite.exec("begin");
    return yield* look(store);
  } finally {
    store.close();
  }
}
