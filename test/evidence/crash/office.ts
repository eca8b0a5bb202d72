/** The office of the crash tests: its folder copied, opened, and read. */
import { entityNames } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";
import { rowsOf } from "../convergence/look.ts";
import { Machine } from "../convergence/machine.ts";
import type { Program } from "../convergence/program.ts";
import { copyFolder, START, tree } from "../convergence/tree.ts";
import { Random } from "../random.ts";

export const RECEIVER = "d1";

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

/** All records of the office as text. */
export function ledgerText(store: Store): string {
  return JSON.stringify(entityNames.map((entity) => [entity, [...rowsOf(store, entity).values()]]));
}
