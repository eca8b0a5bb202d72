/** Where the keys lead in a grid, as in Excel: pure functions of the place and the size. */
import type { CellPlace, GridRange, GridSize } from "./grid-types.ts";

export function rangeOf(one: CellPlace, other: CellPlace): GridRange {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

export function isWithin({ top, bottom, left, right }: GridRange, { row, column }: CellPlace): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** The place within the grid that is nearest. */
export function clamped({ row, column }: CellPlace, { rows, columns }: GridSize): CellPlace {
  return {
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  };
}

type Key = { key: string; ctrlKey: boolean; metaKey: boolean };

/** The place an arrow or paging key leads to; null for other keys. */
export function moveBy(event: Key, at: CellPlace, size: GridSize, pageRows: number): CellPlace | null {
  const far = event.ctrlKey || event.metaKey;
  const { row, column } = at;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const targets: Record<string, CellPlace> = {
    ArrowDown: { row: far ? last.row : row + 1, column },
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowRight: { row, column: far ? last.column : column + 1 },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    PageDown: { row: row + pageRows, column },
    PageUp: { row: row - pageRows, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? last.row : row, column: last.column },
  };
  const target = targets[event.key];
  return target ? clamped(target, size) : null;
}

/** The cell that Tab leads to, on to the next row at the end of one; null beyond the last or before the first. */
export function tabFrom({ row, column }: CellPlace, back: boolean, size: GridSize): CellPlace | null {
  const at = row * size.columns + column + (back ? -1 : 1);
  if (at < 0 || at >= size.rows * size.columns) return null;
  return { row: Math.floor(at / size.columns), column: at % size.columns };
}
