/**
 * How long a list query takes while bundles are imported in a thread of their own. Judged by the clock, from the moment
 * the query was due, less the time that this thread waited for a processor because others had them all.
 */
import { cpSync, existsSync, openAsBlob, readFileSync } from "node:fs";
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
const firstPage: InferContractRouterInputs<Contract>["projects"]["list"] = {
  filter: {},
  offset: 0,
  limit: 100,
  asOf: "2026-11-22",
};

/** By the clock, on the processor, and by the clock on a machine with a processor to spare. */
type Asked = { clock: number; cpu: number; own: number };

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
  const ask = () => call.projects.list(firstPage);
  const asked: Asked[] = [];
  for (const file of files) {
    await ask();
    let isOver = false;
    const blob = await openAsBlob(file);
    const importing = call.exchange.import({ file: new File([blob], basename(file)) }).finally(() => {
      isOver = true;
    });
    while (!isOver) asked.push(await askOnce(ask));
    await importing;
  }
  await core.close();
  const longest = (of: keyof Asked) => Math.max(...asked.map((each) => each[of])).toFixed(0);
  const middle = (of: keyof Asked) => median(asked.map((each) => each[of])).toFixed(0);
  const load = `${asked.length} 次，负载 ${loadavg()[0]?.toFixed(1)}`;
  const raw = `连同等处理器最长 ${longest("clock")}、中位 ${middle("clock")} ms；处理器最长 ${longest("cpu")} ms；${load}`;
  const figure = `最长 ${longest("own")} ms，中位 ${middle("own")} ms（${raw}）`;
  judge("导入时查列表", figure, `≤ ${LIMIT_MS} ms`, Number(longest("own")) <= LIMIT_MS);
}

/** Asks when EVERY_MS have passed; whatever keeps the core busy then counts. */
async function askOnce(ask: () => Promise<unknown>): Promise<Asked> {
  const due = performance.now() + EVERY_MS;
  const waitedBefore = waitedForProcessor();
  await sleep(EVERY_MS - 1);
  const cpuBefore = process.threadCpuUsage();
  await ask();
  const clock = performance.now() - due;
  const { user, system } = process.threadCpuUsage(cpuBefore);
  return { clock, cpu: (user + system) / 1000, own: clock - (waitedForProcessor() - waitedBefore) };
}

/** Milliseconds that the main thread stood in the queue for a processor; 0 where the system does not tell. */
function waitedForProcessor(): number {
  const path = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(path)) return 0;
  return Number(readFileSync(path, "utf8").split(" ")[1]) / 1e6;
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
