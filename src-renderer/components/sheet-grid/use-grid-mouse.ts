/** The mouse in a grid: a click chooses a cell, dragging or Shift a rectangle, a double click enters the cell. */
import { type RefObject, useEffect } from "react";
import type { CellPlace } from "./grid-types.ts";

type Acts = {
  onDown: (at: CellPlace, extend: boolean) => void;
  onDrag: (at: CellPlace) => void;
  onDouble: () => void;
};

export function useGridMouse(frame: RefObject<HTMLElement | null>, { onDown, onDrag, onDouble }: Acts): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const down = (event: MouseEvent) => {
      const at = event.button === 0 ? placeOf(event) : null;
      if (!at) return;
      // The text field keeps the focus.
      event.preventDefault();
      onDown(at, event.shiftKey);
    };
    const move = (event: MouseEvent) => {
      const at = event.buttons === 1 ? placeOf(event) : null;
      if (at) onDrag(at);
    };
    const double = (event: MouseEvent) => placeOf(event) && onDouble();
    element.addEventListener("mousedown", down);
    element.addEventListener("mousemove", move);
    element.addEventListener("dblclick", double);
    return () => {
      element.removeEventListener("mousedown", down);
      element.removeEventListener("mousemove", move);
      element.removeEventListener("dblclick", double);
    };
  }, [frame, onDown, onDrag, onDouble]);
}

/** Links and buttons within a cell keep their own clicks. */
function placeOf(event: MouseEvent): CellPlace | null {
  if (!(event.target instanceof HTMLElement) || event.target.closest("a, button")) return null;
  const [row, column] = (event.target.closest<HTMLElement>("[data-cell]")?.dataset.cell ?? "").split(" ").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
