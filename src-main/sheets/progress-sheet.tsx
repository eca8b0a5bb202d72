/**
 * 项目进度表, A4 or A3 landscape, columns as real offices keep them. The column 形象进度照片
 * is left out until attachments exist; the column 灯 is added.
 */
import { Fragment } from "react";
import { landscape } from "#domain/paper.ts";
import { OpenConflicts, Prepared, renderDocument, type SheetOrigin } from "./document.tsx";
import { monthSpan } from "./format.ts";
import { LightLegend, LightMark, lightCss } from "./light-mark.tsx";
import {
  type Column,
  fontSize,
  type ProgressRow,
  type ProgressSheet,
  progressLayout,
  progressMargin,
} from "./progress-columns.ts";

export type { ProgressRow, ProgressSheet } from "./progress-columns.ts";

/** Lays out the progress sheet as one HTML document. Amounts are hundredths of 万元 in, 万元 or 亿元 on paper. */
export function renderProgressSheet(sheet: ProgressSheet, origin: SheetOrigin): string {
  const { columns, scale } = progressLayout(sheet);
  const size = fontSize(sheet.paper, sheet.months.length);
  const lines = sheet.rows.map((row, index) => (
    <tr key={row.project.id}>
      {columns.map((column) => (
        <Cell key={column.head} column={column} row={row} index={index} />
      ))}
    </tr>
  ));
  return renderDocument({
    title: sheet.title,
    page: { size: `${sheet.paper} landscape`, ...landscape[sheet.paper], margin: progressMargin },
    css: lightCss + progressCss(size, sheet.paper === "A3" ? 24 : 20),
    continuation: { left: `${sheet.title}（续）`, right: origin.dataState },
    children: (
      <>
        <h1>{sheet.title}</h1>
        <p className="span">{monthSpan(sheet.months)}</p>
        <div className="above">
          <span>报送部门：{sheet.reportingOffice}</span>
          <span>{origin.dataState}</span>
          <span>单位：{scale.unit}</span>
        </div>
        <table>
          <colgroup>
            {columns.map((column) => (
              <col key={column.head} style={{ width: `${column.width.toFixed(2)}mm` }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} scope="col">
                  <Head text={column.head} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{lines.slice(0, -1)}</tbody>
          <tbody className="end">
            {lines.at(-1)}
            {lines.length === 0 && (
              <tr>
                <td className="short" colSpan={columns.length}>
                  没有符合条件的项目
                </td>
              </tr>
            )}
            <TotalRow columns={columns} count={sheet.rows.length} />
            <tr>
              <td className="foot" colSpan={columns.length}>
                <Foot sheet={sheet} origin={origin} amounts={scale.note} />
              </td>
            </tr>
          </tbody>
        </table>
      </>
    ),
  });
}

/** A column head that may break only at "|". */
function Head({ text }: { text: string }) {
  return text.split("|").map((part, index) => (
    <Fragment key={part}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Signature line, light rule and caveats; in the table's last group so that it never stands alone on a page. */
function Foot({ sheet, origin, amounts }: { sheet: ProgressSheet; origin: SheetOrigin; amounts: string }) {
  return (
    <>
      <Prepared origin={origin} />
      <LightLegend rules={sheet.lightRules} asOf={sheet.asOf} />
      <p>
        金额空白为未填报，不计入合计。{amounts}
        <OpenConflicts count={sheet.conflicts} />
      </p>
    </>
  );
}

function Cell({ column, row, index }: { column: Column; row: ProgressRow; index: number }) {
  switch (column.kind) {
    case "index":
      return <td className="short">{index + 1}</td>;
    case "light":
      return (
        <td className="short">
          <LightMark light={row.light} />
        </td>
      );
    case "amount":
      return <td className="amount">{column.amounts[index]}</td>;
    case "text":
      return (
        <td className={column.style}>
          {column.style === "short" ? <WholeDays text={column.texts[index] ?? ""} /> : column.texts[index]}
        </td>
      );
  }
}

/** A text whose months and days are not broken at their hyphens. */
function WholeDays({ text }: { text: string }) {
  return text.split(/(\d{4}-\d{2}(?:-\d{2})?)/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <span key={part} className="whole">
        {part}
      </span>
    ),
  );
}

/** 合计: n 个 under the first three columns, then the sums under their amounts. */
function TotalRow({ columns, count }: { columns: Column[]; count: number }) {
  return (
    <tr className="total">
      <td className="short" colSpan={3}>
        合计：{count} 个
      </td>
      {columns.slice(3).map((column) => (
        <td key={column.head} className="amount">
          {column.kind === "amount" ? column.total : ""}
        </td>
      ))}
    </tr>
  );
}

function progressCss(size: number, titleSize: number): string {
  return `
h1 { font-size: ${titleSize}pt; }
.span { margin: 0; text-align: center; font-size: ${size + 3}pt; }
.above { display: grid; grid-template-columns: 1fr auto 1fr; align-items: end; margin: 1.5mm 0 1.2mm; font-size: ${size + 1.5}pt; }
.above span:last-child { text-align: right; }
table { font-size: ${size}pt; line-height: 1.3; }
th, td { padding: 0.7mm 0.8mm; vertical-align: middle; }
th { padding: 1.2mm 0.4mm; background: #eef0f3; line-height: 1.25; word-break: keep-all; }
tbody tr { height: 8mm; }
tbody.end { break-inside: avoid; }
.short { text-align: center; white-space: pre-line; }
.whole { white-space: nowrap; }
.name { font-weight: 600; }
.amount { text-align: right; font-variant-numeric: tabular-nums; }
.total td { background: #f6f7f8; font-weight: 600; }
.foot { border: 0; padding: 2.5mm 0 0; font-size: ${size + 0.5}pt; }
.foot p { margin: 1.2mm 0 0; }
.prepared { font-size: ${size + 1.5}pt; }
`;
}
