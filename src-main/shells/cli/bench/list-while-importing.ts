/**
 * How long a list query takes while bundles are imported in a thread of their own. Judged by the clock, counted from
 * the moment the query was due, so that a core that is busy with anything else shows.
 */
import { cpSync, openAsBlob } from "node:fs";
import { loadavg } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { InferContractRouterInputs } from "@orpc/contract";
import type { Contract } from "#contract/contract.ts";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import type { Actor } from "#journal/change-set.ts";
import { Journal } from "#journal/journal.ts";
import { VERSION } from "#shells/version.ts";
import { openStore } from "#store/open.ts";
import { judge, median } from "./report.ts";

const EVERY_MS = 100;
const LIMIT_MS = 50;
const list: InferContractRouterInputs<Contract>["projects"]["list"] = {
  filter: {},
  offset: 0,
  limit: 100,
  asOf: "2026-11-22",
};
const queries = [list, { ...list, filter: { search: "xm" } }, { ...list, filter: { lights: ["red" as const] } }];

/** Imports `files` into a copy of the office's folder, in `actor`'s name, asking for the project list meanwhile. */
export async function measureListWhileImporting(
  work: string,
  officeFolder: string,
  actor: Actor,
  files: readonly string[],
): Promise<void> {
  const dataFolder = join(work, "asked");
  cpSync(officeFolder, dataFolder, { recursive: true });
  await enterPerson(dataFolder, actor);
  const importProgram = join(import.meta.dirname, "../import-worker.js");
  const core = await openCore({ dataFolder, version: VERSION, shell: "browser", printPdf: null, importProgram });
  const call = localClient(core.router);
  await call.setup.choosePerson({ personId: actor.personId });
  for (const query of queries) await call.projects.list(query);
  let isOver = false;
  const importing = (async () => {
    for (const file of files) {
      await call.exchange.import({ file: new File([await openAsBlob(file)], basename(file)) });
    }
  })().finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  for (let due = performance.now(); !isOver; due += EVERY_MS) {
    await sleep(Math.max(0, due - performance.now()));
    await call.projects.list(queries[times.length % queries.length] ?? list);
    times.push(performance.now() - due);
  }
  await importing;
  await core.close();
  const longest = Math.max(...times);
  const figure = `最长 ${longest.toFixed(1)} ms，中位 ${median(times).toFixed(1)} ms（${times.length} 次，负载 ${loadavg()[0]?.toFixed(1)}）`;
  judge("导入时查列表", figure, `≤ ${LIMIT_MS} ms`, longest <= LIMIT_MS);
}

/** Records the person in whose name the core imports. */
async function enterPerson(dataFolder: string, actor: Actor): Promise<void> {
  const store = await openStore(join(dataFolder, DATABASE_FILE));
  const journal = new Journal(store, store.readMeta("replica") ?? "", () => Date.now());
  const { officeId, personId, personName } = actor;
  const values = { office_id: officeId, name: personName };
  journal.write(actor, "found_office", [{ entity: "person", id: personId, values }]);
  store.close();
}
