/**
 * How much evidence to gather: small in `npm test`, large in `npm run test:soak`. The one place that reads the
 * environment:
 *
 *   EVIDENCE=soak        the large numbers instead of the small ones
 *   EVIDENCE_SCALE=0.01  a part of them
 *   EVIDENCE_MINUTES=30  stop each harness after so long, keeping count of what was done
 *   SEED=7               the first seed; a history or mutation is repeated by its own seed alone
 *   EVIDENCE_FROM=1200   skip so many of the seeds (how a run that was stopped goes on)
 *   EVIDENCE_SHARD=1/2   only every second seed, beginning with this one: two programs share the work
 *   EVIDENCE_WITHOUT=clone,restore   leave kinds of steps out of the histories, to see what a failure hangs on
 *   STORY=1              tell the whole story of a history that fails
 *   EVIDENCE_OUT=DIR     where each harness leaves its counts for the report
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { env } = process;

export const isSoak = env.EVIDENCE === "soak";
const scale = Number(env.EVIDENCE_SCALE ?? 1);
const firstSeed = Number(env.SEED ?? 1);
const from = Number(env.EVIDENCE_FROM ?? 0);
const minutes = Number(env.EVIDENCE_MINUTES ?? Number.POSITIVE_INFINITY);
const [shard = 1, shards = 1] = (env.EVIDENCE_SHARD ?? "1/1").split("/").map(Number);
export const without = new Set((env.EVIDENCE_WITHOUT ?? "").split(","));
export const tellsStory = env.STORY === "1";
/** No test of a soak may be stopped by the clock of the test runner. */
export const TIMEOUT = isSoak ? 48 * 3_600_000 : 300_000;

export type Amount = { inTest: number; inSoak: number };
type Tally = Record<string, number>;

/**
 * Runs `work` once per seed, `amount` times in all, prints the seeds and how far it is, and leaves the counts for
 * the report. `work` throws when the evidence fails; its error must name the seed.
 */
export async function gather(name: string, amount: Amount, work: (seed: number) => Promise<Tally>): Promise<number> {
  const wanted = Math.max(1, Math.ceil((isSoak ? amount.inSoak : amount.inTest) * scale));
  const started = performance.now();
  const tally: Tally = {};
  const failures: string[] = [];
  let done = 0;
  let next = from;
  let printed = started;
  const seconds = () => Math.round((performance.now() - started) / 1000);
  for (; next < wanted && seconds() < minutes * 60; next++) {
    if (next % shards !== shard - 1) continue;
    try {
      for (const [key, count] of Object.entries(await work(firstSeed + next))) tally[key] = (tally[key] ?? 0) + count;
    } catch (error) {
      failures.push(`seed ${firstSeed + next}: ${error instanceof Error ? error.message : String(error)}`);
      if (failures.length >= (isSoak ? 50 : 3)) break;
    }
    done++;
    if (performance.now() - printed < 30_000) continue;
    printed = performance.now();
    console.log(`${name}: ${next + 1} of ${wanted}, ${failures.length} failed, ${seconds()} s`);
  }
  const seeds = `${firstSeed + from}–${firstSeed + next - 1}`;
  console.log(`${name}: ${done} runs, seeds ${seeds}, ${seconds()} s ${JSON.stringify(tally)}`);
  report(name, { wanted, done, seeds, next, seconds: seconds(), failures, tally });
  if (failures.length > 0) throw new Error(`${name}: ${failures.length} of ${done} failed\n\n${failures.join("\n\n")}`);
  return done;
}

/** What one harness found, for soak.ts to put into its report. */
export function report(name: string, result: Record<string, unknown>): void {
  const folder = env.EVIDENCE_OUT;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = `${name.replaceAll(/[^\w]+/g, "-")}.${shard}.json`;
  writeFileSync(join(folder, file), JSON.stringify({ name, ...result }));
}
