/** A hub and its office with programs of two versions: today's, and a newer one with one more field and entity. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Write } from "#journal/journal.ts";
import { Machine } from "../evidence/convergence/machine.ts";
import { LATE_FIELD, loadProgram, type Program } from "../evidence/convergence/program.ts";
import { actorOf, plantTree, START, tree } from "../evidence/convergence/tree.ts";
import { Random } from "../evidence/random.ts";
import { tempFolder } from "../helpers/replica.ts";

type Version = "today" | "newer";

export async function openTwoVersions(ofHub: Version, ofOffice: Version) {
  const root = tempFolder();
  const programs = { today: await loadProgram("today"), newer: await loadProgram("newer") };
  await plantTree(programs.today, root);
  const time = { now: START };
  const start = async (id: string, program: Program) => {
    const office = tree.find((candidate) => candidate.id === id);
    if (!office) throw new Error(`no such office: ${id}`);
    const machine = await Machine.start(id, office, join(root, id), program, time, new Random(1));
    onTestFinished(() => machine.close());
    return machine;
  };
  const hub = await start("d1", programs[ofHub]);
  const office = await start("s1", programs[ofOffice]);
  let projects = 0;
  return {
    hub,
    office,
    /** Records a project; the values may have the newer program's field. */
    write: ({ journal, office }: Machine, values: Record<string, string>) => {
      time.now += 1000;
      projects++;
      journal.write(actorOf(office), "create_project", [
        { entity: "project", id: `p${projects}`, values } as unknown as Write,
      ]);
    },
    carry: async (from: Machine, to: Machine) => {
      time.now += 1000;
      const { program, context, keys, stick } = from;
      const made = await program.exportBundle(context, keys, to.office.id, stick, "经办示例", "0.1.0");
      return to.program.importBundle(to.context, to.keys, readFileSync(made.path), made.fileName, "经办示例");
    },
    upgrade: (machine: Machine) => machine.reopen(programs.newer),
    /** By the projects' names, what the newer program's field says. */
    lateFieldAt: ({ store }: Machine) => {
      const rows = store.prepare(`select name, ${LATE_FIELD} as late from project order by name`).all();
      return Object.fromEntries(
        (rows as { name: string; late: string | null }[]).map(({ name, late }) => [name, late]),
      );
    },
  };
}
