/** Visits (走访, F08): records, the list by project and secretary, and who is due for one. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { visits as contract, MissingVisit, VisitRow } from "#contract/ledger.ts";
import { atOnce } from "#domain/at-once.ts";
import { Failure } from "#domain/failure.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Row } from "#domain/registry.ts";
import { visitDueSince } from "#domain/visit.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { formValues, requireActivePerson, requireNotFuture } from "./entry.ts";
import { basisOn } from "./figures/basis.ts";
import { figuresOn } from "./figures/figures.ts";
import { figuresReady } from "./figures/ready.ts";
import type { Handlers, InputOf } from "./handlers.ts";
import { nameSearchKey } from "./name-search.ts";
import type { Office } from "./office.ts";
import { inTurns } from "./portions.ts";
import { rowsOf } from "./project-facts.ts";
import { secretariesOf } from "./projects/list.ts";
import { searchVisits, visitTextsReady } from "./visit-search.ts";

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

  list: async (office, input) => {
    if (searchNeedle(input.search ?? "") !== "") await visitTextsReady(office.store);
    return inTurns(visitsInPortions(office, input));
  },

  missing: async (office, { asOf, offset, limit }) => {
    await figuresReady(office, basisOn(office, asOf));
    return { rows: missingVisits(office, asOf, offset, limit), total: countMissingVisits(office, asOf) };
  },
};

type Asked = InputOf<typeof contract, "list">;
type Window = { rows: VisitRow[]; total: number };

/** A window of the visits of the filter, newest first, and how many there are in all. */
export function listVisits(office: Office, asked: Asked): Window {
  return atOnce(visitsInPortions(office, asked));
}

function* visitsInPortions(office: Office, input: Asked): Generator<void, Window> {
  const { store } = office;
  const { projectId, personId, from, to, offset, limit } = input;
  const needle = searchNeedle(input.search ?? "");
  if (needle !== "") {
    const names = namesMatching(office, needle);
    yield;
    const { ids, total } = searchVisits(store, { needle, ...names, projectId, personId, from, to }, offset, limit);
    return { rows: visitRows(office, ids), total };
  }
  const found = query
    .selectFrom("visit")
    .where("visit.archived_on", "is", null)
    .$if(projectId !== undefined, (all) => all.where("visit.project_id", "=", projectId ?? ""))
    .$if(personId !== undefined, (all) => all.where("visit.person_id", "=", personId ?? ""))
    .$if(from !== undefined, (all) => all.where("visit.visited_on", ">=", from ?? ""))
    .$if(to !== undefined, (all) => all.where("visit.visited_on", "<=", to ?? ""));
  const window = found.select("visit.id").orderBy("visit.visited_on", "desc").orderBy("visit.id", "desc");
  const ids = store.all(window.limit(limit).offset(offset)).map(({ id }) => id);
  const total = store.first(found.select(sql<number>`count(*)`.as("total")))?.total ?? 0;
  return { rows: visitRows(office, ids), total };
}

/** Whether a project is due for a visit on `asOf`; asks the columns of figures. */
export function isVisitMissing({ settings }: Office, asOf: string): RawBuilder<SqlBool> {
  const since = visitDueSince(settings, asOf);
  return since === null ? sql<SqlBool>`false` : sql<SqlBool>`(last_visit_on is null or last_visit_on <= ${since})`;
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

/** A search looks at what was written, and at the names of the project and the person (also pinyin). */
function namesMatching({ store }: Office, needle: string) {
  const projects = store
    .prepare("select project_id from project_search where instr(search, ?) > 0")
    .pluck()
    .all(needle);
  const people = store.all(query.selectFrom("person").select(["id", "name"]));
  const matching = people.filter(({ name }) => nameSearchKey(name).includes(needle));
  return { ofProjects: new Set(projects as string[]), byPersons: new Set(matching.map(({ id }) => id)) };
}

function visitRows(office: Office, window: readonly string[]): VisitRow[] {
  const ids = JSON.stringify(window);
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
