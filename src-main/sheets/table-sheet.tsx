/** A sheet of ruled tables, A4 landscape: each with a heading, heads that repeat, and an optional last line of sums. */
import type { ReactNode } from "react";
import { landscape } from "#domain/paper.ts";
import { Columns } from "./columns.tsx";
import { OpenConflicts, Prepared, renderDocument, type SheetOrigin } from "./document.tsx";
import { lightCss } from "./light-mark.tsx";

/** `width` in millimetres; columns without one share the rest. */
export type SheetColumn<R> = {
  head: string;
  width?: number;
  align?: "center" | "end";
  cell: (row: R, index: number) => ReactNode;
};

export type SheetTable = {
  /** Stands above the table; absent for the only one of a sheet. */
  heading?: string;
  columns: readonly { head: string; width?: number }[];
  lines: ReactNode;
  /** Said instead of rows when there are none. */
  empty: string | null;
};

/** Lays out rows under columns; `total` is a last line, marked. */
export function sheetTable<R>(
  rows: readonly R[],
  columns: readonly SheetColumn<R>[],
  options: { heading?: string; empty: string; total?: R },
): SheetTable {
  const line = (row: R, index: number, isTotal: boolean) => (
    <tr key={isTotal ? "total" : index} className={isTotal ? "total" : undefined}>
      {columns.map(({ head, align, cell }) => (
        <td key={head} className={align}>
          {cell(row, index)}
        </td>
      ))}
    </tr>
  );
  const total = options.total;
  return {
    heading: options.heading,
    columns,
    lines: (
      <>
        {rows.map((row, index) => line(row, index, false))}
        {total !== undefined && rows.length > 0 && line(total, rows.length, true)}
      </>
    ),
    empty: rows.length === 0 ? options.empty : null,
  };
}

type TableSheet = {
  title: string;
  /** Under the title, e.g. the month. */
  span: string;
  reportingOffice: string;
  /** At the right above the table, e.g. "单位：万元". */
  unit: string;
  tables: readonly SheetTable[];
  /** Under the tables. */
  notes: ReactNode;
  /** Unsettled conflicts touching what is shown. */
  conflicts: number;
};

const margin = { top: 12, right: 10, bottom: 13, left: 10 };

/** The sheet as one HTML document. */
export function renderTableSheet(sheet: TableSheet, origin: SheetOrigin): string {
  return renderDocument({
    title: sheet.title,
    page: { size: "A4 landscape", ...landscape.A4, margin },
    css: lightCss + tableCss,
    continuation: { left: `${sheet.title}（续）`, right: origin.dataState },
    children: (
      <>
        <h1>{sheet.title}</h1>
        <p className="span">{sheet.span}</p>
        <div className="above">
          <span>报送部门：{sheet.reportingOffice}</span>
          <span>{origin.dataState}</span>
          <span>{sheet.unit}</span>
        </div>
        {sheet.tables.map((table, index) => (
          <Table key={table.heading ?? String(index)} table={table} />
        ))}
        <div className="foot">
          <Prepared origin={origin} />
          {sheet.notes}
          <p>
            <OpenConflicts count={sheet.conflicts} />
          </p>
        </div>
      </>
    ),
  });
}

function Table({ table: { heading, columns, lines, empty } }: { table: SheetTable }) {
  return (
    <>
      {heading && <h2>{heading}</h2>}
      <table>
        <Columns
          columns={columns.map(({ head, width }) => ({ head, width: width === undefined ? undefined : `${width}mm` }))}
        />
        <tbody>
          {lines}
          {empty !== null && (
            <tr>
              <td className="center" colSpan={columns.length}>
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  );
}

const tableCss = `
h1 { font-size: 20pt; }
h2 { margin: 4mm 0 1.2mm; font-size: 11pt; break-after: avoid; }
.span { margin: 0; text-align: center; font-size: 11pt; }
.above { display: grid; grid-template-columns: 1fr auto 1fr; align-items: end; margin: 1.5mm 0 1.2mm; font-size: 9.5pt; }
.above span:last-child { text-align: right; }
table { font-size: 8.5pt; line-height: 1.3; }
th, td { padding: 0.9mm 1mm; vertical-align: middle; }
th { padding: 1.2mm 0.4mm; background: #eef0f3; line-height: 1.25; white-space: pre-line; }
tbody tr { height: 7mm; }
.center { text-align: center; }
.end { text-align: right; font-variant-numeric: tabular-nums; }
.total td { background: #f6f7f8; font-weight: 600; }
.foot { margin-top: 2.5mm; font-size: 8.5pt; break-inside: avoid; }
.foot p { margin: 1.2mm 0 0; }
.prepared { font-size: 9.5pt; }
`;
