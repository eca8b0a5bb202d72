/** Laws 2 to 8, 10 and 11 under everything that goes wrong between offices, held against a plain model. */
import { join } from "node:path";
import { beforeAll, test } from "vitest";
import type { Programs } from "./convergence/history.ts";
import { loadProgram } from "./convergence/program.ts";
import { runHistory } from "./convergence/run.ts";
import { plantTree } from "./convergence/tree.ts";
import { scratchFolder } from "./scratch.ts";
import { gather, TIMEOUT } from "./settings.ts";

let programs: Programs;
let root: string;

beforeAll(async () => {
  root = scratchFolder();
  programs = { today: await loadProgram("today"), newer: await loadProgram("newer") };
  await plantTree(programs.today, join(root, "tree"));
}, TIMEOUT);

test(
  "offices that exchanged show the same, and every write is shown or in an open conflict",
  async () => {
    await gather("convergence histories", { inTest: 300, inSoak: 20_000 }, (seed) => runHistory(seed, programs, root));
  },
  TIMEOUT,
);
