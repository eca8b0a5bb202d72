/** The tree city – district or pilot zone – street or park, as pure functions over the list of offices. */
import { searchKey, searchNeedle } from "./pinyin.ts";
import type { Row } from "./registry.ts";
import type { OfficeLevel } from "./values.ts";

type TreeOffice = Pick<Row<"office">, "id" | "name" | "level" | "parent_id" | "aliases">;

/** Ids of an office and of everything below it. */
export function subtreeIds(offices: readonly TreeOffice[], rootId: string): Set<string> {
  const ids = new Set([rootId]);
  // The tree has three levels: two passes reach the leaves whatever the order of the list.
  for (let level = 0; level < 2; level++) {
    for (const office of offices) if (office.parent_id && ids.has(office.parent_id)) ids.add(office.id);
  }
  return ids;
}

/** The office itself and those above it, lowest first. */
export function ancestorsOf<T extends TreeOffice>(offices: readonly T[], id: string): T[] {
  const byId = new Map(offices.map((office) => [office.id, office]));
  const path: T[] = [];
  for (let office = byId.get(id); office && !path.includes(office); office = byId.get(office.parent_id ?? "")) {
    path.push(office);
  }
  return path;
}

/** The district or pilot zone an office belongs to; null for the city. */
export function districtOf<T extends TreeOffice>(offices: readonly T[], id: string): T | null {
  return ancestorsOf(offices, id).find((office) => office.level === "district") ?? null;
}

const rank: Record<OfficeLevel, number> = { street: 0, district: 1, city: 2 };

/** True when `level` is at least as high as `needed`. */
export function isAtLeast(level: OfficeLevel, needed: OfficeLevel): boolean {
  return rank[level] >= rank[needed];
}

/** The office that a written region or street name means: by name or alias, the only match, else null. */
export function officeByName<T extends TreeOffice>(offices: readonly T[], written: string): T | null {
  const name = written.trim();
  if (name === "") return null;
  const matches = offices.filter(
    (office) => office.name === name || (office.aliases ?? "").split("、").some((alias) => alias === name),
  );
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

export type TreeLine<T> = { entry: T; depth: number; parentName: string };

/**
 * The tree as lines, each office followed by what is below it; offices whose parent is unknown stand on top level.
 * With `rootId` only that office's branch.
 */
export function flatTree<T extends TreeOffice>(entries: readonly T[], rootId?: string): TreeLine<T>[] {
  const ids = new Set(entries.map(({ id }) => id));
  const children = Map.groupBy(entries, ({ parent_id }) => (parent_id && ids.has(parent_id) ? parent_id : ""));
  const below = (parent: T | null, depth: number): TreeLine<T>[] =>
    (children.get(parent?.id ?? "") ?? []).flatMap((entry) => [
      { entry, depth, parentName: parent?.name ?? "" },
      ...below(entry, depth + 1),
    ]);
  const root = entries.find(({ id }) => id === rootId);
  return root ? [{ entry: root, depth: 0, parentName: "" }, ...below(root, 1)] : below(null, 0);
}

/** Lines whose name or alias a search finds, by pinyin too. */
export function searchTree<T extends TreeOffice>(lines: readonly TreeLine<T>[], search: string): TreeLine<T>[] {
  const needle = searchNeedle(search);
  return lines.filter(({ entry }) => searchKey(`${entry.name} ${entry.aliases ?? ""}`).includes(needle));
}
