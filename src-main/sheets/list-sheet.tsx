/** Any list as it is seen on the screen, A4 or A3 landscape: its columns in their order and widths, all its rows. */
import { landscape, type Paper } from "#domain/paper.ts";
import { Columns } from "./columns.tsx";
import { Prepared, renderDocument, type SheetOrigin } from "./document.tsx";

export type ListSheet = {
  title: string;
  paper: Paper;
  /** What the list was narrowed to, in words. */
  conditions: readonly string[];
  /** `share`: of the width of the line, of 1. */
  columns: readonly { head: string; share: number; isNumber: boolean }[];
  /** `section`: head of a group that begins with this line. */
  lines: readonly { section: string | null; cells: readonly string[] }[];
  /** The sum of the lines. */
  total: readonly string[] | null;
};

const margin = { top: 14, right: 10, bottom: 14, left: 10 };
/** Of the running number. */
const INDEX_WIDTH = 11;

export function renderListSheet(
  { title, paper, conditions, columns, lines, total }: ListSheet,
  origin: SheetOrigin,
): string {
  const room = landscape[paper].width - margin.left - margin.right - INDEX_WIDTH;
  const span = columns.length + 1;
  return renderDocument({
    title,
    page: { size: `${paper} landscape`, ...landscape[paper], margin },
    css: listCss(fontSize(room, columns.length)),
    continuation: { left: `${title}（续）`, right: origin.dataState },
    children: (
      <>
        <h1>{title}</h1>
        <div className="above">
          <span>{conditions.length > 0 ? `条件：${conditions.join("；")}` : "全部"}</span>
          <span>{origin.dataState}</span>
          <span>共 {lines.length.toLocaleString("zh-CN")} 行</span>
        </div>
        <table>
          <Columns
            columns={[
              { head: "序号", width: `${INDEX_WIDTH}mm` },
              ...columns.map(({ head, share }) => ({ head, width: `${(room * share).toFixed(2)}mm` })),
            ]}
          />
          {numbered(lines).map(({ section, cells, number }) => (
            <tbody key={number}>
              {section !== null && (
                <tr className="section">
                  <th colSpan={span} scope="rowgroup">
                    {section}
                  </th>
                </tr>
              )}
              <tr>
                <td className="index">{number}</td>
                <Cells columns={columns} cells={cells} />
              </tr>
            </tbody>
          ))}
          {total && (
            <tbody className="total">
              <tr>
                <td />
                <Cells columns={columns} cells={total} />
              </tr>
            </tbody>
          )}
          {lines.length === 0 && (
            <tbody>
              <tr>
                <td colSpan={span} className="index">
                  没有符合条件的内容
                </td>
              </tr>
            </tbody>
          )}
        </table>
        <Prepared origin={origin} />
      </>
    ),
  });
}

function Cells({ columns, cells }: Pick<ListSheet, "columns"> & { cells: readonly string[] }) {
  return columns.map(({ head, isNumber }, at) => (
    <td key={head} className={isNumber ? "number" : undefined}>
      {cells[at]}
    </td>
  ));
}

function numbered(lines: ListSheet["lines"]) {
  return lines.map((line, index) => ({ ...line, number: index + 1 }));
}

/** Smaller the more columns share the line; never under what is still readable. */
function fontSize(room: number, columns: number): number {
  const each = room / Math.max(columns, 1);
  return Math.min(10, Math.max(7, 5 + each / 7));
}

function listCss(size: number): string {
  return `
h1 { font-size: 18pt; }
.above { display: grid; grid-template-columns: 1fr auto auto; gap: 8mm; margin: 2mm 0 1.5mm; font-size: 9pt; }
table { font-size: ${size.toFixed(1)}pt; }
th, td { padding: 0.8mm 1mm; vertical-align: top; }

thead th { background: #e9ecf0; vertical-align: middle; word-break: keep-all; }
.section th { background: #f6f7f8; text-align: left; break-after: avoid; }
.section { break-after: avoid; }
tbody { break-inside: avoid; }
.total td { font-weight: 600; }
.index { text-align: center; color: #444; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.prepared { margin-top: 3mm; font-size: 9pt; }
`;
}
