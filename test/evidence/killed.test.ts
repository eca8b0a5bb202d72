/** `kill -9` at random moments of record, export and import: nothing acknowledged is lost, the next start is clean. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { loadProgram } from "./convergence/program.ts";
import { buildProgram } from "./crash/build.ts";
import { checkAfterwards } from "./crash/checks.ts";
import { runAndKill } from "./crash/child.ts";
import type { Job } from "./crash/job.ts";
import { copied } from "./crash/office.ts";
import { jobFor, type Scene, setScene } from "./crash/scene.ts";
import { Random } from "./random.ts";
import { scratchFolder } from "./scratch.ts";
import { gather, TIMEOUT } from "./settings.ts";

const kinds = ["record", "export", "import"] as const;
/** How long the program is at work before it is killed, at most: as long as an import of all bundles takes. */
const AT_WORK_MS = { record: 300, export: 500, import: 120 };
const STARTING_MS = 150;

let scene: Scene;
let program: string;
const root = scratchFolder();

beforeAll(async () => {
  scene = await setScene(await loadProgram("today"), root);
  program = await buildProgram("work");
}, TIMEOUT);

/** Kills one program and looks at what it left. */
async function killOne(kind: Job["kind"], random: Random, plant?: Job["plant"]): Promise<Record<string, number>> {
  const folder = join(root, "killed");
  rmSync(folder, { recursive: true, force: true });
  const job = { ...jobFor(kind, scene, copied(scene.template, folder)), plant };
  mkdirSync(job.stick, { recursive: true });
  const isEarly = random.chance(0.1) && !plant;
  const delayMs = random.next() * (isEarly ? STARTING_MS : AT_WORK_MS[kind]);
  const ended = await runAndKill(program, job, { delayMs, isEarly });
  if (ended.errors !== "") throw new Error(`${kind}: ${ended.errors}`);
  await checkAfterwards(scene, job, ended);
  const when = ended.isDone ? "after its end" : ended.isReady ? "at work" : "starting";
  return { [`${kind} ${when}`]: 1, acknowledged: ended.acknowledged.length };
}

test('fault "killed at any step of export or import": what was acknowledged survives kill -9', {
  timeout: TIMEOUT,
}, async () => {
  await gather("kill -9", { inTest: 60, inSoak: 5000 }, (seed) => {
    const random = new Random(seed);
    return killOne(kinds[seed % kinds.length] ?? "record", random);
  });
});

const plants: [string, Job["kind"], Job["plant"], RegExp][] = [
  ["a record acknowledged before it is written", "record", "early", /acknowledged records are lost/],
  ["an export written in place", "export", "half", /half a file under its final name/],
  ["an import that is not one transaction", "import", "half", /the database is not whole/],
];

test.for(plants)("the check catches %s", { timeout: TIMEOUT }, async ([, kind, plant, words]) => {
  const found = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const failure = await killOne(kind, new Random(seed), plant).catch((error: Error) => error.message);
    if (typeof failure !== "string") continue;
    if (words.test(failure)) return;
    found.add(failure);
  }
  expect.fail(`not caught; found only: ${[...found].join("\n")}`);
});
