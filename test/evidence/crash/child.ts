/** Starts the program and ends it in the middle of whatever it does. */
import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { ACKNOWLEDGED, DONE, type Job, READY } from "./job.ts";

export type Ended = {
  /** What it said was done for good. */
  acknowledged: string[];
  isReady: boolean;
  isDone: boolean;
  /** From ready to the end. */
  ms: number;
  errors: string;
};

/**
 * Runs the job. `strike` is called `delayMs` after the program is ready (or after it was started, when `isEarly`),
 * then the program is killed with SIGKILL. Without a delay it runs to its end.
 */
export async function runAndKill(
  program: string,
  job: Job,
  { delayMs, isEarly = false, strike }: { delayMs?: number; isEarly?: boolean; strike?: () => void },
): Promise<Ended> {
  const child = spawn(process.execPath, [program, JSON.stringify(job)], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  let readyAt = 0;
  let saidBefore = Number.POSITIVE_INFINITY;
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (readyAt > 0 || !output.includes(READY)) return;
      readyAt = performance.now();
      resolve();
    });
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  if (delayMs !== undefined) {
    await Promise.race([isEarly ? Promise.resolve() : ready, ended]);
    await Promise.race([wait(delayMs), ended]);
    saidBefore = strike ? output.length : saidBefore;
    strike?.();
    child.kill("SIGKILL");
  }
  await ended;
  // Nothing is said without power; and what was printed half when the program was killed does not count either.
  const said = output.slice(0, saidBefore);
  const lines = said.slice(0, said.lastIndexOf("\n") + 1).split("\n");
  return {
    acknowledged: lines.filter((line) => line.startsWith(ACKNOWLEDGED)).map((line) => line.slice(ACKNOWLEDGED.length)),
    isReady: readyAt > 0,
    isDone: lines.includes(DONE),
    ms: performance.now() - readyAt,
    errors,
  };
}
