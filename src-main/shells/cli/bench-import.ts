/** The import of the benchmark: a whole ledger as one bundle, and the same rows as raw prepared upserts. */
import { readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { type EntityName, fieldsOf, registry } from "#domain/registry.ts";
import { VERSION } from "#shells/version.ts";
import { openStore } from "#store/open.ts";
import { judge, rateOf, report, runSelf, type Spent, timed } from "./bench-report.ts";
import type { DemoOffice } from "./demo-office.ts";

/** Sends the district's whole ledger to the city, next to raw upserts of the same rows. Both offices are closed. */
export async function measureImport(work: string, child: DemoOffice, city: DemoOffice): Promise<void> {
  const [folder, cityFolder] = [join(work, "district"), join(work, "city")];
  const core = await openCore({ dataFolder: folder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  await call.setup.choosePerson({ personId: child.personId });
  const exporting = await timed(() => call.exchange.export({ peerId: city.id, folder: work }));
  const sent = exporting.result;
  report("导出同步包", `${rateOf(sent.recordChanges, exporting)}，${(sent.bytes / 1_048_576).toFixed(1)} MB`);
  core.close();
  // Raw before and after the import, so that a machine that slows down meanwhile is not taken for either.
  const before = inOwnProcess("raw", join(folder, DATABASE_FILE), join(work, "raw-1.db"));
  const importing = inOwnProcess("import", cityFolder, sent.path);
  const after = inOwnProcess("raw", join(folder, DATABASE_FILE), join(work, "raw-2.db"));
  report("直接写入同样的行", `${rateOf(before.count, before)}，${rateOf(after.count, after)}`);
  const share = (((before.cpu + after.cpu) / 2 / importing.cpu) * importing.count) / before.count;
  judge(
    "导入同步包",
    `${rateOf(sent.recordChanges, importing)}，为直接写入的 ${(share * 100).toFixed(0)}%`,
    "≥ 50%",
    share >= 0.5,
  );
  report("重复导入", `${(inOwnProcess("import", cityFolder, sent.path).seconds * 1000).toFixed(0)} ms`);
  report("数据库大小", `${(statSync(join(folder, DATABASE_FILE)).size / 1_048_576).toFixed(0)} MB`);
}

type Counted = Spent & { count: number };

/** Each in a process of its own: neither must pay for what the other, or the filling, left in memory. */
function inOwnProcess(command: "raw" | "import", source: string, target: string): Counted {
  return JSON.parse(runSelf(command, source, target)) as Counted;
}

function print({ seconds, cpu }: Spent, count: number): void {
  console.log(JSON.stringify({ seconds, cpu, count } satisfies Counted));
}

/** `cli import FOLDER FILE`: takes a bundle into the office of that folder. */
export async function takeIn(folder: string, path: string): Promise<void> {
  const core = await openCore({ dataFolder: folder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  const [person] = await call.people.list({});
  await call.setup.choosePerson({ personId: person?.id ?? "" });
  const file = new File([readFileSync(path)], basename(path));
  const spent = await timed(() => call.exchange.import({ file }));
  print(spent, spent.result.added);
  core.close();
}

/**
 * `cli raw SOURCE TARGET`: prepared upserts of every replicated row into a new database with our settings, in one
 * durable transaction.
 */
export async function raw(source: string, target: string): Promise<void> {
  const from = await openStore(source);
  const tables = (Object.keys(registry) as EntityName[]).map((entity) => {
    const columns = ["id", ...fieldsOf(entity).map(([name]) => name), "versions"];
    const select = from.sqlite.prepare(`select ${columns.join(", ")} from ${entity}`);
    return { entity, columns, rows: select.raw().all() as unknown[][] };
  });
  from.close();
  const to = await openStore(target);
  const spent = await timed(() =>
    to.transaction(() => {
      for (const { entity, columns, rows } of tables) {
        const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
        const upsert = to.sqlite.prepare(
          `insert into ${entity} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})
           on conflict (id) do update set ${updates.join(", ")}`,
        );
        for (const row of rows) upsert.run(row);
      }
    }),
  );
  to.close();
  rmSync(target);
  print(
    spent,
    tables.reduce((sum, { rows }) => sum + rows.length, 0),
  );
}
