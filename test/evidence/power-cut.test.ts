/** Simulated power cuts: what was acknowledged is on the disk, whatever was only in memory. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { loadProgram } from "./convergence/program.ts";
import { buildProgram } from "./crash/build.ts";
import { checkAfterwards } from "./crash/checks.ts";
import { runAndKill } from "./crash/child.ts";
import { Disk, whyNot } from "./crash/disk.ts";
import type { Job } from "./crash/job.ts";
import { copied } from "./crash/office.ts";
import { jobFor, type Scene, setScene } from "./crash/scene.ts";
import { Random } from "./random.ts";
import { scratchFolder } from "./scratch.ts";
import { gather, reportNotRun, TIMEOUT } from "./settings.ts";

const NAME = "power cuts";
const kinds = ["record", "export", "import"] as const;
const AT_WORK_MS = { record: 300, export: 300, import: 150 };

let scene: Scene;
let program: string;
const root = scratchFolder();
let reason: string | null;

beforeAll(async () => {
  reason = whyNot(root);
  if (reason) return;
  scene = await setScene(await loadProgram("today"), root);
  program = await buildProgram("work");
}, TIMEOUT);

/** Cuts the power of one disk while a program works on it, and looks at what is on the disk afterwards. */
async function cutOne(kind: Job["kind"], random: Random, plant?: Job["plant"]): Promise<Record<string, number>> {
  const disk = Disk.make(root);
  try {
    const job = { ...jobFor(kind, scene, copied(scene.template, join(disk.mount, "office"))), plant };
    mkdirSync(job.stick, { recursive: true });
    disk.sync();
    const delayMs = random.next() * AT_WORK_MS[kind];
    const ended = await runAndKill(program, job, { delayMs, strike: () => disk.cutPower() });
    disk.unplug();
    disk.plugIn();
    await checkAfterwards(scene, job, ended);
    return { [kind]: 1, acknowledged: ended.acknowledged.length };
  } finally {
    disk.unplug();
  }
}

test("what was acknowledged survives a power cut, where this machine can simulate one", {
  timeout: TIMEOUT,
}, async () => {
  if (reason) {
    reportNotRun(NAME, reason);
    expect(reason).not.toBe("");
    return;
  }
  await gather(NAME, { inTest: 10, inSoak: 500 }, (seed) => {
    const random = new Random(seed);
    return cutOne(kinds[seed % kinds.length] ?? "record", random);
  });
});

test("the check catches a database that does not sync, where a power cut can be simulated", {
  timeout: TIMEOUT,
}, async () => {
  if (reason) return reportNotRun(NAME, reason);
  for (let seed = 1; seed <= 10; seed++) {
    const failure = await cutOne("record", new Random(seed), "unsynced").catch((error: Error) => error.message);
    if (typeof failure === "string") return expect(failure).toMatch(/acknowledged records are lost|not whole/);
  }
  expect.fail("ten power cuts without syncing lost nothing: the simulation does not work");
});
