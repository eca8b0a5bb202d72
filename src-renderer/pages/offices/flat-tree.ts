import type { OfficeEntry } from "#contract/office.ts";

export type TreeLine = { entry: OfficeEntry; depth: number; parentName: string };

/**
 * The tree as lines, each office followed by what is below it; offices whose parent is unknown stand on top level.
 * With `rootId` only that office's branch.
 */
export function flatTree(entries: readonly OfficeEntry[], rootId?: string): TreeLine[] {
  const ids = new Set(entries.map(({ id }) => id));
  const children = Map.groupBy(entries, ({ parent_id }) => (parent_id && ids.has(parent_id) ? parent_id : ""));
  const below = (parent: OfficeEntry | null, depth: number): TreeLine[] =>
    (children.get(parent?.id ?? "") ?? []).flatMap((entry) => [
      { entry, depth, parentName: parent?.name ?? "" },
      ...below(entry, depth + 1),
    ]);
  const root = entries.find(({ id }) => id === rootId);
  return root ? [{ entry: root, depth: 0, parentName: "" }, ...below(root, 1)] : below(null, 0);
}
