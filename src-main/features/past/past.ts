/** Answers the ledger's own questions from the books of a past day. */
import type { past as contract } from "#contract/past.ts";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { Handlers } from "#features/handlers.ts";
import { historyOfProject } from "#features/history.ts";
import type { Office } from "#features/office.ts";
import { projectPage } from "#features/projects/page.ts";
import { projects } from "#features/projects/projects.ts";
import { query } from "#store/store.ts";
import { PastBooks } from "./past-books.ts";

const opened = new WeakMap<Office, PastBooks>();

/** The past books of an open office. */
export function pastBooksOf(office: Office): PastBooks {
  const known = opened.get(office);
  if (known) return known;
  const made = new PastBooks(office);
  opened.set(office, made);
  return made;
}

/** This office as its books stood at the end of a day. Throws Failure future_date: only a day that is over stands still. */
export function officeOn(office: Office, date: string): Promise<Office> {
  if (date >= office.today) throw new Failure("future_date", { field: "台账日期", today: office.today });
  return pastBooksOf(office).on(date);
}

export const past: Handlers<typeof contract> = {
  state: (office) => {
    const first = office.store.prepare("select min(at_ms) from change_log").pluck().get() as number | null;
    return {
      firstDay: first === null ? null : localDate(new Date(first)),
      making: pastBooksOf(office).making,
    };
  },

  stop: (office) => {
    const books = pastBooksOf(office);
    const isMaking = books.making !== null;
    if (isMaking) books.close();
    return isMaking;
  },

  list: async (office, { booksOn, ...input }) => projects.list(await officeOn(office, booksOn), input),

  lightCounts: async (office, { booksOn, ...input }) => projects.lightCounts(await officeOn(office, booksOn), input),

  get: async (office, { booksOn, id }) => {
    const then = await officeOn(office, booksOn);
    const isThere = then.store.first(query.selectFrom("project").select("id").where("id", "=", id));
    if (!isThere) throw new Failure("past_without_project", { date: booksOn });
    const page = projectPage(then, id, booksOn);
    return {
      ...page,
      nodes: page.nodes.map((node) => ({ ...node, acts: [] })),
      editable: false,
      readOnlyReason: `这是 ${booksOn} 当日的台账，只能查看`,
    };
  },

  history: async (office, { booksOn, id, limit }) => historyOfProject(await officeOn(office, booksOn), id, limit),
};
