/** The ruled form that the A4 portrait sheets share: sections of labelled cells on a twelve-column grid. */
import type { ReactElement, ReactNode } from "react";
import type { PageFormat } from "./document.tsx";

export const portrait: PageFormat = {
  size: "A4 portrait",
  width: 210,
  height: 297,
  margin: { top: 16, right: 18, bottom: 16, left: 18 },
};

/** A form table: {@link Section}s, or bodies of rows, of {@link Fact}s on a grid of twelve columns. */
export function Form({ children }: { children: ReactNode }) {
  return (
    <table className="form">
      <colgroup>
        <col span={12} style={{ width: `${100 / 12}%` }} />
      </colgroup>
      {children}
    </table>
  );
}

/** A section that lists records under column heads, both repeated on every page it runs over. */
export function ListSection({
  head,
  columns,
  empty,
  children,
}: {
  head: string;
  /** Head and width in millimetres; the one without a width takes the rest. */
  columns: { head: string; width?: number }[];
  /** Said instead of rows when there are none. */
  empty: string;
  children: ReactElement[];
}) {
  return (
    <table className="form list">
      <colgroup>
        {columns.map((column) => (
          <col key={column.head} style={column.width ? { width: `${column.width}mm` } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr className="section">
          <th colSpan={columns.length}>{head}</th>
        </tr>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className="label">
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {children.length > 0 ? (
          children
        ) : (
          <tr>
            <td colSpan={columns.length} className="center">
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** One section of a form: its head stays with the row below it. */
export function Section({ head, children }: { head: string; children: ReactNode }) {
  return (
    <tbody>
      <tr className="section">
        <th colSpan={12} scope="rowgroup">
          {head}
        </th>
      </tr>
      {children}
    </tbody>
  );
}

/** A label of two columns and its value; `span` columns together (6 is half a line, 12 a full line). */
export function Fact({
  label,
  span = 6,
  missing = false,
  children,
}: {
  label: string;
  span?: 4 | 6 | 12;
  /** True where the card lacks a fact it must have. */
  missing?: boolean;
  children?: ReactNode;
}) {
  return (
    <>
      <th colSpan={2} scope="row" className="label">
        {label}
      </th>
      <td colSpan={span - 2} className="multiline">
        {missing ? <span className="missing">待补</span> : children}
      </td>
    </>
  );
}

export const formCss = `
h1 { font-size: 22pt; }
.above { display: flex; justify-content: space-between; margin: 3mm 0 1.5mm; font-size: 10pt; }
.form { font-size: 10pt; }
.form th, .form td { padding: 1.3mm 1.6mm; vertical-align: middle; }
.form tr { height: 8mm; }
.form.list { margin-top: -0.2mm; }
.form .label { text-wrap: balance; background: #f6f7f8; font-weight: 600; }
.form .section th { background: #e9ecf0; text-align: left; letter-spacing: 0.05em; }
.form .section { break-after: avoid; }
.form .center { text-align: center; }
.missing { padding: 0 1.2mm; border: 0.25mm dashed #666; background: #f3f3f3; font-weight: 600; }
.below { margin-top: 3mm; font-size: 9pt; break-inside: avoid; }
.below p { margin: 1mm 0 0; }
.below .prepared { font-size: 10pt; margin-bottom: 1.5mm; }
`;
