/** A large import runs in a thread of its own: reads go on, writes wait, it can be given up. */
import { join } from "node:path";
import type { ContractRouterClient } from "@orpc/contract";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import type { Contract } from "#contract/contract.ts";
import type { ImportProgress } from "#contract/exchange.ts";
import { type Core, DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { tempFolder } from "../helpers/replica.ts";
import { builtRoot } from "../shells/built.ts";
import { type LargeBundle, makeLargeBundle, unpack } from "./large-bundle.ts";

const PROGRAM = join(builtRoot(), "dist/main/import-worker.js");
const everything = { filter: {}, offset: 0, limit: 1, asOf: "2026-11-22" };
type Call = ContractRouterClient<Contract>;

let made: Promise<LargeBundle> | undefined;
const theBundle = () => {
  made ??= makeLargeBundle(1000);
  return made;
};

async function open(dataFolder: string, importProgram = PROGRAM): Promise<{ core: Core; call: Call }> {
  const core = await openCore({ dataFolder, version: "0.1.0", shell: "browser", printPdf: null, importProgram });
  onTestFinished(() => core.close());
  const call = localClient(core.router);
  const { people } = await call.setup.state();
  await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
  return { core, call };
}

const fileOf = ({ bytes, fileName }: LargeBundle) => new File([new Uint8Array(bytes)], fileName);
const countProjects = async (call: Call) => (await call.projects.list(everything)).total;

/** Waits until the import writes to the tables; every step up to there. */
async function untilMerging(call: Call): Promise<ImportProgress[]> {
  const steps: ImportProgress[] = [];
  for (;;) {
    for await (const step of await call.exchange.importing()) {
      if (step) steps.push(step);
      if (step?.phase === "merge") return steps;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** What the database says, without what differs from run to run. */
function contentsOf(folder: string): unknown {
  const sqlite = new Database(join(folder, DATABASE_FILE), { readonly: true });
  try {
    const tables = sqlite
      .prepare("select name from sqlite_master where type in ('table', 'index') order by name")
      .pluck()
      .all() as string[];
    const counted = tables.filter((name) =>
      sqlite.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name),
    );
    return {
      tables,
      rows: counted.map((name) => [name, sqlite.prepare(`select * from "${name}"`).raw().all()]),
      sound: sqlite.pragma("integrity_check", { simple: true }),
    };
  } finally {
    sqlite.close();
  }
}

test("while a large import runs, reads show the state before it; afterwards the whole, lights included", async () => {
  const bundle = await theBundle();
  const { call } = await open(unpack(bundle));
  const lights = () => call.projects.lightCounts({ filter: {}, asOf: "2026-11-22" });
  expect(await lights()).toMatchObject({ none: bundle.before });
  let ended = false;
  const importing = call.exchange.import({ file: fileOf(bundle) }).finally(() => {
    ended = true;
  });
  const steps = await untilMerging(call);
  expect(await countProjects(call)).toBe(bundle.before);
  expect(await lights()).toMatchObject({ none: bundle.before });
  expect(ended).toBe(false);
  expect(steps.at(-1)).toMatchObject({ fileName: bundle.fileName, phase: "merge", total: bundle.records });
  expect(await importing).toMatchObject({ outcome: "applied", added: bundle.records });
  expect(await countProjects(call)).toBe(bundle.after);
  expect(await lights()).toMatchObject({ red: 1, none: bundle.after - 1 });
  expect(await call.maintenance.verify()).toMatchObject({ ok: true });
});

test("a write during an import waits for it, and is saved then", async () => {
  const bundle = await theBundle();
  const { call } = await open(unpack(bundle));
  const order: string[] = [];
  const importing = call.exchange.import({ file: fileOf(bundle) }).then(() => order.push("import"));
  await untilMerging(call);
  const saving = call.projects.create({ values: { name: "导入时新建的项目" } }).then(() => order.push("write"));
  expect(await countProjects(call)).toBe(bundle.before);
  await Promise.all([importing, saving]);
  expect(order).toEqual(["import", "write"]);
  expect(await countProjects(call)).toBe(bundle.after + 1);
});

test("an import that is given up leaves nothing, and the next one takes everything in", async () => {
  const bundle = await theBundle();
  const folder = unpack(bundle);
  const { core, call } = await open(folder);
  const before = contentsOf(folder);
  const importing = call.exchange.import({ file: fileOf(bundle) });
  await untilMerging(call);
  expect(await call.exchange.cancelImport()).toBe(true);
  await expect(importing).rejects.toMatchObject({ data: { code: "import_cancelled" } });
  expect(contentsOf(folder)).toEqual(before);
  for await (const step of await call.exchange.importing()) expect(step).toBeNull();
  expect(await call.exchange.import({ file: fileOf(bundle) })).toMatchObject({
    outcome: "applied",
    added: bundle.records,
  });
  expect(await call.exchange.cancelImport()).toBe(false);
  await core.close();
});

test("closing the program gives the import up, does the writes that waited, and leaves a sound database", async () => {
  const bundle = await theBundle();
  const folder = unpack(bundle);
  const { core, call } = await open(folder);
  const importing = call.exchange.import({ file: fileOf(bundle) }).catch((error: unknown) => error);
  await untilMerging(call);
  const saving = call.projects.create({ values: { name: "导入时新建的项目" } });
  await core.close();
  expect(await importing).toMatchObject({ data: { code: "import_cancelled" } });
  await saving;
  const again = await open(folder);
  expect(await countProjects(again.call)).toBe(bundle.before + 1);
  expect(await again.call.maintenance.verify()).toMatchObject({ ok: true });
});

test("a second program is kept out while the first imports", async () => {
  const bundle = await theBundle();
  const folder = unpack(bundle);
  const { call } = await open(folder);
  const importing = call.exchange.import({ file: fileOf(bundle) });
  await untilMerging(call);
  await expect(open(folder)).rejects.toThrow("正由另一个连心桥窗口使用");
  await importing;
});

test("what is wrong with a bundle is told by name from the thread, too", async () => {
  const bundle = await theBundle();
  const { call } = await open(unpack(bundle));
  const spoiled = Buffer.from(bundle.bytes);
  spoiled[spoiled.length - 1000] = (spoiled[spoiled.length - 1000] ?? 0) ^ 1;
  const refused = call.exchange.import({ file: fileOf({ ...bundle, bytes: spoiled }) });
  await expect(refused).rejects.toMatchObject({ data: { code: "file_damaged" } });
  expect(await countProjects(call)).toBe(bundle.before);
});

test("where the thread cannot be started, the import runs without it", async () => {
  const bundle = await theBundle();
  const { call } = await open(unpack(bundle), join(tempFolder(), "not-there.js"));
  expect(await call.exchange.import({ file: fileOf(bundle) })).toMatchObject({
    outcome: "applied",
    added: bundle.records,
  });
});
