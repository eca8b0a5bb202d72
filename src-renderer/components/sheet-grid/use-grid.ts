/** State of a grid: the active cell, the selected rectangle, and the text being typed; what each key does to them. */
import { type KeyboardEvent, useCallback, useState } from "react";
import { clamped, moveBy, rangeOf, tabFrom } from "./grid-moves.ts";
import type { CellEntry, CellPlace, GridColumn, GridRange, GridSize } from "./grid-types.ts";

/** "type": typing replaced the cell, arrows enter and move on; "edit" (F2): arrows move within the text. */
export type Editing = { mode: "type" | "edit"; text: string };

type Options<T> = {
  columns: readonly GridColumn<T>[];
  startColumn: number;
  rowCount: number;
  rowAt: (index: number) => T | undefined;
  pageRows: () => number;
  onEnter: (entries: CellEntry[]) => void;
};

export function useGrid<T>({ columns, startColumn, rowCount, rowAt, pageRows, onEnter }: Options<T>) {
  const size: GridSize = { rows: rowCount, columns: columns.length };
  const [chosen, setActive] = useState<CellPlace>({ row: 0, column: startColumn });
  const [anchor, setAnchor] = useState<CellPlace>({ row: 0, column: startColumn });
  const [editing, setEditing] = useState<Editing | null>(null);
  /** Column that Enter returns to after a run of Tab. */
  const [runStart, setRunStart] = useState<number | null>(null);
  /** Esc lets the next Tab leave the grid. */
  const [isLeaving, setLeaving] = useState(false);
  const active = clamped(chosen, size);
  const range = rangeOf(active, clamped(anchor, size));

  const go = useCallback((to: CellPlace, extend = false) => {
    setActive(to);
    if (!extend) setAnchor(to);
    setLeaving(false);
  }, []);

  const isEditable = useCallback(
    (place: CellPlace) => {
      const row = rowAt(place.row);
      return row !== undefined && (columns[place.column]?.canEdit?.(row) ?? false);
    },
    [columns, rowAt],
  );

  const begin = (mode: Editing["mode"], text: string) => {
    if (isEditable(active)) setEditing({ mode, text });
  };

  const commit = () => {
    if (editing) onEnter([{ ...active, text: editing.text }]);
    setEditing(null);
  };

  /** The same text into every editable cell of the rectangle; an empty one clears them. */
  const fill = (text: string) =>
    onEnter(
      cellsOf(range)
        .filter(isEditable)
        .map((place) => ({ ...place, text })),
    );

  /** Ctrl+D: the first row of the rectangle into the rows below; of a single row, the row above into it. */
  const fillDown = () => {
    const source = range.top === range.bottom ? range.top - 1 : range.top;
    const row = rowAt(source);
    if (!row) return;
    const below = cellsOf({ ...range, top: source + 1 }).filter(isEditable);
    onEnter(below.map((place) => ({ ...place, text: columns[place.column]?.text(row) ?? "" })));
  };

  const selectRows = (top: number, bottom: number) => {
    setAnchor({ row: top, column: 0 });
    setActive({ row: bottom, column: size.columns - 1 });
  };

  const step = (event: KeyboardEvent): boolean => {
    if (event.key === "Enter") {
      const down = event.shiftKey ? -1 : 1;
      go(clamped({ row: active.row + down, column: runStart ?? active.column }, size));
      setRunStart(null);
      return true;
    }
    const next = tabFrom(active, event.shiftKey, size);
    if (!next) return false;
    setRunStart((before) => before ?? active.column);
    go(next);
    return true;
  };

  const onEditKey = (event: KeyboardEvent, { mode, text }: Editing): boolean => {
    if (event.key === "Escape") setEditing(null);
    else if (event.key === "F2") setEditing({ mode: mode === "type" ? "edit" : "type", text });
    else if (event.key === "Enter" && event.altKey) setEditing({ mode: "edit", text: `${text}\n` });
    else if (event.key === "Enter" && event.ctrlKey) {
      fill(text);
      setEditing(null);
    } else if (event.key === "Enter" || event.key === "Tab") {
      commit();
      step(event);
    } else if (mode === "type" && event.key.startsWith("Arrow")) {
      commit();
      go(moveBy({ key: event.key, ctrlKey: false, metaKey: false }, active, size, 1) ?? active);
      setRunStart(null);
    } else {
      // A command of the page works on what has been typed.
      if (isPageCommand(event)) commit();
      return false;
    }
    return true;
  };

  const onKey = (event: KeyboardEvent): boolean => {
    const isCommand = event.ctrlKey || event.metaKey;
    const target = moveBy(event, active, size, pageRows());
    if (target) {
      go(target, event.shiftKey);
      setRunStart(null);
    } else if (event.key === "Enter" && !isCommand) step(event);
    else if (event.key === "Tab") return !isLeaving && step(event);
    else if (event.key === "F2") begin("edit", textAt(active));
    else if (event.key === "Delete" || event.key === "Backspace") fill("");
    else if (event.key === "Escape") {
      setAnchor(active);
      setLeaving(true);
    } else if (event.key === " " && event.shiftKey) selectRows(range.top, range.bottom);
    else if (isCommand && event.key.toLowerCase() === "a") selectRows(0, size.rows - 1);
    else if (isCommand && event.key.toLowerCase() === "d") fillDown();
    // A letter typed where nothing can be entered must not scroll or search the page.
    else return !isCommand && event.key.length === 1 && !isEditable(active);
    return true;
  };

  const textAt = ({ row, column }: CellPlace) => {
    const found = rowAt(row);
    return found === undefined ? "" : (columns[column]?.text(found) ?? "");
  };

  return {
    active,
    range,
    editing,
    go,
    begin,
    commit,
    fill,
    textAt,
    isEditable,
    onText: (text: string) => setEditing((before) => ({ mode: before?.mode ?? "type", text })),
    /** Handles a key; true when the browser must not. */
    onKeyDown: (event: KeyboardEvent) => (editing ? onEditKey(event, editing) : onKey(event)),
  };
}

/** Ctrl+S and function keys. */
const isPageCommand = ({ ctrlKey, metaKey, key }: KeyboardEvent) =>
  ((ctrlKey || metaKey) && key.toLowerCase() === "s") || /^F\d+$/.test(key);

/** Every cell of a rectangle, row by row. */
export function cellsOf({ top, bottom, left, right }: GridRange): CellPlace[] {
  const cells: CellPlace[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push({ row, column });
  }
  return cells;
}
