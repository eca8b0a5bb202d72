/** Sections that come in one bundle are taken in together: as if each had come alone, and the log tells the same. */
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { appliedTables } from "#journal/apply.ts";
import type { ChangeSet } from "#journal/change-set.ts";
import { Journal } from "#journal/journal.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import { encodeSection } from "#journal/section/encode.ts";
import { openPacked, packSets } from "#journal/section/pack.ts";
import { scopeOf } from "#journal/unknown-records.ts";
import { logOf, openReplica, type Replica, receive } from "../helpers/replica.ts";

const act = fc.record({
  at: fc.nat(1),
  entity: fc.constantFrom("project", "visit"),
  row: fc.nat(3),
  value: fc.nat(99),
  /** Whether it is followed by one of a newer program, of a field and a record that are not known here. */
  isLate: fc.boolean(),
  /** Whether the other author hears of everything before. */
  isTold: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** The author's act as a change set; undefined when it changed nothing. */
function perform(author: Replica, { entity, row, value }: Act): ChangeSet | undefined {
  author.clock.now += 1000;
  const id = `${entity}-${row}`;
  const values =
    entity === "project"
      ? { name: `甲项目${value}`, office_id: "o1", image_progress: `进度${value}` }
      : { project_id: "project-0", person_id: "p", visited_on: "2026-11-22", form: "visit", findings: `情况${value}` };
  const recorded = author.journal.write(author.actor, "update_project", [{ entity, id, values }] as never);
  return recorded ? author.journal.log.setAt(recorded.number) : undefined;
}

/** What a newer program may have written at the same time, over what `before` wrote. */
function lateAfter(set: ChangeSet, { row, value }: Act, before: string | null): ChangeSet {
  const stamp = `${set.stamp.slice(0, -1)}${set.officeId === "a" ? "y" : "z"}`;
  const robot = { entity: "robot", id: `robot-${row}`, values: { project_id: "project-0", name: `机器人${value}` } };
  const hologram = { entity: "project", id: `project-${row}`, values: { hologram: `新${value}` } };
  return { ...set, stamp, records: [robot, hologram].map((record) => ({ ...record, replaced: before })) };
}

/** Two authors' change sets in an order in which they may come. */
async function authored(acts: readonly Act[]): Promise<ChangeSet[]> {
  const authors = [await openReplica("a"), await openReplica("b")] as [Replica, Replica];
  const lastLate = new Map<number, string>();
  const sets = acts.flatMap((each) => {
    const [author, other] = each.at === 0 ? authors : [authors[1], authors[0]];
    if (each.isTold) receive(author, logOf(other));
    const set = perform(author, each);
    if (!set) return [];
    if (!each.isLate) return [set];
    const late = lateAfter(set, each, lastLate.get(each.row) ?? null);
    lastLate.set(each.row, late.stamp);
    return [set, late];
  });
  return sets.sort((left, right) => (left.stamp < right.stamp ? -1 : 1));
}

/** Sections of the sets, cut after the places that are named; each begins with the last `overlap` sets of the one before. */
function sectionsOf(replica: Replica, sets: readonly ChangeSet[], cuts: readonly number[], overlap = 0) {
  const ends = [...new Set([...cuts.map((cut) => (cut % sets.length) + 1), sets.length])].sort((a, b) => a - b);
  return ends.map((end, index) => ({
    packed: packed(replica, sets.slice(Math.max(0, (ends[index - 1] ?? 0) - overlap), end)),
    seal: null,
  }));
}

function packed(replica: Replica, sets: readonly ChangeSet[]): Buffer {
  const known = scopeOf(replica.store);
  return packSets(sets, (entity) => (entity === "robot" ? { by: "project", column: "project_id" } : known(entity)))
    .packed;
}

function take(replica: Replica, sections: ReturnType<typeof sectionsOf>) {
  return replica.store.transaction(() => replica.journal.ingest(sections, 0, "peer"));
}

function sum(sets: readonly ChangeSet[]): number {
  return sets.reduce((total, { records }) => total + records.length, 0);
}

const countRows = "select (select count(*) from project) + (select count(*) from visit)";

/** All that applying writes, with the numbers that rows remember. */
function everything({ store }: Replica): unknown[] {
  return [...appliedTables, "field_heads", "unknown_record"].map((table) =>
    store.sqlite.prepare(`select * from ${table} order by 1, 2, 3`).all(),
  );
}

const cases = [fc.array(act, { minLength: 2, maxLength: 25 }), fc.array(fc.nat(), { maxLength: 6 })] as const;

test("laws 2 and 3: sections of one bundle leave what they leave one by one, and what the log rebuilds", async () => {
  await fc.assert(
    fc.asyncProperty(...cases, fc.nat(3), async (acts, cuts, overlap) => {
      const sets = await authored(acts);
      const [together, alone] = [await openReplica("c"), await openReplica("d")];
      const sections = sectionsOf(together, sets, cuts, overlap);
      const counts = take(together, sections);
      for (const section of sections) take(alone, [section]);
      expect(everything(together)).toEqual(everything(alone));
      expect(logOf(together)).toEqual(logOf(alone));
      expect(counts.fresh).toBe(sum(sets));
      expect(counts).toMatchObject({ added: together.store.sqlite.prepare(countRows).pluck().get(), changed: 0 });
      const before = everything(together);
      rebuildTables(together.store);
      expect(everything(together)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test("law 4: of sections cut anew those at the end that bring nothing new leave the log again", async () => {
  await fc.assert(
    fc.asyncProperty(...cases, fc.nat(), async (acts, cuts, known) => {
      const sets = await authored(acts);
      const replica = await openReplica("c");
      const heard = sets.slice(0, (known % sets.length) + 1);
      take(replica, sectionsOf(replica, heard, []));
      const counts = take(replica, sectionsOf(replica, sets, cuts));
      const stamps = logOf(replica).map(({ stamp }) => stamp);
      expect(new Set(stamps)).toEqual(new Set(sets.map(({ stamp }) => stamp)));
      expect(counts.fresh).toBe(sum(sets) - sum(heard));
      const end = replica.journal.log.end();
      expect(take(replica, sectionsOf(replica, sets, [...cuts, 0]))).toMatchObject({ fresh: 0, known: sum(sets) });
      expect(replica.journal.log.end()).toBe(end);
      const before = everything(replica);
      rebuildTables(replica.store);
      expect(everything(replica)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test("a section opens whether or not its frame tells the size of what is in it", async () => {
  const replica = await openReplica("a");
  for (const length of [1, 300, 70_000]) {
    const note = Array.from({ length }, (_, index) => (index * 7919) % 10).join("");
    const sets = await authored([{ at: 0, entity: "project", row: 0, value: 1, isLate: false, isTold: false }]);
    const [set] = sets;
    if (!set) throw new Error("nothing was written");
    const [record] = set.records;
    if (!record) throw new Error("nothing was written");
    const long = [{ ...set, records: [{ ...record, values: { ...record.values, content: note } }] }];
    const { bytes } = encodeSection(long, scopeOf(replica.store));
    const withoutSize = zstdCompressSync(bytes);
    const withSize = zstdCompressSync(bytes, { pledgedSrcSize: bytes.length });
    expect(openPacked(withoutSize).toSets()).toEqual(long);
    expect(openPacked(withSize).toSets()).toEqual(long);
  }
});

test("a section without change sets is refused", async () => {
  const replica = await openReplica("a");
  expect(() => openPacked(packed(replica, []))).toThrow("sets");
});

test("what was read in a transaction that was taken back is not taken for what is written since", async () => {
  const replica = await openReplica("c");
  const make = (name: string, value: number) => {
    const set = { at: 0, entity: "project" as const, row: 0, value, isLate: false, isTold: false };
    return authored([set]).then((sets) => sets.map((each) => ({ ...each, personName: name })));
  };
  const [first, second] = [await make("先写的人", 1), await make("后写的人", 2)];
  expect(() =>
    replica.store.transaction(() => {
      replica.journal.ingest(sectionsOf(replica, first, []), 0, "peer");
      expect(replica.journal.log.factsAt(1).personName).toBe("先写的人");
      throw new Error("the disk is full");
    }),
  ).toThrow("the disk is full");
  // As an import in a thread of its own does it.
  const other = new Journal(replica.store, replica.journal.replica, () => replica.clock.now);
  replica.store.transaction(() => other.ingest(sectionsOf(replica, second, []), 0, "peer"));
  expect(replica.journal.log.factsAt(1).personName).toBe("后写的人");
});
