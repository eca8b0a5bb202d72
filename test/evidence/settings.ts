/**
 * How much evidence to gather: small in `npm test`, large in `npm run test:soak`. The one place that reads the
 * environment:
 *
 *   EVIDENCE=soak         the large numbers instead of the small ones
 *   EVIDENCE_SCALE=0.01   a part of them
 *   EVIDENCE_MINUTES=30   stop each harness after so long, keeping count of what was done
 *   EVIDENCE_OUT=DIR      where each harness leaves its counts, for the report and for going on later
 *   EVIDENCE_RESUME=1     go on where the counts in that folder end
 *   EVIDENCE_COMMIT=1a2b  the commit that is tried, for the report
 *   EVIDENCE_WITHOUT=clone,restore   leave kinds of steps out of the histories, to see what a failure hangs on
 *   SEED=7                the first seed; with EVIDENCE_SCALE=0 only this one is run
 *   STORY=1               tell the whole story of a history that fails
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { env } = process;

export const isSoak = env.EVIDENCE === "soak";
export const without = new Set((env.EVIDENCE_WITHOUT ?? "").split(","));
export const tellsStory = env.STORY === "1";
const scale = Number(env.EVIDENCE_SCALE ?? 1);
const seedFromOutside = Number(env.SEED ?? 1);
const commit = env.EVIDENCE_COMMIT ?? "this one";
const minutes = Number(env.EVIDENCE_MINUTES ?? Number.POSITIVE_INFINITY);
/** No test of a soak may be stopped by the clock of the test runner. */
export const TIMEOUT = isSoak ? 200 * 3_600_000 : 600_000;
const FAILURES_AT_MOST = isSoak ? 50 : 3;
const PRINT_MS = 30_000;

/**
 * How many runs, and which of the seeds belong to another harness of the same kind. `isRepeatable`: at one commit a
 * seed always gives the same run.
 */
type Amount = { inTest: number; inSoak: number; skippedSeeds?: number; isRepeatable?: boolean };
type Tally = Record<string, number>;
/** What a harness has found so far, over all runs of a soak. */
export type Result = {
  name: string;
  /** The commits whose code was tried. */
  commits: string[];
  wanted: number;
  done: number;
  seeds: string;
  seconds: number;
  failures: string[];
  /** What failed at an earlier commit of the soak and passes now. */
  mended: string[];
  tally: Tally;
  notRun?: string;
};

/**
 * Runs `work` once per seed and prints the seeds and how far it is. `work` throws when the evidence fails; it returns
 * counts of what happened. Fails with every failing seed in the end.
 */
export async function gather(name: string, amount: Amount, work: (seed: number) => Promise<Tally>): Promise<void> {
  const wanted = Math.max(1, Math.round((isSoak ? amount.inSoak : amount.inTest) * scale));
  const first = seedFromOutside + (amount.skippedSeeds ?? 0);
  const result: Result = resumed(name) ?? { ...nothingYet(name), wanted };
  const before = result.seconds;
  const started = performance.now();
  let printed = started;
  const isOfNewCommit = !result.commits.includes(commit);
  if (isOfNewCommit) result.commits.push(commit);
  if (isOfNewCommit && amount.isRepeatable) await tryAgain(result, work);
  const ranSeconds = () => (performance.now() - started) / 1000;
  const keep = () => {
    result.seconds = Math.round(before + ranSeconds());
    result.seeds = `${first}–${first + result.done - 1}`;
    report(result);
  };
  while (result.done < wanted && ranSeconds() < minutes * 60 && result.failures.length < FAILURES_AT_MOST) {
    const seed = first + result.done;
    try {
      for (const [key, count] of Object.entries(await work(seed))) result.tally[key] = (result.tally[key] ?? 0) + count;
    } catch (error) {
      result.failures.push(failureOf(seed, error));
    }
    result.done++;
    if (performance.now() - printed < PRINT_MS) continue;
    printed = performance.now();
    keep();
    console.log(`${name}: ${result.done} of ${wanted}, ${result.failures.length} failed, ${result.seconds} s`);
  }
  keep();
  const { done, seeds, seconds, tally, failures } = result;
  console.log(`${name}: ${done} of ${wanted}, seeds ${seeds}, ${seconds} s ${JSON.stringify(tally)}`);
  if (failures.length > 0) throw new Error(`${name}: ${failures.length} of ${done} failed\n\n${failures.join("\n\n")}`);
}

/** Seeds that failed at another commit are tried again at this one. */
async function tryAgain(result: Result, work: (seed: number) => Promise<Tally>): Promise<void> {
  for (const failure of result.failures.splice(0)) {
    const seed = Number(/^seed (\d+):/.exec(failure)?.[1]);
    try {
      await work(seed);
      result.mended.push(`${failure.split("\n")[0]}; passes at ${commit}`);
    } catch (error) {
      result.failures.push(failureOf(seed, error));
    }
  }
}

function failureOf(seed: number, error: unknown): string {
  return `seed ${seed}: ${error instanceof Error ? error.message : String(error)}`;
}

/** Leaves what a harness found for soak.ts. */
function report(result: Result): void {
  const path = resultPath(result.name);
  if (path) writeFileSync(path, JSON.stringify(result, null, 1));
}

/** Says that a harness cannot run on this machine, in the output and in the report. */
export function reportNotRun(name: string, reason: string): void {
  console.warn(`${name}: NOT RUN, ${reason}`);
  report({ ...nothingYet(name), notRun: reason });
}

/** Leaves the counts of a harness that tries everything there is, in every run. */
export function reportAll(name: string, tally: Tally, started: number): void {
  const done = Object.values(tally).reduce((sum, count) => sum + count, 0);
  const seconds = Math.round((performance.now() - started) / 1000);
  report({ ...nothingYet(name), commits: [commit], wanted: done, done, seconds, tally });
}

function nothingYet(name: string): Result {
  return { name, commits: [], wanted: 0, done: 0, seeds: "", seconds: 0, failures: [], mended: [], tally: {} };
}

function resumed(name: string): Result | null {
  const path = resultPath(name);
  if (!path || env.EVIDENCE_RESUME !== "1" || !existsSync(path)) return null;
  return { ...nothingYet(name), ...(JSON.parse(readFileSync(path, "utf8")) as Partial<Result>) };
}

function resultPath(name: string): string | null {
  const folder = env.EVIDENCE_OUT;
  if (!folder) return null;
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name.replaceAll(/\W+/g, "-")}.json`);
}
