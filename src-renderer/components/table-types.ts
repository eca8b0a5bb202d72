import type { ReactNode } from "react";

export type TableSort = { column: string; descending: boolean };

export type SizedColumn = {
  key: string;
  /** Width in px before the clerk drags it. */
  width: number;
  /** Holds buttons or links: neither printed nor exported. */
  screenOnly?: true;
};

export type TableColumn<T> = SizedColumn & {
  header: string;
  align?: "end";
  /** The core can sort by it. */
  sortable?: boolean;
  render: (row: T) => ReactNode;
};

export type RowSelection<T> = {
  has: (row: T) => boolean;
  toggle: (row: T) => void;
  canSelect: (row: T) => boolean;
  /** Name of the row for its checkbox. */
  nameOf: (row: T) => string;
};
