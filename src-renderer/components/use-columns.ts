import { useLocalStorage } from "@mantine/hooks";
import { useCallback } from "react";

type Sized = { key: string; width: number };

/** Column widths as the clerk dragged them, remembered on this PC under `storageKey`. */
export function useColumnWidths(storageKey: string) {
  const [widths, setWidths] = useLocalStorage<Record<string, number>>({
    key: `lianxinqiao.${storageKey}.widths`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const of = useCallback((column: Sized) => widths[column.key] ?? column.width, [widths]);
  const set = useCallback(
    (key: string, width: number) => setWidths((before) => ({ ...before, [key]: Math.round(Math.max(width, 56)) })),
    [setWidths],
  );
  return { of, set };
}

export type ColumnWidths = ReturnType<typeof useColumnWidths>;

/** Which columns are shown, remembered on this PC; an unknown remembered key is left out. */
export function useColumnChoice<T extends { key: string }>(
  storageKey: string,
  all: readonly T[],
  initial: readonly string[],
) {
  const [chosen, setChosen] = useLocalStorage<string[]>({
    key: columnsKey(storageKey),
    defaultValue: [...initial],
    getInitialValueInEffect: false,
  });
  return {
    shown: all.filter((column) => chosen.includes(column.key)),
    isShown: (key: string) => chosen.includes(key),
    toggle: (key: string) =>
      setChosen((before) => (before.includes(key) ? before.filter((each) => each !== key) : [...before, key])),
    reset: () => setChosen([...initial]),
  };
}

/** Shows exactly these columns in the table with this key, on this page or when it opens next. */
export function chooseColumns(storageKey: string, columns: readonly string[]): void {
  const key = columnsKey(storageKey);
  localStorage.setItem(key, JSON.stringify(columns));
  window.dispatchEvent(new CustomEvent("mantine-local-storage", { detail: { key, value: columns } }));
}

const columnsKey = (storageKey: string) => `lianxinqiao.${storageKey}.columns`;
