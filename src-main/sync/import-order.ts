/** What the thread of an import and the one that ordered it say to each other. */
import type { ImportReport } from "#contract/exchange.ts";
import type { FailureCode, FailureDetails } from "#domain/failure.ts";
import type { Delivery, ImportStep } from "./context.ts";

export type ImportOrder = {
  /** The open database; keys and parked bundles lie in the folder. */
  databasePath: string;
  dataFolder: string;
  officeId: string;
  officeName: string;
  replica: string;
  /** The time by this office's clock. */
  nowMs: number;
  delivery: Delivery;
  switch: SharedArrayBuffer;
};

export type ImportNews =
  | { kind: "step"; step: ImportStep }
  | { kind: "done"; report: ImportReport }
  | { kind: "failed"; code: FailureCode; details: FailureDetails }
  /** Not a Failure: what the system threw. */
  | { kind: "broke"; message: string; code: string | undefined };

const RUNNING = 0;
const CANCELLED = 1;
const COMMITTING = 2;

/** Shared by both threads: an import is either cancelled or committed, whichever comes first. */
export class ImportSwitch {
  private readonly state: Int32Array<SharedArrayBuffer>;

  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.state = new Int32Array(shared);
  }

  /** False when it is too late: the import commits, or has. */
  cancel(): boolean {
    return Atomics.compareExchange(this.state, 0, RUNNING, CANCELLED) !== COMMITTING;
  }

  /** From now on it is too late to cancel. False when it was cancelled before. */
  commit(): boolean {
    return Atomics.compareExchange(this.state, 0, RUNNING, COMMITTING) !== CANCELLED;
  }

  get isCancelled(): boolean {
    return Atomics.load(this.state, 0) === CANCELLED;
  }
}
