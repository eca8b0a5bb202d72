import { isWithin } from "./grid-moves.ts";
import type { CellPlace, GridColumn, GridRange } from "./grid-types.ts";
import classes from "./sheet-grid.module.css";

type Props<T> = {
  index: number;
  /** Absent while its window is loading. */
  row: T | undefined;
  columns: readonly GridColumn<T>[];
  range: GridRange;
  active: CellPlace;
};

/** One row of the grid; what it shows of selection and marks is read to the text field that stands over it. */
export function GridRow<T>({ index, row, columns, range, active }: Props<T>) {
  return (
    <tr className={classes.row} aria-rowindex={index + 2}>
      {columns.map((column, at) => {
        const mark = row && column.mark?.(row);
        const text = row ? column.text(row) : "";
        const Cell = at === 0 ? "th" : "td";
        return (
          <Cell
            key={column.key}
            className={classes.cell}
            data-cell={`${index} ${at}`}
            data-align={column.align}
            data-frozen={at === 0 || undefined}
            data-readonly={!(row && column.canEdit?.(row)) || undefined}
            data-selected={isWithin(range, { row: index, column: at }) || undefined}
            data-active={(active.row === index && active.column === at) || undefined}
            data-dirty={mark?.isDirty || undefined}
            data-problem={mark?.problem ? true : undefined}
            title={mark?.problem || text || undefined}
          >
            {row ? (column.render?.(row) ?? text) : <span className={classes.loading} />}
          </Cell>
        );
      })}
    </tr>
  );
}
