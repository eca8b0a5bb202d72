/** Visits (走访, F08): records, the list by project and secretary, and who is due for one. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { visits as contract, VisitRow } from "#contract/ledger.ts";
import { Failure } from "#domain/failure.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Row } from "#domain/registry.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import { formValues, requireActivePerson, requireNotFuture } from "./entry.ts";
import type { Handlers, InputOf } from "./handlers.ts";
import { nameSearchKey } from "./name-search.ts";
import type { Office } from "./office.ts";
import { filteredProjects, secretariesOf } from "./projects/list.ts";

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

  missing: (office, { asOf }) => missingVisits(office, asOf).rows,
};

/** A window of the visits of the filter, newest first, and how many there are in all. */
export function listVisits(
  office: Office,
  input: InputOf<typeof contract, "list">,
): { rows: VisitRow[]; total: number } {
  const found = query.selectFrom("visit").where((eb) => listConditions(office, input, eb));
  // A search reads every record anyway: the plus makes it read them in the order they are stored.
  const byDay = input.search ? sql`+visit.visited_on` : sql.ref("visit.visited_on");
  const window = found.select("visit.id").orderBy(byDay, "desc").orderBy("visit.id", "desc");
  const ids = office.store.all(window.limit(input.limit).offset(input.offset)).map(({ id }) => id);
  return {
    rows: visitRows(office, ids),
    total: office.store.first(found.select(sql<number>`count(*)`.as("total")))?.total ?? 0,
  };
}

/**
 * Active projects of this office and below that nobody visited within the setting's days before `asOf`, the
 * longest unvisited first. `limit` bounds the rows, not the total.
 */
export function missingVisits(office: Office, asOf: string, limit = -1) {
  const due = filteredProjects(office, { unvisitedOnly: true, officeId: office.id }, asOf);
  const lastVisit = sql<string | null>`(select max(visited_on) from visit where visit.project_id = project.id
    and visit.archived_on is null and visit.visited_on <= ${asOf})`;
  const rows = office.store.all(
    due
      .leftJoin("office", "office.id", "project.office_id")
      .leftJoin("project_search", "project_search.project_id", "project.id")
      .select(["project.id", "project.name", "office.name as officeName", lastVisit.as("visited_on")])
      .orderBy("visited_on")
      .orderBy("project_search.name_key")
      .orderBy("project.id")
      .limit(limit),
  );
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const secretaries = secretariesOf(office, sql<string>`(select value from json_each(${ids}))`, asOf);
  return {
    rows: rows.map(({ id, name, officeName, visited_on }) => ({
      projectId: id,
      projectName: name,
      officeName: officeName ?? "",
      secretaries: secretaries.get(id) ?? "",
      lastVisitOn: visited_on,
    })),
    total: office.store.first(due.select(sql<number>`count(*)`.as("total")))?.total ?? 0,
  };
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

function visitRows(office: Office, ids: readonly string[]): VisitRow[] {
  const rows = office.store.all(
    query
      .selectFrom("visit")
      .leftJoin("project", "project.id", "visit.project_id")
      .leftJoin("person", "person.id", "visit.person_id")
      .leftJoin("office", "office.id", "project.office_id")
      .selectAll("visit")
      .select(["project.name as projectName", "person.name as personName", "office.name as officeName"])
      .where("visit.id", "in", sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
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
