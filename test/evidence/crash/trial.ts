/** One act on a medium that fails: what the clerk is told, and that retrying gives the whole. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Machine } from "../convergence/machine.ts";
import type { Program } from "../convergence/program.ts";
import { checkSound, checkWhole } from "./checks.ts";
import { copied, ledgerText, openOffice } from "./office.ts";

export type TrialKind = "import" | "park" | "export";
export type Place = {
  kind: TrialKind;
  /** Folder of the office as it is before. */
  template: string;
  /** Where its copy goes, and the stick that exports go to. */
  folder: string;
  stick: string;
  bundle: string;
};
/** What makes the medium fail, while the act lasts. */
export type Sabotage = { begin(): void; end(): void };
/** `told`: the code of what was thrown; null when the act went through all the same. */
export type Tried = { told: string | null };

/**
 * Acts once under sabotage, then again without it: at once, or after the program was started anew. Throws when
 * something was half done, told badly, or cannot be mended by trying again.
 */
export async function tryOnce(program: Program, place: Place, sabotage: Sabotage, restarts: boolean): Promise<Tried> {
  rmSync(place.folder, { recursive: true, force: true });
  rmSync(place.stick, { recursive: true, force: true });
  mkdirSync(place.stick, { recursive: true });
  let machine = await openOffice(program, copied(place.template, place.folder));
  const before = ledgerText(machine.store);
  let told: string | null = null;
  try {
    sabotage.begin();
    await act(machine, place);
  } catch (error) {
    told = codeOf(error);
  } finally {
    sabotage.end();
  }
  if (restarts) {
    machine.close();
    machine = await openOffice(program, place.folder);
  }
  try {
    checkSound(machine);
    checkHalf(machine, place, before, told);
    await act(machine, place);
    checkSound(machine);
    checkDone(machine, place, before);
  } finally {
    machine.close();
  }
  return { told };
}

async function act({ program, context, keys }: Machine, { kind, stick, bundle }: Place): Promise<void> {
  if (kind === "export") {
    await program.exportBundle(context, keys, "c", stick, "经办示例", "0.1.0");
  } else {
    await program.importBundle(context, keys, readFileSync(bundle), basename(bundle), "经办示例");
  }
}

/** After a failure the ledger is as before, and no file lies half written under its final name. */
function checkHalf(machine: Machine, { kind, folder, stick }: Place, before: string, told: string | null): void {
  for (const name of readdirSync(stick).filter((file) => file.endsWith(".lxq"))) checkWhole(join(stick, name));
  const isChanged = ledgerText(machine.store) !== before;
  if (kind === "import" && told === null && !isChanged) throw new Error("neither taken in nor told");
  if (kind !== "import" && isChanged) throw new Error(`${kind} changed the ledger`);
  if (kind === "export" && told === null && readdirSync(stick).length === 0) throw new Error("nothing on the stick");
  const parked = machine.store.prepare("select id from parked").pluck().all() as string[];
  for (const id of parked) checkWhole(join(folder, "parked", id));
  if (kind === "park" && told === null && parked.length === 0) throw new Error("neither parked nor told");
}

function checkDone(machine: Machine, { kind, stick, folder }: Place, before: string): void {
  if (kind === "import" && ledgerText(machine.store) === before) throw new Error("trying again took nothing in");
  if (kind === "export") {
    const files = readdirSync(stick).filter((file) => file.endsWith(".lxq"));
    if (files.length === 0) throw new Error("trying again exported nothing");
    for (const name of files) checkWhole(join(stick, name));
  }
  if (kind === "park" && !existsSync(join(folder, "parked"))) throw new Error("trying again parked nothing");
}

/** Codes that the core turns into a sentence for the clerk. Anything else is a bug. */
function codeOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  const isNamed = name === "Failure" || name === "SqliteError" || code === "ENOSPC" || code === "EIO";
  if (isNamed && code) return code;
  throw new Error(`not a named failure: ${error instanceof Error ? error.stack : String(error)}`);
}
