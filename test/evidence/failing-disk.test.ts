/** Every write and sync of one import, one parking and one export fails once: told by name, nothing half done. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { loadProgram } from "./convergence/program.ts";
import { buildProgram } from "./crash/build.ts";
import type { Scene } from "./crash/scene.ts";
import { setScene } from "./crash/scene.ts";
import { type Place, tryOnce } from "./crash/trial.ts";
import { scratchFolder } from "./scratch.ts";
import { isSoak, reportAll, reportNotRun, TIMEOUT } from "./settings.ts";

let scene: Scene;
const root = scratchFolder();

beforeAll(async () => {
  scene = await setScene(await loadProgram("today"), root);
}, TIMEOUT);

/** What the program prints for one act: how many steps it has, and what was told when they failed. */
type Line = { kind: string; error: string; steps: number; told: Record<string, number> };

const kinds = ["import", "park", "export"] as const;

function placeOf(kind: Place["kind"], folder: string, stick = join(folder, "stick")): Place {
  const template = kind === "park" ? scene.fresh : scene.template;
  // A bundle of more than fifty acts has several times the steps of a small one.
  const bundle = scene.bundles[isSoak ? 2 : 0] ?? "";
  return { kind, template, folder: join(folder, "office"), stick, bundle };
}

/** The reason why a part cannot run here, said aloud; the test then says so too. */
function notHere(name: string, reason: string): void {
  reportNotRun(name, reason);
  expect(reason).not.toBe("");
}

describe('fault "USB pulled out while writing", and all other calls that fail, injected below the C library where there is a compiler', () => {
  const NAME = "failed writes";
  let library: string;
  let reason: string | null = null;
  let program: string;

  beforeAll(async () => {
    library = join(root, "faults.so");
    try {
      if (process.platform !== "linux") throw new Error(`no LD_PRELOAD on ${process.platform}`);
      const source = join(import.meta.dirname, "crash/faults.c");
      execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], { stdio: "pipe" });
    } catch (error) {
      reason = String(error instanceof Error ? error.message : error);
    }
    program = await buildProgram("faulty");
  }, TIMEOUT);

  async function run(places: Place[], plant = ""): Promise<Line[]> {
    const control = join(root, "control");
    writeFileSync(control, Buffer.alloc(16));
    const folder = join(root, "failing");
    const env = {
      ...process.env,
      LD_PRELOAD: library,
      FAULT_CONTROL: control,
      FAULT_FOLDER: folder,
      FAULT_PLANT: plant,
    };
    const parameters = [program, JSON.stringify(places)];
    const { stdout } = await promisify(execFile)(process.execPath, parameters, { env, maxBuffer: 1e8 });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  }

  test("each leaves things as they were and is told by name", { timeout: TIMEOUT }, async () => {
    if (reason) return notHere(NAME, reason);
    const started = performance.now();
    const lines = await run(kinds.map((kind) => placeOf(kind, join(root, "failing"))));
    for (const line of lines) console.log(`${NAME}: ${JSON.stringify(line)}`);
    const tally = Object.fromEntries(lines.map(({ kind, error, steps }) => [`${kind} ${error}`, steps]));
    reportAll(NAME, tally, started);
    for (const line of lines) expect(line.steps, line.kind).toBeGreaterThan(5);
  });

  test("the check catches an export that fails without a word", { timeout: TIMEOUT }, async () => {
    if (reason) return notHere(NAME, reason);
    await expect(run([placeOf("export", join(root, "failing"))], "deaf")).rejects.toThrow(/nothing on the stick/);
  });
});

describe('fault "disk full (database disk, temp, USB)", on a small file system in memory where root may mount one', () => {
  const NAME = "full disk";
  const MEGABYTES = 6;
  const STEP = 4096;
  let mounted: string | null = null;

  /** Runs `work` on a fresh small file system; returns why it could not. */
  async function onSmallDisk(work: (folder: string) => Promise<void>): Promise<string | null> {
    mounted = join(root, "small");
    mkdirSync(mounted, { recursive: true });
    try {
      if (process.platform !== "linux" || process.getuid?.() !== 0) throw new Error("mounting needs Linux and root");
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${MEGABYTES}m`, "tmpfs", mounted], { stdio: "pipe" });
    } catch (error) {
      return String(error instanceof Error ? error.message : error);
    }
    try {
      await work(mounted);
      return null;
    } finally {
      execFileSync("umount", [mounted]);
    }
  }

  /** Acts with less and less room, until it fails no more; returns what was told at how many fillings. */
  async function fillUp(place: Place, disk: string): Promise<Record<string, number>> {
    const told: Record<string, number> = {};
    const filling = join(disk, "filling");
    for (let room = 0; ; room += STEP) {
      const sabotage = {
        begin: () => {
          const { bavail, bsize } = statfsSync(disk);
          writeFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - room), 1));
        },
        end: () => rmSync(filling, { force: true }),
      };
      const tried = await tryOnce(scene.program, place, sabotage, room % (2 * STEP) === 0);
      told[tried.told ?? "none"] = (told[tried.told ?? "none"] ?? 0) + 1;
      if (tried.told === null) return told;
      if (room > MEGABYTES * 1024 * 1024) throw new Error(`${place.kind} fails however much room there is`);
    }
  }

  test("under the database, and under the stick, is told by name and loses nothing", { timeout: TIMEOUT }, async () => {
    const tally: Record<string, number> = {};
    const started = performance.now();
    const reason = await onSmallDisk(async (disk) => {
      const fill = async (name: string, place: Place) => {
        const told = await fillUp(place, disk);
        console.log(`${NAME}: ${name} ${JSON.stringify(told)}`);
        tally[name] = Object.values(told).reduce((sum, count) => sum + count, 0);
      };
      for (const kind of kinds) await fill(`${kind}, database`, placeOf(kind, disk, join(root, "stick")));
      await fill("export, stick", placeOf("export", join(root, "roomy"), join(disk, "stick")));
    });
    if (reason) return notHere(NAME, reason);
    reportAll(NAME, tally, started);
  });

  test("under the folder for temporary files does not matter", { timeout: TIMEOUT }, async () => {
    const before = process.env.SQLITE_TMPDIR;
    const reason = await onSmallDisk(async (disk) => {
      process.env.SQLITE_TMPDIR = disk;
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, "filling"), Buffer.alloc(bavail * bsize, 1));
      const idle = { begin: () => {}, end: () => {} };
      for (const kind of kinds) {
        expect(await tryOnce(scene.program, placeOf(kind, join(root, "roomy")), idle, false)).toEqual({ told: null });
      }
    });
    if (before === undefined) delete process.env.SQLITE_TMPDIR;
    else process.env.SQLITE_TMPDIR = before;
    if (reason) notHere(NAME, reason);
  });
});
