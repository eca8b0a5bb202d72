/** The histories as a test: in two halves, each in a file of its own, so that two cores share them. */
import { join } from "node:path";
import { beforeAll, test } from "vitest";
import { scratchFolder } from "../scratch.ts";
import { gather, TIMEOUT } from "../settings.ts";
import type { Programs } from "./history.ts";
import { loadProgram } from "./program.ts";
import { runHistory } from "./run.ts";
import { plantTree } from "./tree.ts";

/** Seeds of the second half begin here. */
const HALF = 1_000_000;

export function proveConvergence(half: "first" | "second"): void {
  let programs: Programs;
  const root = scratchFolder();

  beforeAll(async () => {
    programs = { today: await loadProgram("today"), newer: await loadProgram("newer") };
    await plantTree(programs.today, join(root, "tree"));
  }, TIMEOUT);

  const title = `offices that exchanged show the same, and every write is shown or in an open conflict (${half} half)`;
  test(title, { timeout: TIMEOUT }, async () => {
    const amount = { inTest: 150, inSoak: 10_000, skippedSeeds: half === "first" ? 0 : HALF, isRepeatable: true };
    await gather(`convergence histories, ${half} half`, amount, (seed) => runHistory(seed, programs, root));
  });
}
