/** A district with two streets at work for a while: bundles worth spoiling, and the district's folder before them. */
import { join } from "node:path";
import Database from "better-sqlite3";
import { readKeys } from "#sync/keys.ts";
import { Clerk } from "../convergence/acts.ts";
import type { Carried } from "../convergence/carried.ts";
import { Machine } from "../convergence/machine.ts";
import { Post } from "../convergence/post.ts";
import type { Program } from "../convergence/program.ts";
import { copyFolder, DATABASE, plantTree, START, tree } from "../convergence/tree.ts";
import { RECEIVER } from "../crash/office.ts";
import { Random } from "../random.ts";
import type { Material } from "./mutate.ts";

const SENDER = "s1";
const OTHER = "s2";

/**
 * Plants the offices below `root`; `root/template` is then the receiver's folder, `root/fresh` the same for an office
 * that misses what came before the bundles.
 */
export async function makeMaterial(program: Program, root: string): Promise<Material> {
  await plantTree(program, join(root, "tree"));
  const random = new Random(42);
  const time = { now: START };
  const start = async (id: string) => {
    const office = tree.find((candidate) => candidate.id === id);
    if (!office) throw new Error(`no such office: ${id}`);
    return Machine.start(id, office, join(root, "tree", id), program, time, random);
  };
  const [receiver, sender, other] = [await start(RECEIVER), await start(SENDER), await start(OTHER)];
  const clerk = new Clerk(random, new Set([RECEIVER, SENDER, OTHER]));
  const machines = new Map([receiver, sender, other].map((machine) => [machine.office.id, [machine]]));
  const quiet = { plant: {}, tell: () => {}, endClone: async () => {}, movesUnproven: () => false };
  const post = new Post({ random, time, machines, ...quiet });
  const work = (machine: Machine, acts: number) => {
    for (let act = 0; act < acts; act++) {
      time.now += 5000;
      clerk.act(machine);
    }
  };
  const carry = async (from: Machine, to: Machine) => {
    const carried = await post.export(from, to.office.id);
    if (carried) await post.deliver(carried, to);
  };
  for (let month = 0; month < 2; month++) {
    for (const machine of [receiver, sender, other]) work(machine, 25);
    await carry(sender, receiver);
    await carry(other, receiver);
    await carry(receiver, sender);
  }
  const bundles: Carried[] = [];
  for (const acts of [6, 12, 40]) {
    work(sender, acts);
    const carried = await post.export(sender, RECEIVER);
    if (carried) bundles.push(carried);
  }
  for (const machine of [receiver, sender, other]) machine.close();
  copyFolder(join(root, "tree", RECEIVER), join(root, "template"));
  copyFolder(join(root, "template"), join(root, "fresh"));
  const sqlite = new Database(join(root, "fresh", DATABASE));
  sqlite.prepare("update link set received_position = 0, received_number = 0 where peer_id = ?").run(SENDER);
  sqlite.close();
  return {
    bundles: bundles.map(({ bytes }) => bytes),
    sender: readKeys(join(root, "tree", SENDER)),
    other: readKeys(join(root, "tree", OTHER)),
    otherId: OTHER,
    receiver: readKeys(join(root, "tree", RECEIVER)),
  };
}
