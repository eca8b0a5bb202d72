/** What two restores at once leave without proof; see the README on law 9. */
import type { Machine } from "./machine.ts";
import { officeOf, type Part } from "./model.ts";
import { subtreeOf } from "./tree.ts";

/**
 * The parts that somebody below the city may know and nobody can prove to it (law 9): work from outside a district
 * that the city and this district lost, and only a street of it still has. It bears the district's seal, not the city's.
 */
export function unprovenParts(machines: readonly Machine[]): Set<Part> {
  const known = new Set<Part>();
  const proven = new Set<Part>();
  for (const { office, knowledge, fromParent } of machines) {
    const district = office.level === "street" ? office.parent : office.id;
    const within = subtreeOf(district ?? "");
    if (office.level !== "city") for (const part of knowledge.maybe) known.add(part);
    for (const part of knowledge.sure) {
      const isSealed = office.level === "district" && fromParent.has(part);
      if (isSealed || within.has(officeOf(part)) || office.level === "city") proven.add(part);
    }
  }
  for (const part of proven) known.delete(part);
  return known;
}
