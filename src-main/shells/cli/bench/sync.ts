/**
 * `npm run bench -- sync [CHANGES] [ROUNDS]`: the exchange against the floor of sync-floor.ts, medians of five interleaved
 * rounds, each import in a process of its own. Judged by processor time, which counts helper threads of V8 as well; the
 * clock's is shown beside it.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DATABASE_FILE } from "#core/create-core.ts";
import { foundingOffices } from "#features/setup/founding-offices.ts";
import type { Actor } from "#journal/change-set.ts";
import { Journal, newId, type Write } from "#journal/journal.ts";
import { VERSION } from "#shells/version.ts";
import { openStore } from "#store/open.ts";
import type { Store } from "#store/store.ts";
import type { SyncContext } from "#sync/context.ts";
import {
  acceptInvitation,
  admitOffice,
  makeInvitation,
  makeRequest,
  readInvitation,
  readRequest,
} from "#sync/enrolment.ts";
import { exportBundle } from "#sync/export.ts";
import { importBundle } from "#sync/import.ts";
import { THREAD_HEAP } from "#sync/import-runner.ts";
import { createKeys, fingerprintOf, type OfficeKeys, readKeys } from "#sync/keys.ts";
import { readyLink } from "#sync/links.ts";
import { waitingRows } from "#sync/waiting.ts";
import { measureListWhileImporting } from "./list-while-importing.ts";
import { judge, judged, median, peakMemoryMb, report, runSelf, runSelfWith, type Spent, timed } from "./report.ts";
import { acts, type Filled, fillOffice } from "./sync-data.ts";
import { exportFloor, importFloor, openFloor, plainOf, stripDatabase, upsertAll } from "./sync-floor.ts";

const CITY = "2102";
const DISTRICTS = ["210202", "210203"];
const ROUNDS = Number(process.argv[5] ?? 5);
const CONFLICTS = 0.01;
/** The first district makes all the changes that were asked for, so that they come in one bundle; the other some more. */
const SHARES = [1, 0.1];
const INCREMENT = 1000;
/** Exporting so little is quick: many rounds tell what an office that has been at work for a while waits. */
const INCREMENT_ROUNDS = 25;
const RECORDED = 4000;
const BULK = 20_000;
/** Up to so many changes the bundle that is imported again has a target. */
const REPEATED = 110_000;
const PERSON = "李样本";

type BenchOffice = { context: SyncContext; keys: OfficeKeys; actor: Actor; folder: string };
/** So many a second, by the processor time of the whole process and by the clock. */
type Rate = { cpu: number; clock: number };
type Measured = { name: string; unit: string; ours: Rate[]; floor: Rate[] };

/** Prints one line a figure, and at the end the figures as JSON. */
export async function runSyncBench(_projectFolder: string): Promise<void> {
  const changes = Number(process.argv[4] ?? 100_000);
  const work = mkdtempSync(join(tmpdir(), "lianxinqiao-bench-"));
  try {
    const offices = await prepare(work);
    const floors = offices.districts.map(({ folder }) => floorOf(folder));
    const cityFloor = floorOf(offices.city.folder);
    await measureIncrement(offices, work);
    const measured = [await measureRecording(offices, floors), await measureBulk(offices, floors)];
    const sent = await measureExports(work, offices, floors, changes);
    for (const { context } of [offices.city, ...offices.districts]) context.store.close();
    const figures = [...measured, sent.measured, measureImports(work, offices.city.folder, cityFloor, sent)];
    for (const figure of figures) show(figure);
    await measureListWhileImporting(work, offices.city.folder, offices.city.actor, sent.files);
    const bytes = sent.bytes / sent.changes;
    const floorBytes = (sent.floorBytes / sent.changes).toFixed(1);
    judge("每条变动", `${bytes.toFixed(1)} 字节（对照 ${floorBytes}）`, "≤ 40 字节", bytes <= 40);
    const machine = { model: cpus()[0]?.model, cores: cpus().length, node: process.version };
    console.log(JSON.stringify({ machine, changes: sent.changes, figures, judged }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

type Prepared = { city: BenchOffice; districts: (BenchOffice & { filled: Filled })[] };

/** A city and two districts that have exchanged their ledgers and receipts. */
async function prepare(work: string): Promise<Prepared> {
  const city = await openOffice(join(work, "city"), CITY, "大连市");
  const found = foundingOffices().map(({ id, values }): Write => ({ entity: "office", id, values }));
  city.context.store.writeMeta("office_id", CITY);
  city.context.journal.write(city.actor, "found_office", found);
  const districts: Prepared["districts"] = [];
  for (const [index, id] of DISTRICTS.entries()) {
    const district = await enrol(city, id, join(work, id));
    const filled = fillOffice(district.context.store, district.context.journal, district.actor, index + 1);
    await carry(district, city, work);
    await carry(city, district, work);
    await carry(district, city, work);
    districts.push({ ...district, filled });
  }
  return { city, districts };
}

async function openOffice(folder: string, officeId: string, officeName: string): Promise<BenchOffice> {
  const store = await openStore(join(folder, DATABASE_FILE));
  const replica = officeId.padStart(8, "0");
  store.writeMeta("replica", replica);
  return officeIn(folder, store, replica, officeId, officeName, await createKeys(folder));
}

function officeIn(
  folder: string,
  store: Store,
  replica: string,
  officeId: string,
  officeName: string,
  keys: OfficeKeys,
): BenchOffice {
  const journal = new Journal(store, replica, () => Date.now());
  const actor = { officeId, officeName, personId: newId("person"), personName: PERSON };
  const context = { store, journal, officeId, officeName, dataFolder: folder, now: () => new Date() };
  return { context, keys, actor, folder };
}

async function enrol(parent: BenchOffice, officeId: string, folder: string): Promise<BenchOffice> {
  const invitation = makeInvitation(parent.context, parent.keys, officeId);
  const read = readInvitation(invitation.bytes, invitation.fileName, invitation.expiresOn);
  const child = await openOffice(folder, officeId, read.office.name);
  acceptInvitation(child.context, read, invitation.fileName);
  const { personId, personName } = child.actor;
  const person: Write = { entity: "person", id: personId, values: { office_id: officeId, name: personName } };
  child.context.journal.write(child.actor, "found_office", [person]);
  const request = makeRequest(child.context, child.keys, personName);
  const seen = readRequest(parent.context, request.bytes, request.fileName);
  admitOffice(parent.context, seen, fingerprintOf(child.keys));
  return child;
}

async function carry(from: BenchOffice, to: BenchOffice, folder: string): Promise<void> {
  const { path, fileName } = await exportBundle(from.context, from.keys, to.context.officeId, folder, PERSON, VERSION);
  await importBundle(to.context, to.keys, readFileSync(path), fileName, PERSON);
}

/** A copy of the office's tables for the floor. */
function floorOf(folder: string): string {
  const path = join(folder, "floor.db");
  cpSync(join(folder, DATABASE_FILE), path);
  if (existsSync(join(folder, `${DATABASE_FILE}-wal`))) cpSync(join(folder, `${DATABASE_FILE}-wal`), `${path}-wal`);
  stripDatabase(path);
  return path;
}

/** A bundle of what was recorded since the last one. */
async function measureIncrement({ districts: [, district] }: Prepared, work: string): Promise<void> {
  if (!district) throw new Error("nothing was prepared");
  write(district, [...acts(district.filled, district.actor, INCREMENT, 50)]);
  const spent: number[] = [];
  let bytes = 0;
  for (let round = 0; round < INCREMENT_ROUNDS; round++) {
    const made = await timed(() => exportBundle(district.context, district.keys, CITY, work, PERSON, VERSION));
    spent.push(made.cpu * 1000);
    bytes = statSync(made.result.path).size / INCREMENT;
  }
  judge(`${INCREMENT} 处变动的包`, `每条 ${bytes.toFixed(1)} 字节`, "≤ 52 字节", bytes <= 52);
  judge("导出它", `${median(spent).toFixed(1)} ms`, "< 20 ms", median(spent) < 20);
}

/** One durable transaction for every act. */
async function measureRecording({ districts: [district] }: Prepared, [floorPath]: string[]): Promise<Measured> {
  if (!district || !floorPath) throw new Error("nothing was prepared");
  const floor = openFloor(floorPath);
  const measured: Measured = { name: "录入一次操作（各自落盘）", unit: "次", ours: [], floor: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const chosen = [...acts(district.filled, district.actor, RECORDED, 100 + round)];
    measured.floor.push(
      await rate(chosen.length, () => {
        for (const act of chosen) floor.transaction(() => upsertAll(floor, [plainOf(act)])).immediate();
      }),
    );
    measured.ours.push(
      await rate(chosen.length, () => {
        for (const write of chosen) district.context.journal.write(district.actor, "update_node", [write]);
      }),
    );
  }
  floor.close();
  return measured;
}

/** One act that writes many new visits, as a spreadsheet does. */
async function measureBulk({ districts: [district] }: Prepared, [floorPath]: string[]): Promise<Measured> {
  if (!district || !floorPath) throw new Error("nothing was prepared");
  const floor = openFloor(floorPath);
  const measured: Measured = { name: "批量录入（一次操作）", unit: "条", ours: [], floor: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const chosen = [...acts(district.filled, district.actor, BULK * 4, 200 + round)].filter(
      ({ entity }) => entity === "visit",
    );
    measured.floor.push(
      await rate(chosen.length, () => floor.transaction(() => upsertAll(floor, chosen.map(plainOf))).immediate()),
    );
    measured.ours.push(
      await rate(chosen.length, () => district.context.journal.write(district.actor, "import_spreadsheet", chosen)),
    );
  }
  floor.close();
  return measured;
}

type Sent = {
  measured: Measured;
  files: string[];
  floorFiles: string[];
  bytes: number;
  floorBytes: number;
  changes: number;
};

/** Both districts work apart, the city changes some of the same fields, and the districts export. */
async function measureExports(
  work: string,
  { city, districts }: Prepared,
  floors: string[],
  changes: number,
): Promise<Sent> {
  const sent: Sent = {
    measured: { name: "导出同步包", unit: "处变动", ours: [], floor: [] },
    files: [],
    floorFiles: [],
    bytes: 0,
    floorBytes: 0,
    changes: 0,
  };
  for (const [index, district] of districts.entries()) {
    if (waitingRows(district.context, readyLink(district.context.store, CITY)) > 0) {
      await carry(district, city, work);
      await carry(city, district, work);
    }
    const chosen = [...acts(district.filled, district.actor, changes * (SHARES[index] ?? 0), 300 + index)];
    write(district, chosen);
    const edits = chosen.filter(({ entity }) => entity !== "visit");
    const contested = edits.filter((_, place) => place % Math.round(edits.length / (chosen.length * CONFLICTS)) === 0);
    write(
      city,
      contested.map((edit) => ({ ...edit, values: disputed(edit) }) as Write),
    );
    const floor = openFloor(floors[index] ?? "");
    const plain = chosen.map(plainOf);
    floor.transaction(() => upsertAll(floor, plain))();
    const total = chosen.length;
    const floorFile = join(work, `floor-${index}`);
    let file = "";
    for (let round = 0; round < ROUNDS; round++) {
      const raw = await timed(() => exportFloor(floor, plain, district.keys, city.keys.ageRecipient, floorFile));
      const made = await timed(() => exportBundle(district.context, district.keys, CITY, work, PERSON, VERSION));
      sent.measured.floor.push(per(total, raw));
      sent.measured.ours.push(per(total, made));
      file = made.result.path;
    }
    floor.close();
    sent.files.push(file);
    sent.floorFiles.push(floorFile);
    sent.bytes += statSync(file).size;
    sent.floorBytes += statSync(floorFile).size;
    sent.changes += total;
  }
  return sent;
}

function write({ context, actor }: BenchOffice, chosen: readonly Write[]): void {
  context.store.transaction(() => {
    for (const each of chosen) context.journal.write(actor, "update_node", [each]);
  });
}

/** Other values for the same fields. */
function disputed({ values }: Write): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === "number"
        ? value + 1
        : field.endsWith("_on") || field === "as_of"
          ? "2026-01-01"
          : "市里另有说法",
    ]),
  );
}

/** The import's process gets the heap of the thread in which the program imports. */
const threadHeap = [
  `--max-semi-space-size=${THREAD_HEAP.maxYoungGenerationSizeMb / 3}`,
  `--max-old-space-size=${THREAD_HEAP.maxOldGenerationSizeMb}`,
];

/** Both bundles into the city, and the same changes into the floor, each time into fresh copies. */
function measureImports(work: string, cityFolder: string, cityFloor: string, sent: Sent): Measured {
  const measured: Measured = { name: "导入同步包", unit: "处变动", ours: [], floor: [] };
  const peaks: number[] = [];
  const repeats: number[] = [];
  let conflicts = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const floorCopy = join(work, "floor-copy.db");
    cpSync(cityFloor, floorCopy);
    const raw = JSON.parse(runSelf("sync-floor", floorCopy, cityFolder, ...sent.floorFiles)) as Spent;
    measured.floor.push(per(sent.changes, raw));
    const copy = join(work, `copy-${round}`);
    cpSync(cityFolder, copy, { recursive: true });
    const taken = JSON.parse(runSelfWith(threadHeap, "sync-import", copy, ...sent.files)) as Spent & {
      peakMb: number;
      conflicts: number;
      againMs: number;
    };
    measured.ours.push(per(sent.changes, taken));
    peaks.push(taken.peakMb);
    repeats.push(taken.againMs);
    conflicts = taken.conflicts;
    rmSync(copy, { recursive: true });
  }
  const [peak, repeat] = [median(peaks), median(repeats)];
  report("冲突", `${conflicts} 处`);
  judge("导入内存峰值", `${peak.toFixed(0)} MB`, "< 400 MB", peak < 400);
  if (sent.changes > REPEATED) report("再次导入", `${repeat.toFixed(0)} ms`);
  else judge("再次导入", `${repeat.toFixed(0)} ms`, "< 20 ms", repeat < 20);
  return measured;
}

/** `cli sync-import FOLDER FILE…` */
export async function takeFiles(): Promise<void> {
  const [folder = "", ...files] = process.argv.slice(3);
  const store = await openStore(join(folder, DATABASE_FILE));
  const { context, keys } = officeIn(folder, store, CITY.padStart(8, "0"), CITY, "大连市", readKeys(folder));
  const take = async () => {
    let conflicts = 0;
    for (const file of files)
      conflicts += (await importBundle(context, keys, readFileSync(file), basename(file), PERSON)).conflicts;
    return conflicts;
  };
  const { result, seconds, cpu } = await timed(take);
  const peakMb = peakMemoryMb();
  const again = await timed(take);
  console.log(JSON.stringify({ seconds, cpu, peakMb, conflicts: result, againMs: again.cpu * 1000 }));
  store.close();
}

/** `cli sync-floor DATABASE CITY-FOLDER FILE…` */
export async function takeFloorFiles(): Promise<void> {
  const [path = "", cityFolder = "", ...files] = process.argv.slice(3);
  const sqlite = openFloor(path);
  const { ageIdentity } = readKeys(cityFolder);
  const signers = DISTRICTS.map((id) => readKeys(join(dirname(cityFolder), id)).signingKey);
  const { seconds, cpu } = await timed(async () => {
    for (const [index, file] of files.entries()) await importFloor(sqlite, file, signers[index] ?? "", ageIdentity);
  });
  console.log(JSON.stringify({ seconds, cpu }));
  sqlite.close();
}

async function rate(count: number, work: () => unknown): Promise<Rate> {
  return per(count, await timed(work));
}

function per(count: number, { seconds, cpu }: Spent): Rate {
  return { cpu: count / cpu, clock: count / seconds };
}

const targets: Record<string, number> = {
  "录入一次操作（各自落盘）": 0.8,
  "批量录入（一次操作）": 0.6,
  导出同步包: 0.6,
  导入同步包: 1,
};

function show({ name, unit, ours, floor }: Measured): void {
  const shareBy = (what: keyof Rate) => median(ours.map((each, round) => each[what] / (floor[round]?.[what] ?? 1)));
  const rateBy = (rates: Rate[]) => Math.round(median(rates.map(({ cpu }) => cpu)));
  const target = targets[name] ?? 0;
  const share = shareBy("cpu");
  const shares = `比值 ${share.toFixed(2)}（按时钟 ${shareBy("clock").toFixed(2)}）`;
  const text = `每秒 ${rateBy(ours)} ${unit}，对照 ${rateBy(floor)}，${shares}`;
  judge(name, text, `≥ ${target.toFixed(1)}`, share >= target);
}
