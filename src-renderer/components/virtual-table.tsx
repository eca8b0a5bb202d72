/** A table that draws only the rows in view: for ledgers of thousands of rows and for short lists alike. */
import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import classes from "./table.module.css";
import { TableHead } from "./table-head.tsx";
import type { RowSelection, TableColumn, TableSort } from "./table-types.ts";
import { useColumnWidths } from "./use-columns.ts";
import { useKeptPlace } from "./use-kept-place.ts";
import { WaitingRows } from "./waiting.tsx";

export type VirtualTableProps<T> = {
  /** Accessible name, e.g. "项目台账". */
  label: string;
  /** Name under which column widths are remembered on this PC. */
  storageKey: string;
  columns: readonly TableColumn<T>[];
  rowCount: number;
  /** The row at an index, or undefined while its window is loading. */
  rowAt: (index: number) => T | undefined;
  rowKey: (row: T) => string;
  /** Opens a row: a click anywhere on it, or Enter. Without it the rows are only read. */
  onOpen?: (row: T) => void;
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  /** First and last index in view, for windowed loading. */
  onRange?: (first: number, last: number) => void;
  /** Adds a leading checkbox to each row; Space toggles the focused row. */
  selection?: RowSelection<T>;
  /** Head of a section: such a row shows only this, across all columns. */
  sectionOf?: (row: T) => ReactNode;
  /** Shown instead of rows when there are none; nothing while they are read. */
  empty: ReactNode;
  /** Totals under the rows; null keeps their place while they load. */
  footer?: ReactNode;
  /** Height of the frame in px; without it the table fills its flex parent. */
  height?: number;
};

const ROW_HEIGHT = 36;
const CHECK_WIDTH = 38;

export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { columns, rowCount, rowAt, rowKey, onOpen, onRange, selection, sectionOf } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const focusNext = useRef<number | null>(null);
  const [active, setActive] = useState(0);
  const widths = useColumnWidths(props.storageKey);
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    overscan: 10,
  });
  const noteRow = useKeptPlace(
    props.storageKey,
    scroll,
    rowCount,
    useCallback(({ top, row }) => {
      scroll.current?.scrollTo({ top });
      setActive(row);
      if (document.activeElement === document.body) focusNext.current = row;
    }, []),
  );
  const items = virtualizer.getVirtualItems();
  const first = items.at(0)?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);

  // A row reached by keyboard may only exist after this render (or after its window has loaded).
  useEffect(() => {
    if (focusNext.current === null) return;
    const button = scroll.current?.querySelector<HTMLElement>(`[data-row="${focusNext.current}"] .${classes.open}`);
    if (!button) return;
    focusNext.current = null;
    button.focus({ preventScroll: true });
  });

  useShortcut(
    "↓",
    "进入列表",
    useCallback(() => scroll.current?.querySelector<HTMLElement>(`.${classes.open}[tabindex="0"]`)?.focus(), []),
  );

  const isSection = (index: number) => {
    const row = rowAt(index);
    return row !== undefined && sectionOf?.(row) != null;
  };

  const onKeyDown = (event: KeyboardEvent, index: number, row: T) => {
    if (event.key === " " && selection?.canSelect(row)) {
      event.preventDefault();
      selection.toggle(row);
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const targets: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + pageRows,
      PageUp: index - pageRows,
      Home: 0,
      End: rowCount - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const within = Math.max(0, Math.min(rowCount - 1, target));
    // Section heads are passed over, in the direction of the key; the first of all has nothing above it.
    const step = within > index ? 1 : -1;
    const beyond = isSection(within) ? within + step : within;
    const next = beyond < 0 || beyond >= rowCount ? index : beyond;
    focusNext.current = next;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };

  const inView = active >= first && active <= last ? active : first;
  const tabStop = isSection(inView) ? inView + 1 : inView;
  const span = columns.length + (selection ? 2 : 1);
  const above = items.at(0)?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const totalWidth = columns.reduce((sum, column) => sum + widths.of(column), selection ? CHECK_WIDTH : 0);

  const renderRow = (index: number) => {
    const row = rowAt(index);
    const section = row && sectionOf?.(row);
    if (row && section != null) {
      return (
        <tr key={rowKey(row)} className={classes.section} aria-rowindex={index + 2}>
          <th colSpan={span} scope="rowgroup">
            {section}
          </th>
        </tr>
      );
    }
    return (
      <tr key={row ? rowKey(row) : index} className={classes.row} aria-rowindex={index + 2} data-row={index}>
        {selection && (
          <td className={classes.check}>
            {row && selection.canSelect(row) && (
              <Checkbox
                size="xs"
                tabIndex={-1}
                aria-label={`选择${selection.nameOf(row)}`}
                checked={selection.has(row)}
                onChange={() => selection.toggle(row)}
              />
            )}
          </td>
        )}
        {columns.map((column, at) => {
          const content = row ? column.render(row) : <span className={classes.loading} />;
          return (
            <td
              key={column.key}
              className={classes.cell}
              data-align={column.align}
              title={typeof content === "string" ? content : undefined}
            >
              {row && onOpen && at === 0 ? (
                <button
                  type="button"
                  className={classes.open}
                  tabIndex={index === tabStop ? 0 : -1}
                  onFocus={() => {
                    setActive(index);
                    noteRow(index);
                  }}
                  onKeyDown={(event) => onKeyDown(event, index, row)}
                  onClick={() => onOpen(row)}
                >
                  {content}
                </button>
              ) : (
                content
              )}
            </td>
          );
        })}
        <td className={classes.cell} aria-hidden />
      </tr>
    );
  };

  return (
    <div className={classes.frame} style={props.height ? { height: props.height } : { flex: 1 }}>
      <div ref={scroll} className={classes.scroll}>
        <table
          className={classes.table}
          style={{ width: totalWidth }}
          aria-label={props.label}
          aria-rowcount={rowCount + 1}
        >
          <colgroup>
            {selection && <col style={{ width: CHECK_WIDTH }} />}
            {columns.map((column) => (
              <col key={column.key} style={{ width: widths.of(column) }} />
            ))}
            <col />
          </colgroup>
          <TableHead
            columns={columns}
            sort={props.sort}
            onSort={props.onSort}
            widths={widths}
            leading={selection !== undefined}
          />
          <tbody>
            {above > 0 && <Spacer height={above} columns={span} />}
            {items.map(({ index }) => renderRow(index))}
            {below > 0 && <Spacer height={below} columns={span} />}
          </tbody>
        </table>
        {rowCount === 0 && (props.empty || <WaitingRows />)}
      </div>
      {props.footer !== undefined && <div className={classes.foot}>{props.footer}</div>}
    </div>
  );
}

/** Stands for the rows above or below the view. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr className={classes.spacer} aria-hidden style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );
}
