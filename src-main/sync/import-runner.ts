/** Runs the imports of an open office: small bundles at once, large ones in a thread of their own. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ImportProgress, ImportReport } from "#contract/exchange.ts";
import { Failure } from "#domain/failure.ts";
import { ToldProgress } from "#domain/told-progress.ts";
import type { Delivery, SyncContext } from "./context.ts";
import { importBundle } from "./import.ts";
import { type ImportNews, type ImportOrder, ImportSwitch } from "./import-order.ts";
import { readKeys } from "./keys.ts";

/** Bundles up to this size are taken in before a thread would have started (0.1 s). Bytes. */
const SMALL = 64 * 1024;

/** The thread's heap in MB: with little room for what is young, garbage is cleared away before it piles up. */
export const THREAD_HEAP = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 };

/** The thread could not be started at all. */
class NoThread extends Error {}

export class ImportRunner {
  readonly progress = new ToldProgress<ImportProgress>();
  private cancelling: ImportSwitch | null = null;

  /** `program`: path of the built import-worker.js; null: all imports run in the calling thread. */
  constructor(private readonly program: string | null) {}

  /** Imports a bundle as importBundle does; throws also Failure import_cancelled. One at a time. */
  async run(context: SyncContext, file: File, person: string): Promise<ImportReport> {
    if (this.program !== null && file.size + parkedBytes(context) > SMALL) {
      try {
        return await this.runBeside(this.program, context, { bytes: await file.bytes(), fileName: file.name, person });
      } catch (error) {
        if (!(error instanceof NoThread)) throw error;
        console.error(error);
      }
    }
    return importBundle(context, readKeys(context.dataFolder), await file.bytes(), file.name, person);
  }

  /** Gives up the import that runs. False when there is none, or it is too late. */
  cancel(): boolean {
    return this.cancelling?.cancel() ?? false;
  }

  private async runBeside(program: string, context: SyncContext, delivery: Delivery): Promise<ImportReport> {
    const { blobs } = context.store;
    // The first look at the folder of attachments sweeps it: not while the thread writes there.
    void blobs.hashes;
    this.cancelling = new ImportSwitch();
    this.progress.tell({ fileName: delivery.fileName, phase: "check", done: 0, total: 0 });
    try {
      return await this.runInThread(program, orderOf(context, delivery, this.cancelling));
    } finally {
      blobs.forget();
      this.cancelling = null;
      this.progress.tell(null);
    }
  }

  private runInThread(program: string, order: ImportOrder): Promise<ImportReport> {
    const { bytes, fileName } = order.delivery;
    const { buffer } = bytes;
    const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length;
    const transferList = isOwn ? [buffer] : [];
    const worker = new Worker(program, { workerData: order, transferList, resourceLimits: THREAD_HEAP });
    return new Promise((resolve, reject) => {
      let isAtWork = false;
      let end = (code: number) => reject(new Error(`the import ended without a word, code ${code}`));
      worker.on("message", (news: ImportNews) => {
        isAtWork = true;
        if (news.kind === "step") this.progress.tell({ fileName, ...news.step });
        // Answered when the thread has ended: nothing of it is left when the next one writes.
        else end = () => (news.kind === "done" ? resolve(news.report) : reject(failureOf(news)));
      });
      worker.on("error", (cause) => reject(isAtWork ? cause : new NoThread("no thread for the import", { cause })));
      worker.on("exit", (code) => end(code));
    });
  }
}

function orderOf(context: SyncContext, delivery: Delivery, { shared }: ImportSwitch): ImportOrder {
  const { store, journal, dataFolder, officeId, officeName } = context;
  const office = { databasePath: store.path, dataFolder, officeId, officeName, replica: journal.replica };
  return { ...office, nowMs: context.now().getTime(), delivery, switch: shared };
}

function failureOf(news: Exclude<ImportNews, { kind: "step" | "done" }>): Error {
  if (news.kind === "failed") return new Failure(news.code, news.details);
  return Object.assign(new Error(news.message), { code: news.code });
}

/** The size of the bundles that wait for a gap to close, which this one may do. */
function parkedBytes({ store, dataFolder }: SyncContext): number {
  const ids = store.prepare("select id from parked").pluck().all() as string[];
  return ids.reduce(
    (sum, id) => sum + (statSync(join(dataFolder, "parked", id), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
