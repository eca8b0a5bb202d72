/**
 * Entry of the thread that imports a large bundle, over a connection of its own, while the core goes on answering
 * from the state before. Built to dist/main/import-worker.js.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { ImportReport } from "#contract/exchange.ts";
import { Failure } from "#domain/failure.ts";
import { Journal } from "#journal/journal.ts";
import { openBeside } from "#store/open.ts";
import type { ImportStep, SyncContext } from "./context.ts";
import { importBundle } from "./import.ts";
import { type ImportNews, type ImportOrder, ImportSwitch } from "./import-order.ts";
import { readKeys } from "./keys.ts";

/** A window need not be told more often. */
const NEWS_EVERY_MS = 100;

const order = workerData as ImportOrder;
const cancelling = new ImportSwitch(order.switch);
let lastStep: ImportStep = { phase: "check", done: 0, total: 0 };
let lastSaid = 0;
/** Record changes taken in of the bundle at hand. */
let merged = 0;

function say(news: ImportNews): void {
  parentPort?.postMessage(news);
}

/** Throws Failure import_cancelled. */
function onProgress(step: ImportStep): void {
  const isCancelled = step.phase === "write" ? !cancelling.commit() : cancelling.isCancelled;
  if (isCancelled) throw new Failure("import_cancelled");
  if (step.phase !== "merge") merged = 0;
  if (step.phase === lastStep.phase && performance.now() - lastSaid < NEWS_EVERY_MS) return;
  lastStep = step;
  lastSaid = performance.now();
  say({ kind: "step", step });
}

function onTakenIn(changes: number): void {
  merged += changes;
  onProgress({ phase: "merge", done: merged, total: Math.max(merged, lastStep.total) });
}

async function run({ databasePath, delivery, nowMs, ...office }: ImportOrder): Promise<ImportReport> {
  const ahead = nowMs - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const store = openBeside(databasePath);
  try {
    const journal = new Journal(store, office.replica, () => now().getTime(), { onTakenIn });
    const context: SyncContext = { ...office, store, journal, now, onProgress };
    const { bytes, fileName, person } = delivery;
    return await importBundle(context, readKeys(office.dataFolder), bytes, fileName, person);
  } finally {
    store.close();
  }
}

function told(error: unknown): ImportNews {
  if (error instanceof Failure) return { kind: "failed", code: error.code, details: error.details };
  console.error(error);
  const { message, code } = error as NodeJS.ErrnoException;
  return { kind: "broke", message, code };
}

say({ kind: "step", step: lastStep });
say(await run(order).then((report): ImportNews => ({ kind: "done", report }), told));
