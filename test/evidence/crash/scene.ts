/** A district with a street's bundles to take in: the folder that every run begins with, and what each import gives. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../convergence/program.ts";
import { tree } from "../convergence/tree.ts";
import { makeMaterial } from "../mutation/material.ts";
import type { Job } from "./job.ts";
import { copied, ledgerText, openOffice, RECEIVER } from "./office.ts";

export type Scene = {
  program: Program;
  /** Folder of the office before the job. */
  template: string;
  /** The same office without what came before: for it the bundles come after a gap. */
  fresh: string;
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
  return { program, template, fresh: join(root, "fresh"), bundles, ledgers };
}

export function jobFor(kind: Job["kind"], scene: Scene, folder: string): Job {
  const name = tree.find(({ id }) => id === RECEIVER)?.name ?? "";
  const stick = join(folder, "stick");
  return { kind, folder, officeId: RECEIVER, officeName: name, peerId: "c", stick, bundles: scene.bundles };
}
