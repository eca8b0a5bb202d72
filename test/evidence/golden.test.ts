/**
 * Bundles of every released format, read by the present program, by the stock age tool, and by a reader that knows
 * nothing but the page that describes the format. `MAKE_GOLDEN=1-0.2.0` writes the folder of a new release instead.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { entityNames } from "#domain/registry.ts";
import { Journal, newId } from "#journal/journal.ts";
import { packSets } from "#journal/section/pack.ts";
import { scopeOf } from "#journal/unknown-records.ts";
import { backupTo } from "#store/backup.ts";
import { openStore } from "#store/open.ts";
import type { Store } from "#store/store.ts";
import { importBundle } from "#sync/import.ts";
import { type OfficeKeys, readKeys } from "#sync/keys.ts";
import { changesIn, tempFolder } from "../helpers/replica.ts";
import { carry, createNode, createProject, openNetwork, record, send, type TestOffice } from "../sync/network.ts";
import { openFile, readPayload } from "./golden/reader.ts";
import { reportAll } from "./settings.ts";

const GOLDEN = join(import.meta.dirname, "golden");
const releases = readdirSync(GOLDEN, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const making = process.env.MAKE_GOLDEN;

/** Rows of a ledger by entity and id, without what only this log numbers. */
function recordsOf(store: Store): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(
    entityNames.map((entity) => {
      const rows = store.sqlite.prepare(`select * from ${entity} order by id`).all() as Record<string, unknown>[];
      return [
        entity,
        rows.map(({ touched_by: _, ...row }) =>
          Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
        ),
      ];
    }),
  );
}

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const bundlesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".lxq"))
    .sort();

async function openReceiver(release: string) {
  const folder = tempFolder();
  const golden = join(GOLDEN, release);
  writeFileSync(join(folder, "lianxinqiao.db"), zstdDecompressSync(readFileSync(join(golden, "office.db.zst"))));
  cpSync(join(golden, "keys.json"), join(folder, "keys.json"));
  const store = await openStore(join(folder, "lianxinqiao.db"));
  const facts = json(join(golden, "facts.json")) as { officeId: string; officeName: string; now: string };
  // The life of the database that the bundles were made for.
  const { receiver } = (json(join(golden, "1.lxq.json")) as { head: { receiver: string } }).head;
  const journal = new Journal(store, receiver, () => Date.parse(facts.now));
  const context = { store, journal, ...facts, dataFolder: folder, now: () => new Date(facts.now) };
  return { store, journal, context, keys: readKeys(folder) };
}

if (making === undefined) {
  test("there are bundles of at least one release", () => {
    expect(releases.length).toBeGreaterThan(0);
  });
} else {
  test("the folders of a new release", makeRelease);
}

const started = performance.now();
const tally: Record<string, number> = {};
afterAll(() => reportAll("golden bundles", tally, started));

for (const { name } of making === undefined ? releases : []) {
  const golden = join(GOLDEN, name);

  test(`${name}: every bundle is imported and gives the records it gave then, and nothing the second time`, async () => {
    const { store, context, keys } = await openReceiver(name);
    for (const again of [false, true]) {
      for (const file of bundlesIn(golden)) {
        const { outcome } = await importBundle(context, keys, readFileSync(join(golden, file)), file, "经办示例");
        expect(outcome, file).toBe(again ? "already" : "applied");
      }
      expect(recordsOf(store)).toMatchObject(json(join(golden, "expected.json")));
    }
    tally[`${name}, by the program`] = bundlesIn(golden).length;
    store.close();
  });

  test(`${name}: the stock age tool opens the bundles, and a reader made from the description alone reads them`, () => {
    const keys = json(join(golden, "keys.json")) as OfficeKeys;
    const { senderKey } = json(join(golden, "facts.json")) as { senderKey: string };
    const folder = tempFolder();
    writeFileSync(join(folder, "identity"), `${keys.ageIdentity}\n`);
    for (const file of bundlesIn(golden)) {
      const { ciphertext } = openFile(readFileSync(join(golden, file)), senderKey);
      writeFileSync(join(folder, "bundle.age"), ciphertext);
      const plain = execFileSync("age", ["-d", "-i", join(folder, "identity"), join(folder, "bundle.age")], {
        maxBuffer: 64 * 1024 * 1024,
      });
      expect(readPayload(plain)).toEqual(json(join(golden, `${file}.json`)));
    }
    tally[`${name}, by age and the second reader`] = bundlesIn(golden).length;
  });
}

async function makeRelease(): Promise<void> {
  const { city, district, street } = await openNetwork();
  const project = createProject(street, "示例海洋装备产业园");
  const node = createNode(street, project, "施工许可证");
  await carry(street, district);
  await carry(district, city);
  await carry(city, district);
  await make(`${making}-city`, city, district, async () => {
    workOf(street, project, node);
    await carry(street, district);
    record(district, [{ entity: "node", id: node, values: { audit_state: "approved", reviewed_on: "2026-11-22" } }]);
    monthOf(district, project);
    const fromFuture = packSets(
      [
        {
          ...district.actor,
          stamp: `0mxyz0001abc${district.journal.replica}`,
          action: "survey_by_robot",
          records: [
            { entity: "project", id: project, values: { carbon_score: "甲级" }, replaced: null },
            { entity: "robot", id: "robot-1", values: { project_id: project, speed: 1.5 }, replaced: null },
          ],
        },
      ],
      (entity) => (entity === "robot" ? { by: "project", column: "project_id" } : scopeOf(district.store)(entity)),
    );
    district.store.transaction(() =>
      district.journal.ingest([{ packed: fromFuture.packed, seal: null }], 2, street.context.officeId),
    );
    record(city, [{ entity: "project", id: project, values: { owner: "市里另有说法" } }]);
  });
  await make(`${making}-district`, district, city, async () => {
    record(city, [{ entity: "project", id: project, values: { sponsor: "李样本", lead_unit: "示例局" } }]);
    record(city, [
      { entity: "setting", id: "light-test", values: { key: "light.redAfterDays", value: "45", source: "示例" } },
    ]);
  });
}

function workOf(street: TestOffice, project: string, node: string): void {
  record(street, [
    { entity: "project", id: project, values: { owner: "大连示例有限公司", total_investment: 1_234_500 } },
  ]);
  record(street, [
    { entity: "project", id: project, values: { image_progress: "主体封顶\n设备进场", stage: "started" } },
  ]);
  // Replaces different change sets in different fields.
  record(street, [
    {
      entity: "project",
      id: project,
      values: { owner: "大连示例集团有限公司", stage: "under_construction", total_investment: null },
    },
  ]);
  record(street, [
    {
      entity: "node",
      id: node,
      values: { actual_on: "2026-11-20", completion_note: "已领证", audit_state: "submitted" },
    },
  ]);
  record(street, [
    { entity: "node", id: createNode(street, project, "误录的节点"), values: { archived_on: "2026-11-22" } },
  ]);
}

/** One record of each kind that the month's work makes. */
function monthOf(district: TestOffice, project_id: string): void {
  const { officeId: office_id, personName: person_name } = district.actor;
  const [issue_id, statement_id] = [newId("issue"), newId("month_statement")];
  const closed = { month: "2026-10", frozen_on: "2026-11-02" };
  record(district, [
    {
      entity: "annual_plan",
      id: newId("annual_plan", { project_id, year: 2026 }),
      values: { project_id, year: 2026, planned_investment: 800_000 },
    },
    {
      entity: "fund",
      id: newId("fund"),
      values: { project_id, name: "第一批", year: 2026, source: "special_bond", arranged: 500_000 },
    },
    {
      entity: "permit",
      id: newId("permit"),
      values: { project_id, name: "施工许可证", certificate_no: "示例〔2026〕1号", position: 1 },
    },
    {
      entity: "issue",
      id: issue_id,
      values: {
        project_id,
        title: "厂区外供水管网尚未接入",
        category: "municipal_pipes",
        source: "visit",
        found_on: "2026-11-10",
        state: "open",
        level: "region",
        needs_relief: 1,
      },
    },
    {
      entity: "issue_entry",
      id: newId("issue_entry"),
      values: {
        project_id,
        issue_id,
        kind: "raise",
        happened_on: "2026-11-12",
        level: "vice_mayor",
        office_id,
        person_name,
      },
    },
  ]);
  record(district, [
    {
      entity: "month_statement",
      id: statement_id,
      values: { ...closed, office_id, person_name, rules: "{}", totals: "{}" },
    },
    {
      entity: "statement_line",
      id: newId("statement_line"),
      values: {
        project_id,
        statement_id,
        office_id,
        managed_by: office_id,
        month: closed.month,
        light: "green",
        nodes_due: 0,
      },
    },
  ]);
}

/** The receiver as it stands, then `work`, then bundles from the sender and what they gave. */
async function make(name: string, receiver: TestOffice, sender: TestOffice, work: () => Promise<void>): Promise<void> {
  const folder = join(GOLDEN, name);
  mkdirSync(folder);
  const copy = join(tempFolder(), "copy.db");
  backupTo(receiver.store.sqlite, copy);
  await work();
  writeFileSync(join(folder, "office.db.zst"), zstdCompressSync(readFileSync(copy)));
  cpSync(join(receiver.folder, "keys.json"), join(folder, "keys.json"));
  const { officeId, officeName } = receiver.context;
  const facts = { officeId, officeName, now: "2026-11-22T12:00:00Z", senderKey: sender.keys.signingKey };
  writeFileSync(join(folder, "facts.json"), JSON.stringify(facts, null, 1));
  for (const number of [1, 2]) {
    if (number === 2) record(sender, [{ entity: "person", id: sender.actor.personId, values: { phone: "0411-示例" } }]);
    const { bytes } = await send(sender, receiver);
    writeFileSync(join(folder, `${number}.lxq`), bytes);
    const { ciphertext } = openFile(bytes, sender.keys.signingKey);
    const identity = join(tempFolder(), "identity");
    writeFileSync(identity, `${receiver.keys.ageIdentity}\n`);
    const plain = execFileSync("age", ["-d", "-i", identity], { input: ciphertext, maxBuffer: 64 * 1024 * 1024 });
    writeFileSync(join(folder, `${number}.lxq.json`), JSON.stringify(readPayload(plain), null, 1));
  }
  const fresh = await openReceiver(name);
  for (const file of bundlesIn(folder)) {
    await importBundle(fresh.context, fresh.keys, readFileSync(join(folder, file)), file, "经办示例");
  }
  // The second reader agrees with the first.
  const read = bundlesIn(folder).flatMap(
    (file) => (json(join(folder, `${file}.json`)) as ReturnType<typeof readPayload>).sets,
  );
  expect(read.flatMap(({ changes }) => changes.map(({ id }) => id)).length).toBeGreaterThan(0);
  for (const { changes } of read)
    for (const { entity, id, values } of changes) {
      expect(changesIn(fresh)).toContainEqual(expect.objectContaining({ entity, id, values }));
    }
  writeFileSync(join(folder, "expected.json"), JSON.stringify(recordsOf(fresh.store), null, 1));
  fresh.store.close();
}
