/** What must hold when a program was killed, or its disk lost power: nothing acknowledged is lost, all is whole. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rowsOf } from "../convergence/look.ts";
import type { Machine } from "../convergence/machine.ts";
import { takeApart } from "../mutation/bundle-bytes.ts";
import type { Ended } from "./child.ts";
import type { Job } from "./job.ts";
import { ledgerText, openOffice } from "./office.ts";
import type { Scene } from "./scene.ts";

/** Opens the office again and looks at everything; then goes on with the work. Throws what is wrong. */
export async function checkAfterwards(scene: Scene, job: Job, { acknowledged }: Ended): Promise<void> {
  mkdirSync(job.stick, { recursive: true });
  const machine = await openOffice(scene.program, job.folder);
  try {
    checkSound(machine);
    if (job.kind === "record") checkRecorded(machine, acknowledged);
    if (job.kind === "export") await checkExported(machine, job, acknowledged);
    if (job.kind === "import") await checkImported(machine, scene, acknowledged.length);
  } finally {
    machine.close();
  }
}

export function checkSound({ program, store }: Machine): void {
  const { ok, lines } = program.verifyStore(store);
  if (!ok) throw new Error(`the database is not whole: ${lines.join(" ")}`);
}

function checkRecorded({ store }: Machine, acknowledged: readonly string[]): void {
  const there = rowsOf(store, "project");
  const lost = acknowledged.filter((id) => !there.has(id));
  if (lost.length > 0) throw new Error(`${lost.length} of ${acknowledged.length} acknowledged records are lost`);
}

/** Every file under its final name is whole, every acknowledged one is there, and the next export gets a new number. */
async function checkExported(machine: Machine, job: Job, acknowledged: readonly string[]): Promise<void> {
  checkRecorded(
    machine,
    acknowledged.filter((name) => !name.endsWith(".lxq")),
  );
  const files = readdirSync(job.stick).filter((name) => name.endsWith(".lxq"));
  for (const name of files) checkWhole(join(job.stick, name));
  const lost = acknowledged.filter((name) => name.endsWith(".lxq") && !files.includes(name));
  if (lost.length > 0) throw new Error(`acknowledged exports are not on the stick: ${lost.join(", ")}`);
  const made = await machine.program.exportBundle(
    machine.context,
    machine.keys,
    job.peerId,
    job.stick,
    "经办示例",
    "0",
  );
  if (files.includes(made.fileName)) throw new Error(`number ${made.number} names two files`);
  if (existsSync(`${made.path}.part`)) throw new Error("an export that succeeded left its .part behind");
  rmSync(made.path);
}

export function checkWhole(path: string): void {
  const bytes = readFileSync(path);
  try {
    const { header, ciphertext } = takeApart(bytes);
    const hash = createHash("sha256").update(ciphertext).digest("hex");
    if (header.sha256 !== hash || header.length !== ciphertext.length) throw new Error("hash differs");
  } catch (error) {
    throw new Error(`half a file under its final name: ${path}, ${bytes.length} bytes, ${String(error)}`);
  }
}

/** The ledger is that after some import, at least the last acknowledged; importing all again gives the whole. */
async function checkImported(
  machine: Machine,
  { bundles, ledgers, program }: Scene,
  acknowledged: number,
): Promise<void> {
  const found = ledgers.indexOf(ledgerText(machine.store), acknowledged);
  if (found < 0) throw new Error(`the ledger is not that after ${acknowledged} acknowledged imports or a later one`);
  for (const path of bundles) {
    await program.importBundle(machine.context, machine.keys, readFileSync(path), "again.lxq", "经办示例");
  }
  if (ledgerText(machine.store) !== ledgers.at(-1)) throw new Error("importing again does not give the whole ledger");
  checkSound(machine);
}
