/** People of the offices: clerks and service secretaries (秘书台账). An office keeps its own and its subtree's. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { people as contract, PersonRow } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import type { Row } from "#domain/registry.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { formValues } from "./entry.ts";
import type { Handlers, InputOf } from "./handlers.ts";
import { nameSearchKey } from "./name-search.ts";
import type { Office } from "./office.ts";
import { projectFacts, rowsOf } from "./project-facts.ts";
import { UntilLogGrows } from "./until-log-grows.ts";

export const people: Handlers<typeof contract> = {
  list: (office, asked) => listPeople(office, asked),

  find: (office, { search, limit }) => {
    const needle = searchNeedle(search);
    const { subtree } = office;
    const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
    const active = office.store.all(
      query.selectFrom("person").select(["id", "name", "office_id"]).where("archived_on", "is", null),
    );
    return active
      .filter(({ office_id }) => subtree.has(office_id))
      .map((person) => ({ ...person, at: nameSearchKey(person.name).indexOf(needle) }))
      .filter(({ at }) => at >= 0)
      .sort((left, right) => left.at - right.at || (left.name < right.name ? -1 : 1))
      .slice(0, limit)
      .map(({ id, name, office_id }) => ({ id, name, officeName: officeNames.get(office_id) ?? "" }));
  },

  save: (office, { id, values }) => {
    const given = formValues("person", values);
    if (id !== undefined) requireOwnPerson(office, id);
    if (given.office_id) requireOwnOffice(office, given.office_id);
    const made = id ?? newId("person");
    const next = id === undefined ? { office_id: office.id, ...given } : given;
    return office.write("save_person", made, [{ entity: "person", id: made, values: next }]);
  },

  archive: (office, { id }) => {
    const person = requireOwnPerson(office, id);
    if (id === office.actor.personId) throw new Failure("person_at_keyboard", { name: person.name });
    requireNotLast(office, person);
    return office.write("archive_person", id, [{ entity: "person", id, values: { archived_on: office.today } }]);
  },

  restore: (office, { id }) => {
    requireOwnPerson(office, id);
    return office.write("restore_person", id, [{ entity: "person", id, values: { archived_on: null } }]);
  },
};

/** People of the given office and below (default: this office), by office and pinyin. */
export function listPeople(
  office: Office,
  { officeId, secretariesOnly, includeArchived }: InputOf<typeof contract, "list">,
): PersonRow[] {
  let chosen = query
    .selectFrom("person")
    .selectAll()
    .where("person.office_id", "in", [...subtreeIds(office.offices, officeId ?? office.id)]);
  if (secretariesOnly) chosen = chosen.where("is_secretary", "=", 1);
  if (!includeArchived) chosen = chosen.where("archived_on", "is", null);
  // Offices in the order of their codes, so a district stands before its streets; within one, pinyin.
  const found = office.store.all(
    chosen.orderBy("person.office_id").orderBy(sql`pinyin_key(person.name)`).orderBy("person.id"),
  );
  const officeNames = new Map(office.offices.map(({ id, name }) => [id, name]));
  const projectCounts = projectsServed(office, office.today);
  const visits = knownVisits.answer(office.store, "visits", () => visitsByPerson(office));
  return found.map(({ versions: _, touched_by: __, ...person }) => ({
    ...person,
    officeName: officeNames.get(person.office_id) ?? "",
    projectCount: projectCounts.get(person.id) ?? 0,
    visitCount: visits.get(person.id)?.count ?? 0,
    lastVisitOn: visits.get(person.id)?.last ?? null,
  }));
}

function requireOwnOffice(office: Office, officeId: string): void {
  if (office.subtree.has(officeId)) return;
  throw new Failure("not_permitted", { office: office.self.name, what: "其他单位的人员", who: "其所在单位或上级" });
}

function requireOwnPerson(office: Office, id: string): Row<"person"> {
  const person = office.store.first(query.selectFrom("person").selectAll().where("id", "=", id));
  if (!person) throw new Failure("not_found", { what: "人员" });
  requireOwnOffice(office, person.office_id);
  return person;
}

/** An office without people could no longer be opened. */
function requireNotLast(office: Office, person: Row<"person">): void {
  const others = office.store.first(
    query
      .selectFrom("person")
      .select("id")
      .where("office_id", "=", person.office_id)
      .where("id", "!=", person.id)
      .where("archived_on", "is", null),
  );
  if (others) return;
  const name = office.offices.find(({ id }) => id === person.office_id)?.name ?? "";
  throw new Failure("last_person", { name: person.name, office: name });
}

/** How many projects each person serves on `date`, of those that meet `condition`, which asks projectFacts. */
export function projectsServed(
  office: Office,
  date: string,
  condition: RawBuilder<SqlBool> = sql`project.archived_on is null`,
): Map<string, number> {
  const rows = rowsOf(
    office.store,
    // Walked in the order of the people, so that nothing is sorted; of one project and person only one row counts.
    sql<{ person_id: string; count: number }>`select person_id, count(distinct project_id) as count
      from assignment indexed by assignment_by_person
      where archived_on is null and from_on <= ${date} and (to_on is null or to_on >= ${date})
        and project_id in (select id from ${projectFacts} where ${condition})
      group by person_id`,
  );
  return new Map(rows.map(({ person_id, count }) => [person_id, count]));
}

type Visits = { count: number; last: string };

/** All visits are looked at, so what was found is kept. */
const knownVisits = new UntilLogGrows<Map<string, Visits>>();

function visitsByPerson(office: Office): Map<string, Visits> {
  const rows = office.store.all(
    query
      .selectFrom("visit")
      .select(["person_id", sql<number>`count(*)`.as("count"), sql<string>`max(visited_on)`.as("last")])
      .where("archived_on", "is", null)
      .groupBy("person_id"),
  );
  return new Map(rows.map(({ person_id, ...visits }) => [person_id, visits]));
}
