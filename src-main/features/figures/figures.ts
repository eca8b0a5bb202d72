/**
 * Figures of every project, kept in a temporary table for the days and months that are being looked at: what whole
 * ledgers are counted, summed and sorted by is then read from narrow rows. The log tells which projects were touched
 * since, whoever wrote, so that after an act or an import only these are worked out again.
 */
import { type RawBuilder, sql } from "kysely";
import { Log } from "#journal/log.ts";
import { query, type Store } from "#store/store.ts";
import type { Basis } from "./basis.ts";
import { changedProjects } from "./changed.ts";
import { type Chosen, isChosen } from "./chosen.ts";
import { type FiguresRow, figuresSource, figureTypes } from "./source.ts";

/** So many days and months are kept side by side; then the one asked for longest ago makes room. */
const SLOTS = 6;
/** Projects whose figures are worked out without a pause: some ten milliseconds. */
const PORTION = 500;

/** The figures on this basis, up to date, as a table for a from clause; see FiguresRow for its columns. */
export function figuresOn(store: Store, basis: Basis): RawBuilder<FiguresRow> {
  return sql<FiguresRow>`(select * from figures where slot = ${sql.lit(slotOf(store, basis))})`;
}

/** One figure on this basis of the row of `project` at hand, as an expression; null where there is no such project. */
export function figureOf<C extends keyof FiguresRow>(store: Store, basis: Basis, column: C) {
  const slot = sql.lit(slotOf(store, basis));
  return sql<FiguresRow[C] | null>`(select ${sql.ref(column)} from figures
    where figures.slot = ${slot} and figures.project_id = project.id)`;
}

/**
 * Works the figures on this basis out a portion of the projects at a time, so that others may work in between; what
 * changes meanwhile is brought up to date when they are asked for. Whoever asks before the end has them made at once.
 */
export function* figuresInPortions(store: Store, basis: Basis, portion = PORTION): Generator<void> {
  const key = JSON.stringify(basis);
  const isMine = () => readSlot(store, key)?.is_whole === 0;
  const slot = store.snapshot(() => {
    const number = new Log(store).end();
    const known = readSlot(store, key);
    if (known?.is_whole === 1 && changedProjects(store, known.number, number) !== null) return null;
    const free = known?.slot ?? freeSlot(store);
    store.prepare("delete from figures where slot = ?").run(free);
    noteSlot(store, free, key, number, 0);
    return free;
  });
  if (slot === null) return;
  for (const chosen of portionsOf(store, portion)) {
    if (!isMine()) return;
    insert(store, slot, basis, chosen);
    yield;
  }
  if (isMine()) store.prepare("update figures_slot set is_whole = 1 where slot = ?").run(slot);
}

/** All projects, so many at a time as are looked at without a pause. */
function portionsOf(store: Store, length = PORTION): Chosen[] {
  const ids = store.prepare("select id from project order by id").pluck().all() as string[];
  return Array.from({ length: Math.ceil(ids.length / length) }, (_, place) => {
    const portion = ids.slice(place * length, (place + 1) * length);
    return { first: portion[0] ?? "", last: portion.at(-1) ?? "" };
  });
}

type Slot = { slot: number; number: number; is_whole: 0 | 1 };

/** Brings the figures on this basis up to date; the slot of the table where they are. */
function slotOf(store: Store, basis: Basis): number {
  const key = JSON.stringify(basis);
  return store.snapshot(() => {
    const number = new Log(store).end();
    const known = readSlot(store, key);
    const slot = known?.slot ?? freeSlot(store);
    if (known?.number !== number || known.is_whole === 0) {
      fill(store, slot, basis, known?.is_whole === 1 ? changedProjects(store, known.number, number) : null);
    }
    noteSlot(store, slot, key, number, 1);
    return slot;
  });
}

function readSlot(store: Store, key: string): Slot | undefined {
  for (const statement of temporary) store.sqlite.exec(statement);
  return store.prepare("select slot, number, is_whole from figures_slot where basis = ?").get(key) as Slot | undefined;
}

function noteSlot(store: Store, slot: number, key: string, number: number, isWhole: 0 | 1): void {
  store
    .prepare(
      `insert or replace into figures_slot (slot, basis, number, is_whole, used)
       select ?, ?, ?, ?, coalesce(max(used), 0) + 1 from figures_slot`,
    )
    .run(slot, key, number, isWhole);
}

function fill(store: Store, slot: number, basis: Basis, chosen: Chosen): void {
  execute(store, sql`delete from figures where slot = ${slot} and ${isChosen("project_id", chosen)}`);
  insert(store, slot, basis, chosen);
}

function insert(store: Store, slot: number, basis: Basis, chosen: Chosen): void {
  execute(store, sql`insert into figures select ${slot}, * from (${figuresSource(basis, chosen)})`);
}

function execute(store: Store, statement: RawBuilder<unknown>): void {
  const { sql: text, parameters } = statement.compile(query);
  store.prepare(text).run(...parameters);
}

/** One never used, or else the one that was asked for longest ago. */
function freeSlot(store: Store): number {
  const slots = store.prepare("select slot from figures_slot order by used").pluck().all() as number[];
  return slots.length < SLOTS ? slots.length : (slots[0] ?? 0);
}

const columns = Object.entries(figureTypes).map(([name, type]) => `${name} ${type}`);

const temporary = [
  `create temp table if not exists figures_slot
    (slot integer primary key, basis text not null unique, number integer not null, is_whole integer not null,
    used integer not null)`,
  `create temp table if not exists figures
    (slot integer not null, ${columns.join(", ")}, primary key (slot, project_id)) without rowid`,
];
