/** What must hold once a history is at rest; each check throws an error that names the law. */
import { entityNames } from "#domain/registry.ts";
import type { History } from "./history.ts";
import { conflictsOf, type Row, rowsOf } from "./look.ts";
import type { Machine } from "./machine.ts";
import { byRecord, differenceOf, type Ledger, type Part, recordKey, stateOf } from "./model.ts";
import { LATE_ENTITY } from "./program.ts";
import { checkScope } from "./scope-checks.ts";
import { unprovenParts } from "./unproven.ts";

/** Writes that may or may not have survived are tried in every combination up to this number. */
const MAYBE_AT_MOST = 8;

/** Returns how many records were left out of the comparisons because of writes that nobody can prove. */
export function checkHistory(history: History): { unproven: number } {
  const ledgers = new Map(history.all().map((machine) => [machine.office.id, ledgerOf(machine)]));
  const unproven = unprovenParts({ all: history.all(), places: history.places });
  const records = new Set([...unproven].map(({ entity, id }) => recordKey(entity, id)));
  checkNothingLost(history, ledgers.get("c") as Ledger, unproven);
  checkScope(history, ledgers, records);
  for (const machine of history.all()) checkReplay(machine);
  checkClocks(history);
  return { unproven: records.size };
}

/** Every record of an office, by "entity id". */
export function ledgerOf({ store, program }: Machine): Ledger {
  const rows = new Map<string, Row>();
  const entities: string[] = [...entityNames];
  if (program.isNewer) entities.push(LATE_ENTITY);
  for (const entity of entities) for (const [id, row] of rowsOf(store, entity)) rows.set(recordKey(entity, id), row);
  return { rows, conflicts: conflictsOf(store) };
}

/** Law 2. */
function checkReplay({ name, program, store }: Machine): void {
  const { ok, lines } = program.verifyStore(store);
  if (!ok) throw new Error(`law 2: the tables of ${name} are not what its log says: ${lines.join(" ")}`);
}

/** Laws 5 and 6: the city shows what follows from all writes that were not lost with a machine, and nothing else. */
function checkNothingLost(history: History, city: Ledger, unproven: ReadonlySet<Part>): void {
  const sure = new Set(history.all().flatMap(({ knowledge }) => [...knowledge.sure]));
  for (const part of unproven) sure.delete(part);
  const maybe = new Set(history.all().flatMap(({ knowledge }) => [...knowledge.maybe]));
  const certain = byRecord(sure);
  for (const [key, parts] of byRecord(maybe)) {
    const mine = certain.get(key) ?? [];
    const open = parts.filter((part) => !sure.has(part));
    if (open.length > MAYBE_AT_MOST) continue;
    const differences = subsets(open).map((more) => difference(city, key, [...mine, ...more]));
    if (differences.every((found) => found !== null)) {
      throw new Error(`laws 5 and 6: ${key} in the city: ${differences[0]}\n${tellParts(parts, sure)}`);
    }
  }
}

function difference(ledger: Ledger, key: string, parts: readonly Part[]): string | null {
  const row = ledger.rows.get(key);
  if (!row) return parts.length === 0 ? null : "missing";
  if (isFounded(key)) return null;
  if (parts.length === 0) return "should not be there";
  return differenceOf({ values: row, conflicts: ledger.conflicts.get(key) ?? {} }, stateOf(parts));
}

/** Offices and their first people were there before the history began: only what was written later is compared. */
function isFounded(key: string): boolean {
  return key.startsWith("office ") || /^person person-[a-z]\d?$/.test(key);
}

function tellParts(parts: readonly Part[], sure: ReadonlySet<Part>): string {
  const told = [...parts].sort((left, right) => (left.stamp < right.stamp ? -1 : 1));
  return told
    .map((part) => {
      const doubt = sure.has(part) ? "" : " (perhaps lost)";
      return `  ${part.stamp} by ${part.author}${doubt} ${JSON.stringify(part.values)} over ${JSON.stringify(part.replaced)}`;
    })
    .join("\n");
}

function subsets<T>(items: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let mask = 0; mask < 2 ** items.length; mask++) all.push(items.filter((_, index) => mask & (1 << index)));
  return all;
}

const DAY_MS = 86_400_000;
/** How far an act of a clock that is ahead of its PC steps aside at most. */
const STEP_ASIDE_MS = 1000;

/**
 * Law 11: no clock is dragged by others further ahead than a day beyond the latest time its own PC ever told. From there
 * each act may step aside, and so may those that copies of the database go on from.
 */
function checkClocks(history: History): void {
  let ahead = 0;
  for (const { stamp, author, latest } of history.stamped) {
    const told = Number.parseInt(stamp.slice(0, 9), 36);
    if (told > latest) ahead++;
    if (told > latest + DAY_MS + ahead * STEP_ASIDE_MS)
      throw new Error(`law 11: ${author} wrote at ${new Date(told).toISOString()}`);
  }
}
