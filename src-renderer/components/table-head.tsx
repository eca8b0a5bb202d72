import type { PointerEvent } from "react";
import classes from "./table.module.css";
import type { TableColumn, TableSort } from "./table-types.ts";
import type { ColumnWidths } from "./use-columns.ts";

type Props<T> = {
  columns: readonly TableColumn<T>[];
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  widths: ColumnWidths;
  /** Leaves room for the checkboxes of a selection. */
  leading?: boolean;
};

/** Sticky head: a click sorts (again: the other way), the right edge drags the width. */
export function TableHead<T>({ columns, sort, onSort, widths, leading }: Props<T>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {leading && <td className={classes.head} aria-hidden />}
        {columns.map((column) => {
          const direction = sort?.column === column.key ? (sort.descending ? "descending" : "ascending") : undefined;
          return (
            <th
              key={column.key}
              className={classes.head}
              data-align={column.align}
              aria-sort={column.sortable && onSort ? (direction ?? "none") : undefined}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className={classes.headLabel}
                  title={`${column.header}：点击排序`}
                  onClick={() => onSort({ column: column.key, descending: direction === "ascending" })}
                >
                  {column.header}
                  {direction === "ascending" && " ▲"}
                  {direction === "descending" && " ▼"}
                </button>
              ) : (
                <span className={classes.headLabel}>{column.header}</span>
              )}
              <ResizeHandle onResize={(width) => widths.set(column.key, width)} />
            </th>
          );
        })}
        <td className={classes.head} aria-hidden />
      </tr>
    </thead>
  );
}

/** Mouse only and therefore hidden from assistive technology: the full text is in each cell anyway. */
function ResizeHandle({ onResize }: { onResize: (width: number) => void }) {
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const left = handle.parentElement?.getBoundingClientRect().left ?? 0;
    handle.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent) => onResize(move.clientX - left);
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", onMove), {
      once: true,
    });
  };
  return <button type="button" tabIndex={-1} aria-hidden className={classes.resize} onPointerDown={onPointerDown} />;
}
