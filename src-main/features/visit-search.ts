/**
 * Searching visits by what was written: the texts are kept in memory, where going through all of them takes a fraction
 * of what reading their rows does. The log tells which were touched since, whoever wrote.
 */
import { setImmediate as pause } from "node:timers/promises";
import { atOnce } from "#domain/at-once.ts";
import { Log } from "#journal/log.ts";
import type { Store } from "#store/store.ts";
import { changedRecords } from "./figures/changed.ts";

/** Visits read without a pause: some ten milliseconds. */
const PORTION = 2000;

/** An active visit; its text in lower case. */
type Told = { id: string; projectId: string; personId: string; day: string; text: string };

type Texts = {
  /** Of the log, up to which it was looked through. */
  number: number;
  isWhole: boolean;
  byId: Map<string, Told>;
  /** Projects, persons and days: each is kept once, not with every visit. */
  shared: Map<string, string>;
  making: Promise<void> | null;
};

/** What to look for: in texts, and visits of these projects and by these persons. Days are inclusive. */
export type VisitSearch = {
  needle: string;
  ofProjects: ReadonlySet<string>;
  byPersons: ReadonlySet<string>;
  projectId?: string | undefined;
  personId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const kept = new WeakMap<Store, Texts>();

/** Ends when visits can be searched without delay, or when the database is closed. The first time a while. */
export async function visitTextsReady(store: Store): Promise<void> {
  const known = kept.get(store);
  if (known?.isWhole && areFew(store, known)) return;
  const texts = known?.making ? known : blank(store);
  texts.making ??= (async () => {
    for (const _ of read(store, texts)) {
      await pause();
      if (!store.sqlite.open) return;
    }
  })().finally(() => {
    texts.making = null;
  });
  await texts.making;
}

/** Ids of a window of the visits found, newest first, and how many there are. */
export function searchVisits(
  store: Store,
  search: VisitSearch,
  offset: number,
  limit: number,
): { ids: string[]; total: number } {
  const { needle, ofProjects, byPersons, projectId, personId, from, to } = search;
  const byDay = new Map<string, string[]>();
  let total = 0;
  for (const visit of upToDate(store).values()) {
    const { day } = visit;
    if (projectId !== undefined && visit.projectId !== projectId) continue;
    if (personId !== undefined && visit.personId !== personId) continue;
    if ((from !== undefined && day < from) || (to !== undefined && day > to)) continue;
    if (!visit.text.includes(needle) && !ofProjects.has(visit.projectId) && !byPersons.has(visit.personId)) continue;
    total++;
    const ofDay = byDay.get(day);
    if (ofDay) ofDay.push(visit.id);
    else byDay.set(day, [visit.id]);
  }
  return { ids: windowOf(byDay, offset, limit), total };
}

/** Only the days that the window shows are put in order. */
function windowOf(byDay: ReadonlyMap<string, string[]>, offset: number, limit: number): string[] {
  const shown: string[] = [];
  let skipped = 0;
  for (const day of [...byDay.keys()].sort().reverse()) {
    const ids = byDay.get(day) ?? [];
    if (shown.length === 0 && skipped + ids.length <= offset) skipped += ids.length;
    else shown.push(...ids.sort().reverse());
    if (shown.length >= offset - skipped + limit) break;
  }
  return shown.slice(offset - skipped, offset - skipped + limit);
}

function blank(store: Store): Texts {
  const texts = { number: new Log(store).end(), isWhole: false, byId: new Map(), shared: new Map(), making: null };
  kept.set(store, texts);
  return texts;
}

function areFew(store: Store, { number }: Texts): boolean {
  return changedRecords(store, "visit", number, new Log(store).end()) !== null;
}

function upToDate(store: Store): Map<string, Told> {
  const end = new Log(store).end();
  const known = kept.get(store);
  const changed = known?.isWhole ? changedRecords(store, "visit", known.number, end) : null;
  if (!known || changed === null) {
    const texts = blank(store);
    atOnce(read(store, texts));
    return texts.byId;
  }
  for (const id of changed) known.byId.delete(id);
  const rows = store.prepare(`${SELECT} and id in (select value from json_each(?))`).all(JSON.stringify(changed));
  take(known, rows as VisitText[]);
  known.number = end;
  return known.byId;
}

type VisitText = Record<"id" | "project_id", string> &
  Record<"person_id" | "visited_on" | "findings" | "people_met" | "follow_up", string | null>;

const SELECT = `select id, project_id, person_id, visited_on, findings, people_met, follow_up
  from visit where archived_on is null`;

/** Reads all of them in portions; what changes meanwhile is in the log after the number from which it began. */
function* read(store: Store, texts: Texts): Generator<void> {
  const portion = store.prepare(`${SELECT} and id > ? order by id limit ${PORTION}`);
  for (let last = ""; ; ) {
    const rows = portion.all(last) as VisitText[];
    take(texts, rows);
    const end = rows.at(-1);
    if (end === undefined) break;
    last = end.id;
    yield;
  }
  texts.isWhole = true;
}

function take({ byId, shared }: Texts, rows: readonly VisitText[]): void {
  const once = (value: string | null) => {
    const text = value ?? "";
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  for (const { id, project_id, person_id, visited_on, findings, people_met, follow_up } of rows) {
    const text = [findings, people_met, follow_up].join("\n").toLowerCase();
    byId.set(id, { id, projectId: once(project_id), personId: once(person_id), day: once(visited_on), text });
  }
}
