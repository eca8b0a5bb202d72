/** Laws 3 and 8: who holds which records, and that all who share a record hold the same. */
import { registry } from "#domain/registry.ts";
import type { History } from "./history.ts";
import type { Row } from "./look.ts";
import { differenceOf, type Ledger, type Part } from "./model.ts";
import { LATE_ENTITY } from "./program.ts";
import { subtreeOf, type TreeOffice, tree } from "./tree.ts";

/** `unproven`: records with writes that the city lost and cannot be given back; offices that have them differ. */
export function checkScope(
  history: History,
  ledgers: ReadonlyMap<string, Ledger>,
  unproven: ReadonlySet<string>,
): void {
  const city = ledgers.get("c");
  if (!city) throw new Error("a history needs a city");
  for (const office of history.offices) {
    const ledger = ledgers.get(office.id);
    if (!ledger || office.id === "c") continue;
    const needed = neededBy(office, city);
    for (const key of needed) if (!unproven.has(key)) compare(office, key, ledger, city);
    for (const [key, row] of ledger.rows) {
      const project = projectOf(entityOf(key), row);
      if (needed.has(key) || unproven.has(key) || unproven.has(`project ${project}`)) continue;
      checkOutside(history, office, key, row, ledger);
    }
  }
}

/** Law 3: the child shows of a record in its scope what the city shows. */
function compare(office: TreeOffice, key: string, ledger: Ledger, city: Ledger): void {
  const row = ledger.rows.get(key);
  if (!row) throw new Error(`law 8: ${office.id} does not hold ${key}, which is in its scope`);
  const mine = { values: row, conflicts: ledger.conflicts.get(key) ?? {} };
  const difference = differenceOf(mine, { values: city.rows.get(key) ?? {}, conflicts: city.conflicts.get(key) ?? {} });
  if (difference) throw new Error(`law 3: ${key} at ${office.id}, compared with the city: ${difference}`);
}

/** What the office must hold, by the city's ledger. */
function neededBy({ id }: TreeOffice, city: Ledger): Set<string> {
  const subtree = subtreeOf(id);
  const needed = new Set<string>();
  const people = new Set<string>();
  for (const [key, row] of city.rows) {
    const entity = entityOf(key);
    if (entity === "office" || entity === "setting") needed.add(key);
    if (entity === "person" && (subtree.has(String(row.office_id)) || isAbove(String(row.office_id), id)))
      people.add(key);
    const project = projectOf(entity, row);
    if (project === null || !subtree.has(String(city.rows.get(`project ${project}`)?.office_id))) continue;
    needed.add(key);
    if (typeof row.person_id === "string") people.add(`person ${row.person_id}`);
  }
  for (const key of people) if (city.rows.has(key)) needed.add(key);
  return needed;
}

/** Law 8: what an office holds beyond its scope was once in it, and says so; what was written since is not there. */
function checkOutside(history: History, { id }: TreeOffice, key: string, row: Row, ledger: Ledger): void {
  const entity = entityOf(key);
  const stranger = (why: string) => new Error(`law 8: ${id} holds ${key}, ${why}`);
  if (entity === "person") {
    const met = history.parts.filter((part) => part.values.person_id === row.id);
    const wasNear = met.some(({ project }) => project !== null && history.places.get(project)?.has(id));
    if (!wasNear) throw stranger("a person it never had to know");
    return;
  }
  const project = projectOf(entity, row);
  if (project === null || project === "null") throw stranger("torn: without the project it belongs to");
  if (!history.places.get(project)?.has(id)) throw stranger("of a project that was never in its scope");
  const subtree = subtreeOf(id);
  const head = ledger.rows.get(`project ${project}`);
  if (subtree.has(String(head?.office_id))) throw stranger(`of project ${project} that it still believes its own`);
  const into = history.parts.filter((part) => part.id === project && subtree.has(String(part.values.office_id)));
  // What was written elsewhere before the project came here belongs to its history.
  const wasBornHere = into.length === 1 && Object.hasOwn(into[0]?.values ?? {}, "name");
  if (!wasBornHere || hasForgotten(history, id)) return;
  const ofRecord = history.parts.filter((part) => `${part.entity} ${part.id}` === key);
  const later = ofRecord.find((part) => isLater(part, ofRecord, row, subtree));
  if (later) throw stranger(`with what ${later.author} wrote at ${later.stamp} when it was no longer in scope`);
}

/** Whether an office above was restored: it may have forgotten a move, and rightly thought the project still here. */
function hasForgotten({ machines }: History, office: string): boolean {
  const above = tree.filter(({ id }) => isAbove(id, office));
  return above.some(({ id }) => machines.get(id)?.some(({ replica }) => replica !== id.padStart(8, "0")));
}

/** A write that its author made to a project outside the subtree, and which is shown there nevertheless. */
function isLater(part: Part, ofRecord: readonly Part[], row: Row, subtree: ReadonlySet<string>): boolean {
  if (part.projectOffice === null || subtree.has(part.projectOffice)) return false;
  if (Object.hasOwn(part.values, "office_id")) return false;
  return Object.entries(part.values).some(([field, value]) => {
    const same = ofRecord.filter(({ values }) => values[field] === value);
    return !field.endsWith("_id") && value !== null && same.length === 1 && row[field] === value;
  });
}

function isAbove(office: string, below: string): boolean {
  return tree.some(({ id }) => id === office && id !== below && subtreeOf(id).has(below));
}

function entityOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}

function projectOf(entity: string, row: Row): string | null {
  if (entity === "project") return String(row.id);
  const isFollower = entity === LATE_ENTITY || registry[entity as keyof typeof registry]?.scope.by === "project";
  return isFollower ? String(row.project_id) : null;
}
