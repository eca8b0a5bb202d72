import type { ReactNode } from "react";

export type GridColumn<T> = {
  key: string;
  header: string;
  width: number;
  align?: "end";
  /** The cell's text: shown, copied, and what F2 begins with. */
  text: (row: T) => string;
  /** Shown instead of the text. */
  render?: (row: T) => ReactNode;
  /** Absent: the column is only read. */
  canEdit?: (row: T) => boolean;
  /** Not yet saved, and why it cannot be. */
  mark?: (row: T) => { isDirty: boolean; problem: string } | undefined;
};

export type CellPlace = { row: number; column: number };

/** A rectangle of cells; both corners belong to it. */
export type GridRange = { top: number; bottom: number; left: number; right: number };

/** A text entered into a cell of the grid, not yet read or checked. */
export type CellEntry = CellPlace & { text: string };

export type GridSize = { rows: number; columns: number };
