/**
 * A table that is filled in like a spreadsheet: arrows, Enter, Tab, F2, Delete, Ctrl+C/X/V/D/A. One text field stands
 * over the active cell and always has the focus, so that an input method composes in the cell itself.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ClipboardEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { WaitingRows } from "#renderer/components/waiting.tsx";
import { readBlock, writeBlock } from "./clipboard.ts";
import { GridRow } from "./grid-row.tsx";
import type { CellEntry, CellPlace, GridColumn, GridRange } from "./grid-types.ts";
import classes from "./sheet-grid.module.css";
import { cellsOf, useGrid } from "./use-grid.ts";
import { useGridMouse } from "./use-grid-mouse.ts";

type Props<T> = {
  label: string;
  columns: readonly GridColumn<T>[];
  /** Column of the first row that is active at first. */
  startColumn: number;
  rowCount: number;
  rowAt: (index: number) => T | undefined;
  rowKey: (row: T) => string;
  nameOf: (row: T) => string;
  onRange: (first: number, last: number) => void;
  /** Texts typed, cleared or filled, into cells that can be entered. */
  onEnter: (entries: CellEntry[]) => void;
  /** A rectangle pasted at a cell; a single cell pasted onto a rectangle comes as entries instead. */
  onPaste: (block: string[][], at: CellPlace) => void;
  /** The rectangle and the active cell whenever they change. */
  onSelect: (range: GridRange, active: CellPlace) => void;
  empty: ReactNode;
};

const ROW = 36;

export function SheetGrid<T>(props: Props<T>) {
  const { columns, rowCount, rowAt, onEnter, onSelect, onRange } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const grid = useGrid({
    columns,
    startColumn: props.startColumn,
    rowCount,
    rowAt,
    onEnter,
    pageRows: () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW) - 2),
  });
  const { active, range, editing } = grid;
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    scrollPaddingStart: ROW,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const first = items.at(0)?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [onRange, first, last]);
  const { top, bottom, left, right } = range;
  const { row: activeRow, column: activeColumn } = active;
  // Before the next key: a command right behind an arrow must find the rectangle that the arrow made.
  useLayoutEffect(
    () => onSelect({ top, bottom, left, right }, { row: activeRow, column: activeColumn }),
    [onSelect, top, bottom, left, right, activeRow, activeColumn],
  );
  const lefts = useMemo(() => leftEdges(columns), [columns]);
  const width = lefts.at(-1) ?? 0;
  useEffect(() => {
    if (rowCount > 0) virtualizer.scrollToIndex(activeRow);
    scrollToColumn(scroll.current, lefts, activeColumn);
  }, [virtualizer, lefts, activeRow, activeColumn, rowCount]);
  // A text that was typed and then entered or given up leaves the field empty for the next one.
  useEffect(() => {
    if (editing === null && field.current) field.current.value = "";
    else if (editing && field.current && field.current.value !== editing.text) field.current.value = editing.text;
  }, [editing]);

  // Without a mouse, too, the clerk starts in the grid; a page part just chosen by its tab keeps the focus there.
  useEffect(() => {
    if (document.activeElement?.role !== "tab") field.current?.focus({ preventScroll: true });
  }, []);
  const rowOf = rowAt(activeRow);
  const above = items.at(0)?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  useGridMouse(scroll, {
    onDown: (at, extend) => {
      if (editing) grid.commit();
      grid.go(at, extend);
      field.current?.focus({ preventScroll: true });
    },
    onDrag: (at) => !editing && grid.go(at, true),
    onDouble: () => grid.begin("edit", grid.textAt(active)),
  });
  const copy = (event: ClipboardEvent, isCut: boolean) => {
    if (editing) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeBlock(textsOf(range, grid.textAt)));
    if (isCut) grid.fill("");
  };
  const paste = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    const block = readBlock(event.clipboardData.getData("text/plain"));
    const [only] = block[0] ?? [];
    const isOne = block.length === 1 && block[0]?.length === 1;
    if (isOne && only !== undefined && cellsOf(range).length > 1) grid.fill(only);
    else if (only !== undefined) props.onPaste(block, { row: range.top, column: range.left });
  };

  return (
    <div className={classes.frame}>
      <div ref={scroll} className={classes.scroll}>
        <div className={classes.sheet} style={{ width }}>
          <table className={classes.table} style={{ width }} aria-label={props.label} aria-rowcount={rowCount + 1}>
            <colgroup>
              {columns.map((column) => (
                <col key={column.key} style={{ width: column.width }} />
              ))}
            </colgroup>
            <thead>
              <tr aria-rowindex={1}>
                {columns.map(({ key, header, align }, at) => (
                  <th key={key} className={classes.head} data-align={align} data-frozen={at === 0 || undefined}>
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {above > 0 && <Spacer height={above} columns={columns.length} />}
              {items.map(({ index }) => (
                <GridRow key={index} index={index} row={rowAt(index)} columns={columns} range={range} active={active} />
              ))}
              {below > 0 && <Spacer height={below} columns={columns.length} />}
            </tbody>
          </table>
          <textarea
            ref={field}
            className={classes.field}
            data-editing={editing !== null || undefined}
            data-align={columns[active.column]?.align}
            aria-description={grid.textAt(active)}
            aria-label={`${rowOf === undefined ? "" : props.nameOf(rowOf)}，${columns[active.column]?.header ?? ""}`}
            rows={1}
            autoComplete="off"
            spellCheck={false}
            style={fieldStyle(active, lefts)}
            onChange={({ currentTarget }) => {
              if (grid.isEditable(active)) grid.onText(currentTarget.value);
              else currentTarget.value = "";
            }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing || !grid.onKeyDown(event)) return;
              event.preventDefault();
              event.stopPropagation();
            }}
            onBlur={() => editing && grid.commit()}
            onCopy={(event) => copy(event, false)}
            onCut={(event) => copy(event, true)}
            onPaste={paste}
          />
        </div>
        {rowCount === 0 && (props.empty || <WaitingRows />)}
      </div>
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

/** Left edge of every column, and the right edge of the last. */
function leftEdges(columns: readonly { width: number }[]): number[] {
  const edges = [0];
  for (const { width } of columns) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

/** Brings a column into view beside the first one, which stays. */
function scrollToColumn(frame: HTMLElement | null, lefts: readonly number[], column: number): void {
  const frozen = lefts[1] ?? 0;
  const [from = 0, to = 0] = [lefts[column], lefts[column + 1]];
  if (!frame || column === 0) return;
  if (from < frame.scrollLeft + frozen) frame.scrollLeft = from - frozen;
  else if (to > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = to - frame.clientWidth;
}

function fieldStyle({ row, column }: CellPlace, lefts: readonly number[]) {
  const [from = 0, to = 0] = [lefts[column], lefts[column + 1]];
  return { top: ROW + row * ROW, left: from, minWidth: to - from };
}

function textsOf({ top, bottom, left, right }: GridRange, textAt: (at: CellPlace) => string): string[][] {
  return Array.from({ length: bottom - top + 1 }, (_, row) =>
    Array.from({ length: right - left + 1 }, (__, column) => textAt({ row: top + row, column: left + column })),
  );
}
