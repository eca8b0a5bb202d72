/**
 * 问题清单、督办清单、难点纾解清单 (S3, S0, S2): the same records, A4 or A3 landscape, with what each list is kept for.
 */

import { issueMarks } from "#domain/issue-list.ts";
import { landscape, type Paper } from "#domain/paper.ts";
import type { Row } from "#domain/registry.ts";
import { type IssueView, issueCategories, issueLevels } from "#domain/values.ts";
import { Columns } from "./columns.tsx";
import { OpenConflicts, Prepared, renderDocument, type SheetOrigin } from "./document.tsx";

/** An issue with what the list says of it beside its own fields. */
export type ListedIssue = Row<"issue"> & {
  projectName: string;
  officeName: string;
  regionName: string;
  lastEntryOn: string | null;
  lastEntry: string;
  overdue: boolean;
  silent: boolean;
  contradiction: string | null;
};

export type IssueListSheet = {
  title: string;
  view: IssueView;
  paper: Paper;
  /** Of several regions: each problem then names its own. */
  withRegions: boolean;
  rows: readonly ListedIssue[];
  /** Day by which deadlines count as past. */
  asOf: string;
  /** Unsettled conflicts of the issues shown. */
  conflicts: number;
};

type Column = {
  head: string /** Share of the width. */;
  share: number;
  style?: string;
  text: (row: ListedIssue) => string;
};

const lines = (...parts: (string | null | false)[]) => parts.filter(Boolean).join("\n");

const progress: Column = { head: "办理进展", share: 20, text: (row) => lines(row.lastEntryOn, row.lastEntry) };
const handler: Column = { head: "承办单位", share: 11, text: (row) => lines(row.handler_unit, row.handler_person) };
const deadline: Column = {
  head: "办理期限",
  share: 9.5,
  style: "day",
  text: (row) => lines(row.deadline_on, row.overdue && "超期"),
};
const measures: Column = { head: "解决措施", share: 17, text: (row) => row.measures ?? "" };

/** Columns between the problem and its state that each list is kept for. */
const kept: Partial<Record<IssueView, Column[]>> = {
  supervised: [
    handler,
    {
      head: "督办",
      share: 11,
      text: (row) => lines(row.supervised_by, row.supervised_on && `${row.supervised_on} 挂牌`),
    },
    measures,
    deadline,
    progress,
  ],
  closed: [
    handler,
    measures,
    { head: "解决日期", share: 9.5, style: "day", text: (row) => row.solved_on ?? "" },
    { head: "业主回音", share: 18, text: (row) => lines(row.owner_replied_on, row.owner_reply) },
    { head: "销号日期", share: 9.5, style: "day", text: (row) => row.closed_on ?? "" },
  ],
};

const region: Column = {
  head: "地区",
  share: 8,
  style: "short",
  text: (row) => lines(row.regionName, row.officeName !== row.regionName && row.officeName),
};
const office: Column = { ...region, share: 9.6, head: "管理单位", text: (row) => row.officeName };

function columnsOf({ view, withRegions }: IssueListSheet): Column[] {
  return [
    { head: "项目名称", share: 15, style: "name", text: (row) => row.projectName },
    withRegions ? region : office,
    { head: "存在问题", share: 21, text: (row) => lines(row.title, row.detail) },
    { head: "类别", share: 8.5, style: "short", text: (row) => issueCategories[row.category] },
    { head: "发现日期", share: 9.5, style: "day", text: (row) => row.found_on },
    { head: "层级", share: 9.6, style: "short", text: (row) => issueLevels[row.level] },
    ...(kept[view] ?? [handler, measures, deadline, progress]),
    { head: "状态", share: 9.5, style: "short", text: stateText },
  ];
}

function stateText(row: ListedIssue): string {
  // 超期 stands beside the deadline.
  return lines(...issueMarks({ ...row, overdue: false }).map(({ text }) => text));
}

/** Share of 序号. */
const NUMBER_SHARE = 5;

/** Lays out the list as one HTML document. */
export function renderIssueListSheet(sheet: IssueListSheet, origin: SheetOrigin): string {
  const { title, paper, rows } = sheet;
  const columns = columnsOf(sheet);
  const whole = columns.reduce((sum, { share }) => sum + share, NUMBER_SHARE);
  const printed = rows.map((row, index) => (
    <tr key={row.id}>
      <td className="short">{index + 1}</td>
      {columns.map(({ head, style, text }) => (
        <td key={head} className={style ?? "multiline"}>
          {text(row)}
        </td>
      ))}
    </tr>
  ));
  return renderDocument({
    title,
    page: { size: `${paper} landscape`, ...landscape[paper], margin: { top: 14, right: 10, bottom: 14, left: 10 } },
    css: listCss(paper === "A3" ? 10 : 8.5),
    continuation: { left: `${title}（续）`, right: origin.dataState },
    children: (
      <>
        <h1>{title}</h1>
        <div className="above">
          <span>报送部门：{origin.office}</span>
          <span>{origin.dataState}</span>
          <span>截至 {sheet.asOf}</span>
        </div>
        <table>
          <Columns
            columns={[{ head: "序号", share: NUMBER_SHARE }, ...columns].map(({ head, share }) => ({
              head,
              width: `${(share * 100) / whole}%`,
            }))}
          />
          <tbody>{printed.slice(0, -1)}</tbody>
          <tbody className="end">
            {printed.at(-1)}
            {rows.length === 0 && (
              <tr>
                <td className="short" colSpan={columns.length + 1}>
                  没有符合条件的问题
                </td>
              </tr>
            )}
            <tr>
              <td className="foot" colSpan={columns.length + 1}>
                <Prepared origin={origin} />
                <p>
                  {totals(rows)} <OpenConflicts count={sheet.conflicts} />
                </p>
              </td>
            </tr>
          </tbody>
        </table>
      </>
    ),
  });
}

/** "合计 12 个：超期 3 个，挂牌督办 2 个，待跟进 4 个。" */
function totals(rows: readonly ListedIssue[]): string {
  const counts = [
    ["超期", rows.filter((row) => row.overdue).length],
    ["挂牌督办", rows.filter((row) => row.is_supervised === 1).length],
    ["待业主回音", rows.filter((row) => row.state === "solved").length],
    ["待跟进", rows.filter((row) => row.silent).length],
  ] as const;
  const named = counts.flatMap(([label, count]) => (count > 0 ? [`${label} ${count} 个`] : []));
  return `合计 ${rows.length} 个${named.length > 0 ? `：${named.join("，")}` : ""}。`;
}

function listCss(size: number): string {
  return `
h1 { font-size: ${size + 11}pt; }
.above { display: grid; grid-template-columns: 1fr auto 1fr; align-items: end; margin: 2mm 0 1.2mm; font-size: ${size + 1}pt; }
.above span:last-child { text-align: right; }
table { font-size: ${size}pt; line-height: 1.35; }
th, td { padding: 0.9mm 1mm; vertical-align: middle; }
th { background: #eef0f3; }
tbody tr { height: 9mm; }
tbody.end { break-inside: avoid; }
.day { text-align: center; white-space: pre; }
.short { text-align: center; white-space: pre-line; }
.name { font-weight: 600; }
.foot { border: 0; padding: 2.5mm 0 0; font-size: ${size + 0.5}pt; }
.foot p { margin: 1.2mm 0 0; }
.prepared { font-size: ${size + 1}pt; }
`;
}
