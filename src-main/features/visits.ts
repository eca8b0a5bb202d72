/** Visits (走访, F08): records, the list by project and secretary, and who is due for one. */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from "kysely";
import type { visits as contract, MissingVisit, VisitRow } from "#contract/ledger.ts";
import { addDays } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Row } from "#domain/registry.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import { formValues, requireActivePerson, requireNotFuture } from "./entry.ts";
import { basisOn } from "./figures/basis.ts";
import { figuresOn } from "./figures/figures.ts";
import { figuresReady } from "./figures/ready.ts";
import type { Handlers, InputOf } from "./handlers.ts";
import { nameSearchKey } from "./name-search.ts";
import type { Office } from "./office.ts";
import { rowsOf } from "./project-facts.ts";
import { secretariesOf } from "./projects/list.ts";

export const visits: Handlers<typeof contract> = {
  /** A new visit is by default today's, by the person at the keyboard, in the form of a walk-in. */
  save: (office, { id, values }) => {
    const given = formValues("visit", values);
    requireNotFuture(office, "走访日期", given.visited_on);
    requireNotFuture(office, "办结日期", given.followed_up_on);
    const stored = id === undefined ? undefined : readVisit(office, id);
    for (const projectId of new Set([stored?.project_id, given.project_id])) {
      if (projectId) office.editableProject(projectId);
    }
    if (given.person_id && given.person_id !== stored?.person_id) requireActivePerson(office, given.person_id);
    if (id !== undefined) return office.write("update_visit", id, [{ entity: "visit", id, values: given }]);
    const made = newId("visit");
    const defaults = { person_id: office.actor.personId, visited_on: office.today, form: "visit" as const };
    return office.write("create_visit", made, [{ entity: "visit", id: made, values: { ...defaults, ...given } }]);
  },

  archive: (office, { id }) => {
    office.editableProject(readVisit(office, id).project_id);
    return office.write("archive_visit", id, [{ entity: "visit", id, values: { archived_on: office.today } }]);
  },

  restore: (office, { id }) => {
    office.editableProject(readVisit(office, id).project_id);
    return office.write("restore_visit", id, [{ entity: "visit", id, values: { archived_on: null } }]);
  },

  list: (office, input) => listVisits(office, input),

  missing: async (office, { asOf, offset, limit }) => {
    await figuresReady(office, basisOn(office, asOf));
    return { rows: missingVisits(office, asOf, offset, limit), total: countMissingVisits(office, asOf) };
  },
};

/** A window of the visits of the filter, newest first, and how many there are in all. */
export function listVisits(
  office: Office,
  input: InputOf<typeof contract, "list">,
): { rows: VisitRow[]; total: number } {
  const found = query.selectFrom("visit").where((eb) => listConditions(office, input, eb));
  const counted = () => office.store.first(found.select(sql<number>`count(*)`.as("total")))?.total ?? 0;
  const inWindow = found.select("visit.id").limit(input.limit).offset(input.offset);
  if (!input.search) {
    const rows = office.store.all(inWindow.orderBy("visit.visited_on", "desc").orderBy("visit.id", "desc"));
    return { rows: visitRows(office, rows), total: counted() };
  }
  // A search reads every record anyway: once, counting them too, and by the plus in the order they are stored.
  const rows = office.store.all(
    inWindow
      .select(sql<number>`count(*) over ()`.as("total"))
      .orderBy(sql`+visit.visited_on`, "desc")
      .orderBy("visit.id", "desc"),
  );
  // A window beyond the end has no row that could tell.
  const total = rows[0]?.total ?? (input.offset === 0 ? 0 : counted());
  return { rows: visitRows(office, rows), total };
}

/** Whether nobody visited within the setting's days before `asOf`; asks the columns of figures. */
export function isVisitMissing({ settings }: Office, asOf: string): RawBuilder<SqlBool> {
  const since = addDays(asOf, -settings["visit.overdueDays"]);
  return sql<SqlBool>`(last_visit_on is null or last_visit_on <= ${since})`;
}

/** The active projects of this office and below that are due for a visit, as a from clause. */
function projectsToVisit(office: Office, asOf: string): RawBuilder<unknown> {
  return sql`${figuresOn(office.store, basisOn(office, asOf))} as due where ${isVisitMissing(office, asOf)}
    and is_archived = 0 and managed_by in (${sql.join([...office.subtree])})`;
}

function countMissingVisits(office: Office, asOf: string): number {
  const [counted] = rowsOf(
    office.store,
    sql<{ total: number }>`select count(*) as total from ${projectsToVisit(office, asOf)}`,
  );
  return counted?.total ?? 0;
}

/** A window of the projects that are due for a visit, the longest unvisited first. */
export function missingVisits(office: Office, asOf: string, offset = 0, limit = -1): MissingVisit[] {
  const { store } = office;
  const window = rowsOf(
    store,
    sql<{ id: string; last_visit_on: string | null }>`select due.project_id as id, last_visit_on
      from ${projectsToVisit(office, asOf)}
      order by last_visit_on, name_key, project_id limit ${limit} offset ${offset}`,
  );
  const ids = sql<string>`(select value from json_each(${JSON.stringify(window.map(({ id }) => id))}))`;
  const projects = store.all(query.selectFrom("project").select(["id", "name", "office_id"]).where("id", "in", ids));
  const byId = new Map(projects.map((project) => [project.id, project]));
  const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
  const secretaries = secretariesOf(office, ids, asOf);
  return window.map(({ id, last_visit_on }) => ({
    projectId: id,
    projectName: byId.get(id)?.name ?? "",
    officeName: officeNames.get(byId.get(id)?.office_id ?? "") ?? "",
    secretaries: secretaries.get(id) ?? "",
    lastVisitOn: last_visit_on,
  }));
}

function readVisit(office: Office, id: string): Row<"visit"> {
  const visit = office.store.first(query.selectFrom("visit").selectAll().where("id", "=", id));
  if (!visit) throw new Failure("not_found", { what: "走访" });
  return visit;
}

/** A search looks at the project's and the person's names (also pinyin) and at what was written. */
function listConditions(
  office: Office,
  input: InputOf<typeof contract, "list">,
  eb: ExpressionBuilder<Tables, "visit">,
): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [eb("visit.archived_on", "is", null)];
  if (input.projectId) all.push(eb("visit.project_id", "=", input.projectId));
  if (input.personId) all.push(eb("visit.person_id", "=", input.personId));
  if (input.from) all.push(eb("visit.visited_on", ">=", input.from));
  if (input.to) all.push(eb("visit.visited_on", "<=", input.to));
  const needle = searchNeedle(input.search ?? "");
  if (needle !== "") {
    const people = JSON.stringify(personIdsMatching(office, needle));
    all.push(sql<SqlBool>`(visit.project_id in (select project_id from project_search where instr(search, ${needle}) > 0)
      or visit.person_id in (select value from json_each(${people}))
      or instr(${written("findings", needle)}, ${needle}) > 0 or instr(${written("people_met", needle)}, ${needle}) > 0
      or instr(${written("follow_up", needle)}, ${needle}) > 0)`);
  }
  return eb.and(all);
}

/** Lower case only where the needle has letters: on a hundred thousand Chinese texts it is most of the work. */
function written(column: "findings" | "people_met" | "follow_up", needle: string) {
  const text = sql.ref(`visit.${column}`);
  return /[a-z]/.test(needle) ? sql`lower(${text})` : text;
}

function personIdsMatching(office: Office, needle: string): string[] {
  const people = office.store.all(query.selectFrom("person").select(["id", "name"]));
  return people.filter(({ name }) => nameSearchKey(name).includes(needle)).map(({ id }) => id);
}

function visitRows(office: Office, window: readonly { id: string }[]): VisitRow[] {
  const ids = JSON.stringify(window.map(({ id }) => id));
  const rows = office.store.all(
    query
      .selectFrom("visit")
      .leftJoin("project", "project.id", "visit.project_id")
      .leftJoin("person", "person.id", "visit.person_id")
      .leftJoin("office", "office.id", "project.office_id")
      .selectAll("visit")
      .select(["project.name as projectName", "person.name as personName", "office.name as officeName"])
      .where("visit.id", "in", sql<string>`(select value from json_each(${ids}))`)
      .orderBy("visit.visited_on", "desc")
      .orderBy("visit.id", "desc"),
  );
  return rows.map(({ versions: _, touched_by: __, projectName, personName, officeName, ...visit }) => ({
    ...visit,
    projectName: projectName ?? "",
    personName: personName ?? "",
    officeName: officeName ?? "",
  }));
}
