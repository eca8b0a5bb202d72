import { useCallback, useMemo, useState } from "react";
import type { RowSelection } from "./table-types.ts";

type Options<T> = { canSelect?: (row: T) => boolean; nameOf: (row: T) => string };

/** Which of the rows now shown are ticked; a row that leaves the list leaves the selection with it. */
export function useSelection<T extends { id: string }>(rows: readonly T[], { canSelect, nameOf }: Options<T>) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const selectable = useMemo(() => rows.filter((row) => canSelect?.(row) ?? true), [rows, canSelect]);
  const selected = useMemo(() => selectable.filter((row) => ids.has(row.id)), [selectable, ids]);
  const toggleAll = useCallback(
    () => setIds(selected.length === selectable.length ? new Set() : new Set(selectable.map((row) => row.id))),
    [selected, selectable],
  );
  const table: RowSelection<T> = {
    has: (row) => ids.has(row.id),
    toggle: ({ id }) =>
      setIds((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id])),
    canSelect: (row) => canSelect?.(row) ?? true,
    nameOf,
  };
  return { table, selected, isAll: selected.length > 0 && selected.length === selectable.length, toggleAll };
}
