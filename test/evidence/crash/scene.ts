/** A district with a street's bundles to take in: the folder that every run begins with, and what each import gives. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entityNames } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { rowsOf } from "../convergence/look.ts";
import { Machine } from "../convergence/machine.ts";
import type { Program } from "../convergence/program.ts";
import { copyFolder, START, tree } from "../convergence/tree.ts";
import { makeMaterial, RECEIVER } from "../mutation/material.ts";
import { Random } from "../random.ts";
import type { Job } from "./job.ts";

export type Scene = {
  program: Program;
  /** Folder of the office before the job. */
  template: string;
  /** Its bundles to import, in order, and the ledger after so many of them. */
  bundles: string[];
  ledgers: string[];
};

export async function setScene(program: Program, root: string): Promise<Scene> {
  const material = await makeMaterial(program, root);
  const folder = join(root, "bundles");
  mkdirSync(folder);
  const bundles = material.bundles.map((bytes, index) => {
    const path = join(folder, `${index}.lxq`);
    writeFileSync(path, bytes);
    return path;
  });
  const template = join(root, "template");
  const reference = await openOffice(program, copied(template, join(root, "reference")));
  const ledgers = [ledgerText(reference.store)];
  for (const bytes of material.bundles) {
    await program.importBundle(reference.context, reference.keys, bytes, "x.lxq", "经办示例");
    ledgers.push(ledgerText(reference.store));
  }
  reference.close();
  return { program, template, bundles, ledgers };
}

export function copied(from: string, to: string): string {
  copyFolder(from, to);
  return to;
}

/** The scene's office in `folder`, open. */
export async function openOffice(program: Program, folder: string): Promise<Machine> {
  const office = tree.find(({ id }) => id === RECEIVER);
  if (!office) throw new Error("the receiver is not in the tree");
  return Machine.start(RECEIVER, office, folder, program, { now: START + 60 * 24 * 3_600_000 }, new Random(1));
}

export function jobFor(kind: Job["kind"], scene: Scene, folder: string): Job {
  const name = tree.find(({ id }) => id === RECEIVER)?.name ?? "";
  const stick = join(folder, "stick");
  return { kind, folder, officeId: RECEIVER, officeName: name, peerId: "c", stick, bundles: scene.bundles };
}

/** All records of the office as text. */
export function ledgerText(store: Store): string {
  return JSON.stringify(entityNames.map((entity) => [entity, [...rowsOf(store, entity).values()]]));
}
