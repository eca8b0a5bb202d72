/**
 * Makes every write, sync, cut and rename of one import, one parking and one export fail once, one after the other.
 * Runs with the library of faults.c loaded; prints a line of JSON for each kind of act.
 */
import { openSync, readSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { plainProgram } from "./plain-program.ts";
import { type Place, type Sabotage, tryOnce } from "./trial.ts";

const INTS = 4;
const LIMIT = 5000;

const places = JSON.parse(process.argv[2] ?? "[]") as Place[];
const control = openSync(process.env.FAULT_CONTROL ?? "", "r+");
/** A planted bug: failures that nobody is told of. */
const isDeaf = process.env.FAULT_PLANT === "deaf";

for (const place of places) {
  for (const error of ["EIO", "ENOSPC"] as const) {
    const told: Record<string, number> = {};
    const steps = await failEach(place, constants.errno[error], told);
    writeSync(1, `${JSON.stringify({ kind: place.kind, error, steps, told })}\n`);
  }
}

/** Returns how many steps the act has. */
async function failEach(place: Place, error: number, told: Record<string, number>): Promise<number> {
  for (let number = 1; number < LIMIT; number++) {
    for (const restarts of [false, true]) {
      const sabotage: Sabotage = { begin: () => set([1, number, error, 0]), end: () => set([0]) };
      try {
        const tried = await tryOnce(isDeaf ? deafProgram() : plainProgram, place, sabotage, restarts);
        if (seen() < number) return number - 1;
        const code = tried.told ?? "none";
        told[code] = (told[code] ?? 0) + 1;
      } catch (failure) {
        const words = failure instanceof Error ? failure.stack : String(failure);
        throw new Error(`${place.kind}, step ${number} failed with ${error}, restarts ${restarts}: ${words}`);
      }
    }
  }
  throw new Error(`more than ${LIMIT} steps`);
}

function set(values: readonly number[]): void {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeInt32LE(value, index * 4);
  });
  writeSync(control, bytes, 0, bytes.length, 0);
}

function seen(): number {
  const bytes = Buffer.alloc(INTS * 4);
  readSync(control, bytes, 0, bytes.length, 0);
  return bytes.readInt32LE(12);
}

function deafProgram(): typeof plainProgram {
  const exportBundle: typeof plainProgram.exportBundle = (...given) =>
    plainProgram.exportBundle(...given).catch(() => ({
      number: 0,
      fileName: "",
      path: "",
      bytes: 0,
      changeSets: 0,
      recordChanges: 0,
    }));
  return { ...plainProgram, exportBundle };
}
