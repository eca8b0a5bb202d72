/** The program that gets killed: opens an office as the core does and works until it is stopped. Built by build.ts. */
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { Journal } from "#journal/journal.ts";
import { openStore } from "#store/open.ts";
import type { SyncContext } from "#sync/context.ts";
import { exportBundle } from "#sync/export.ts";
import { importBundle } from "#sync/import.ts";
import { readKeys } from "#sync/keys.ts";
import { ACKNOWLEDGED, DONE, type Job, READY } from "./job.ts";

const RECORDS_AT_MOST = 3000;
const EXPORTS_AT_MOST = 60;

const job = JSON.parse(process.argv[2] ?? "{}") as Job;
const { folder, officeId, officeName, plant } = job;
const store = await openStore(join(folder, "lianxinqiao.db"));
if (plant === "unsynced") store.sqlite.pragma("synchronous = OFF");
const journal = new Journal(store, store.readMeta("replica") ?? "00000000", () => Date.now());
const context: SyncContext = {
  store,
  journal,
  officeId,
  officeName,
  dataFolder: folder,
  now: () => new Date(),
};
const keys = readKeys(folder);
/** Different in every life of this program, so that names do not meet. */
const life = Date.now().toString(36);

say(READY);
if (job.kind === "record") for (let at = 0; at < RECORDS_AT_MOST; at++) record(`示例项目-${life}-${at}`);
if (job.kind === "export") for (let at = 0; at < EXPORTS_AT_MOST; at++) await exportOne(at);
if (job.kind === "import") for (const path of job.bundles) await importOne(path);
say(DONE);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

function record(name: string): void {
  if (plant === "early") say(ACKNOWLEDGED + name);
  const person = { personId: "p", personName: "张示例" };
  const values = { name, office_id: officeId, note: "走访记录".repeat(20) };
  journal.write({ officeId, officeName, ...person }, "create_project", [{ entity: "project", id: name, values }]);
  if (plant !== "early") say(ACKNOWLEDGED + name);
}

async function exportOne(at: number): Promise<void> {
  const name = `示例项目-${life}-${at}`;
  record(name);
  const made = await exportBundle(context, keys, job.peerId, job.stick, "经办示例", "0.1.0");
  if (plant === "half") {
    // As if the file were written in place, a piece at a time.
    const bytes = readFileSync(made.path);
    for (let end = 0; end < bytes.length; end += 200) {
      writeFileSync(made.path, bytes.subarray(0, end));
      linger();
    }
    writeFileSync(made.path, bytes);
  }
  say(ACKNOWLEDGED + made.fileName);
}

async function importOne(path: string): Promise<void> {
  if (plant === "half") {
    store.sqlite.exec("update project set owner = '一半'");
    linger();
  }
  await importBundle(context, keys, readFileSync(path), basename(path), "经办示例");
  say(ACKNOWLEDGED + basename(path));
}

/** Long enough for a planted bug to be met by a random moment. */
function linger(): void {
  for (const end = performance.now() + 10; performance.now() < end; );
}
