/** The import of the benchmark: a whole ledger as one bundle, and the same rows as raw prepared upserts. */
import { cpSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { type EntityName, fieldsOf, registry } from "#domain/registry.ts";
import type { DemoOffice } from "#shells/cli/demo-office.ts";
import { VERSION } from "#shells/version.ts";
import { openStore } from "#store/open.ts";
import { judge, rateOf, report, runSelf, type Spent, timed } from "./report.ts";

const ROUNDS = 3;

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
  const rounds = measureRounds(work, join(folder, DATABASE_FILE), cityFolder, sent.path);
  const raws = middle(rounds.map((round) => round.raw));
  const imports = middle(rounds.map((round) => round.taken));
  report("直接写入同样的行", rateOf(raws.count, raws));
  const shares = rounds.map(({ raw, taken }) => (raw.cpu / raw.count / taken.cpu) * taken.count);
  const share = [...shares].sort((left, right) => left - right)[Math.floor(shares.length / 2)] ?? 0;
  const percents = shares.map((each) => `${(each * 100).toFixed(0)}%`).join("、");
  judge("导入同步包", `${rateOf(sent.recordChanges, imports)}，为直接写入的 ${percents}`, "中位数 ≥ 50%", share >= 0.5);
  const again = inOwnProcess("import", join(work, "city-1"), sent.path);
  report("重复导入", `${(again.seconds * 1000).toFixed(0)} ms`);
  report("数据库大小", `${(statSync(join(folder, DATABASE_FILE)).size / 1_048_576).toFixed(0)} MB`);
}

type Counted = Spent & { count: number };

/** Raw upserts and the import in turn, each time into a fresh database: the machine's moods then meet both. */
function measureRounds(work: string, ledger: string, cityFolder: string, bundle: string) {
  return Array.from({ length: ROUNDS }, (_, index) => {
    const city = join(work, `city-${index + 1}`);
    cpSync(cityFolder, city, { recursive: true });
    const raw = inOwnProcess("raw", ledger, join(work, `raw-${index + 1}.db`));
    return { raw, taken: inOwnProcess("import", city, bundle) };
  });
}

function middle(spent: Counted[]): Counted {
  const [first, ...rest] = [...spent].sort((left, right) => left.cpu - right.cpu);
  if (!first) throw new Error("nothing was measured");
  return [first, ...rest][Math.floor(spent.length / 2)] ?? first;
}

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
    const columns = ["id", ...fieldsOf(entity).map(([name]) => name), "versions", "touched_by"];
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
