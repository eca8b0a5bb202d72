/** Where a table was scrolled to, and its active row, so that back brings both back. */
import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useCallback, useEffect, useRef } from "react";

type Place = { top: number; row: number };

/** By table and entry of the browser's history; as long as the window lives. */
const places = new Map<string, Place>();
const KEPT = 200;

/**
 * Notes the place of the table `name` while it is scrolled or walked, under the present entry of the history. Where
 * that entry has one already, `onReturn` hears of it once, as soon as there are rows.
 */
export function useKeptPlace(
  name: string,
  scroll: RefObject<HTMLElement | null>,
  rowCount: number,
  onReturn: (place: Place) => void,
): (row: number) => void {
  const entry = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? "" });
  const key = `${name} ${entry}`;
  const returning = useRef(places.get(key) ?? null);
  const hasRows = rowCount > 0;
  useEffect(() => {
    if (!hasRows || !returning.current) return;
    onReturn(returning.current);
    returning.current = null;
  }, [hasRows, onReturn]);
  useEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const note = () => keep(key, { top: element.scrollTop, row: places.get(key)?.row ?? 0 });
    element.addEventListener("scroll", note, { passive: true });
    return () => element.removeEventListener("scroll", note);
  }, [key, scroll]);
  return useCallback((row: number) => keep(key, { top: scroll.current?.scrollTop ?? 0, row }), [key, scroll]);
}

function keep(key: string, place: Place): void {
  places.delete(key);
  places.set(key, place);
  const [oldest] = places.keys();
  if (places.size > KEPT && oldest !== undefined) places.delete(oldest);
}
