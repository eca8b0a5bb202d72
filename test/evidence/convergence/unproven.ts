/** What two restores at once leave without proof; see the README on law 9. */
import type { Machine } from "./machine.ts";
import { officeOf, type Part } from "./model.ts";
import { subtreeOf } from "./tree.ts";

/** All machines, and where each project has ever been. */
type Seen = { all: readonly Machine[]; places: ReadonlyMap<string, ReadonlySet<string>> };

/**
 * The parts that somebody knows for sure, or a street perhaps, and nobody can prove to the city (law 9): work from
 * outside a district that the city and this district lost, and only a street of it still has. It bears the district's
 * seal, not the city's.
 */
export function unprovenParts({ all, places }: Seen): Set<Part> {
  const known = new Set<Part>();
  const proven = new Set<Part>();
  for (const { office, knowledge, fromParent } of all) {
    const district = office.level === "street" ? office.parent : office.id;
    const within = subtreeOf(district ?? "");
    if (office.level === "street") {
      const mayHave = ({ project }: Part) => project === null || places.get(project)?.has(office.id) === true;
      for (const part of knowledge.maybe) if (!within.has(officeOf(part)) && mayHave(part)) known.add(part);
    }
    for (const part of knowledge.sure) {
      known.add(part);
      const isSealed = office.level === "district" && fromParent.has(part);
      if (isSealed || within.has(officeOf(part)) || office.level === "city") proven.add(part);
    }
  }
  for (const part of proven) known.delete(part);
  return known;
}
