/** Each checker of the histories must catch the bug it is there for; the bugs are planted beside the product. */
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Programs } from "./convergence/history.ts";
import { loadProgram } from "./convergence/program.ts";
import { runHistory } from "./convergence/run.ts";
import { plantTree } from "./convergence/tree.ts";
import type { Plant } from "./convergence/world.ts";
import { scratchFolder } from "./scratch.ts";
import { TIMEOUT } from "./settings.ts";

let programs: Programs;
const root = scratchFolder();

beforeAll(async () => {
  programs = { today: await loadProgram("today"), newer: await loadProgram("newer") };
  await plantTree(programs.today, join(root, "tree"));
}, TIMEOUT);

const plants: Record<string, { law: RegExp; plant: () => Plant }> = {
  "a write that is acknowledged and then dropped": {
    law: /laws 5 and 6/,
    plant: () => ({
      afterWrite: once(({ journal, knowledge }, [part]) => {
        // The clerk was told of a write that no journal has: the next stamp, which nobody wrote.
        if (part)
          knowledge.learn({ ...part, id: `${part.id}-dropped`, stamp: `${part.stamp.slice(0, 12)}${journal.replica}` });
      }),
    }),
  },
  "a value overwritten in silence": {
    law: /law 2|law 3|laws 5 and 6/,
    plant: () => ({
      afterImport: ({ store }) =>
        store.sqlite.exec("update project set owner = '改动' where id = (select min(id) from project)"),
    }),
  },
  "a conflict that is forgotten": {
    law: /law 2|law 3|laws 5 and 6/,
    plant: () => ({ afterImport: ({ store }) => store.sqlite.exec("delete from field_heads") }),
  },
  "a bundle that is taken in twice": {
    law: /law 4/,
    plant: () => ({
      afterImport: ({ store }) => store.sqlite.exec("update link set received_number = received_number + 1"),
    }),
  },
  "a stranger's project at a street": {
    law: /law 8/,
    plant: () => ({
      afterImport: ({ store, office }) => {
        if (office.level !== "street") return;
        const row = store.prepare("select * from project").get() as Record<string, unknown> | undefined;
        const columns = Object.keys(row ?? {});
        const places = columns.map(() => "?").join();
        const values = Object.values({ ...row, id: "x", office_id: "c" });
        if (row) store.prepare(`insert or ignore into project (${columns.join()}) values (${places})`).run(values);
      },
    }),
  },
  "an alarm that nobody hears": { law: /silent clone/, plant: () => ({ isDeaf: true }) },
  "a clock that drags others along": {
    law: /law 11/,
    // Its journal tells another time than its PC.
    plant: () => ({
      afterWrite: (machine) => {
        const far = Date.parse("2088-01-01");
        machine.journal = new machine.program.Journal(machine.store, machine.replica, () => far);
      },
    }),
  },
};

function once<A extends unknown[]>(work: (...given: A) => void): (...given: A) => void {
  let isDone = false;
  return (...given) => {
    if (!isDone) work(...given);
    isDone = true;
  };
}

test.for(Object.entries(plants))("the histories catch %s", { timeout: TIMEOUT }, async ([, { law, plant }]) => {
  const found: string[] = [];
  for (let seed = 1; seed <= 12; seed++) {
    const failure = await runHistory(seed, programs, root, plant()).catch((error: Error) => error.message);
    if (typeof failure === "string") found.push(failure);
    if (typeof failure === "string" && law.test(failure)) return;
  }
  expect.fail(`not caught in twelve histories; found only: ${found.join("\n")}`);
});
