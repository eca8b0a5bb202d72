import { type UseQueryOptions, useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

const PAGE = 100;

/** One window: its rows, the total over the whole filter, and whatever totals the call adds. */
type Window = { rows: unknown[]; total: number };

/** What a table needs of a list that is loaded window by window. */
export type WindowedRows<T> = {
  rowCount: number;
  /** Undefined while its window is loading. */
  rowAt: (index: number) => T | undefined;
  /** Loads the windows of these rows. */
  onRange: (firstRow: number, lastRow: number) => void;
  /** Nothing is known yet, not even how many rows there are. */
  isPending: boolean;
  error: Error | null;
  refetch: () => void;
};

/**
 * Loads a long list window by window as the table scrolls. `page(offset, limit)` gives the query of one
 * window (offset and limit as in the contract). `WindowedTable` shows them.
 * While a changed filter has no window yet, the windows of the former one stay on screen: nothing flickers.
 */
export function useWindowedRows<W extends Window>(
  page: (offset: number, limit: number) => UseQueryOptions<W, Error, W>,
): WindowedRows<W["rows"][number]> & { summary: W | undefined } {
  const [range, setRange] = useState({ from: 0, to: 0 });
  const pages = useMemo(
    () => Array.from({ length: range.to - range.from + 1 }, (_, at) => range.from + at),
    [range.from, range.to],
  );
  const results = useQueries({ queries: pages.map((index) => page(index * PAGE, PAGE)) });
  const loaded = new Map<number, W>();
  for (const [at, result] of results.entries()) {
    if (result.data) loaded.set(range.from + at, result.data);
  }
  const former = useRef(loaded);
  const shown = loaded.size > 0 ? loaded : former.current;
  useEffect(() => {
    if (loaded.size > 0) former.current = loaded;
  });
  const onRange = useCallback((firstRow: number, lastRow: number) => {
    const from = Math.floor(firstRow / PAGE);
    const to = Math.floor(lastRow / PAGE);
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, []);
  /** The newest known window, for totals. */
  const summary = shown.values().next().value;
  return {
    rowCount: summary?.total ?? 0,
    rowAt: (index) => shown.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    onRange,
    summary,
    isPending: summary === undefined,
    error: results.find((result) => result.error)?.error ?? null,
    refetch: () => {
      for (const result of results) void result.refetch();
    },
  };
}
