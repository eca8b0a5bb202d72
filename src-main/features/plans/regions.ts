/** The parts that a table by region shows: the offices right below one office, and what it manages itself. */
import { ancestorsOf } from "#domain/office-tree.ts";
import type { Row } from "#domain/registry.ts";
import { placeWords } from "#domain/values.ts";
import type { Office } from "#features/office.ts";

export type Region = { officeId: string; name: string };

/** The region below `rootId` that an office belongs to; the root itself, as 本级, for what it manages directly. */
export function regionFinder(office: Office, rootId: string): (officeId: string) => Region {
  const offices = office.offices;
  const known = new Map<string, Region>();
  return (officeId) => {
    const found = known.get(officeId) ?? regionAt(offices, rootId, officeId);
    known.set(officeId, found);
    return found;
  };
}

/** What these parts are called. */
export function placesBelow(office: Office, rootId: string) {
  return placeWords[office.offices.find(({ id }) => id === rootId)?.level ?? office.self.level];
}

function regionAt(offices: readonly Row<"office">[], rootId: string, officeId: string): Region {
  const path = ancestorsOf(offices, officeId);
  const at = path.findIndex(({ id }) => id === rootId);
  const region = path[at - 1] ?? path[at];
  return { officeId: region?.id ?? officeId, name: region?.id === rootId ? "本级" : (region?.name ?? "") };
}

/** Adds rows of single offices up by region, in the order of the office tree. `add` puts one row onto a sum. */
export function byRegion<T extends { officeId: string; name: string }, R extends { office_id: string }>(
  office: Office,
  rootId: string,
  rows: readonly R[],
  empty: (region: Region) => T,
  add: (sum: T, row: R) => void,
): T[] {
  const regionOf = regionFinder(office, rootId);
  const sums = new Map<string, T>();
  for (const row of rows) {
    const region = regionOf(row.office_id);
    const sum = sums.get(region.officeId) ?? empty(region);
    add(sum, row);
    sums.set(region.officeId, sum);
  }
  const order = new Map(office.offices.map(({ id }, at) => [id, at]));
  return [...sums.values()].sort((left, right) => (order.get(left.officeId) ?? 0) - (order.get(right.officeId) ?? 0));
}
