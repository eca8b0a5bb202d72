/** Sections that come in one bundle are taken in together: as if each had come alone, and the log tells the same. */
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { appliedTables } from "#journal/apply.ts";
import type { ChangeSet } from "#journal/change-set.ts";
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

/** Two authors' change sets in an order in which they may come. */
async function authored(acts: readonly Act[]): Promise<ChangeSet[]> {
  const authors = [await openReplica("a"), await openReplica("b")] as [Replica, Replica];
  const sets = acts.flatMap((each) => {
    const [author, other] = each.at === 0 ? authors : [authors[1], authors[0]];
    if (each.isTold) receive(author, logOf(other));
    return perform(author, each) ?? [];
  });
  return sets.sort((left, right) => (left.stamp < right.stamp ? -1 : 1));
}

/** Sections of the sets, cut after the places that are named. */
function sectionsOf(replica: Replica, sets: readonly ChangeSet[], cuts: readonly number[]) {
  const ends = [...new Set([...cuts.map((cut) => (cut % sets.length) + 1), sets.length])].sort((a, b) => a - b);
  return ends.map((end, index) => ({
    packed: packSets(sets.slice(ends[index - 1] ?? 0, end), scopeOf(replica.store)).packed,
    seal: null,
  }));
}

function take(replica: Replica, sections: ReturnType<typeof sectionsOf>) {
  return replica.store.transaction(() => replica.journal.ingest(sections, 0, "peer"));
}

/** All that applying writes, with the numbers that rows remember. */
function everything({ store }: Replica): unknown[] {
  return [...appliedTables, "field_heads"].map((table) =>
    store.sqlite.prepare(`select * from ${table} order by 1, 2, 3`).all(),
  );
}

const cases = [fc.array(act, { minLength: 2, maxLength: 25 }), fc.array(fc.nat(), { maxLength: 6 })] as const;

test("laws 2 and 3: sections of one bundle leave what they leave one by one, and what the log rebuilds", async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (acts, cuts) => {
      const sets = await authored(acts);
      const [together, alone] = [await openReplica("c"), await openReplica("d")];
      const sections = sectionsOf(together, sets, cuts);
      const counts = take(together, sections);
      for (const section of sections) take(alone, [section]);
      expect(everything(together)).toEqual(everything(alone));
      expect(logOf(together)).toEqual(logOf(alone));
      expect(counts).toMatchObject({ known: 0, fresh: sets.reduce((sum, { records }) => sum + records.length, 0) });
      const before = everything(together);
      rebuildTables(together.store);
      expect(everything(together)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test("law 4: of sections cut anew only what brings something new stays in the log", async () => {
  await fc.assert(
    fc.asyncProperty(...cases, fc.nat(), async (acts, cuts, known) => {
      const sets = await authored(acts);
      const [replica, whole] = [await openReplica("c"), await openReplica("d")];
      const heard = sets.slice(0, (known % sets.length) + 1);
      receive(replica, heard);
      take(whole, sectionsOf(whole, sets, []));
      const counts = take(replica, sectionsOf(replica, sets, cuts));
      const stamps = logOf(replica).map(({ stamp }) => stamp);
      expect(new Set(stamps)).toEqual(new Set(sets.map(({ stamp }) => stamp)));
      expect(counts.fresh).toBe(sets.length - heard.length);
      const end = replica.journal.log.end();
      expect(take(replica, sectionsOf(replica, sets, [...cuts, 0]))).toMatchObject({ fresh: 0, known: sets.length });
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
    const sets = await authored([{ at: 0, entity: "project", row: 0, value: 1, isTold: false }]);
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
