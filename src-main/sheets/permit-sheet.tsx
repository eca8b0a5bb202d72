/** 要件办理表, A4 or A3 landscape: the permits of one project, or how several projects stand with theirs. */
import type { ReactElement } from "react";
import { leadText } from "#domain/light.ts";
import type { Paper } from "#domain/paper.ts";
import { landscape } from "#domain/paper.ts";
import { countText, groupsOf, type PermitCounts, permitStates } from "#domain/permit.ts";
import type { Row } from "#domain/registry.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import { Columns } from "./columns.tsx";
import { OpenConflicts, Prepared, renderDocument, type SheetOrigin } from "./document.tsx";

/** A permit as domain/permit.ts reads it on the day of the sheet. */
export type SheetPermit = Row<"permit"> & {
  state: keyof typeof permitStates;
  days: number | null;
  daysAhead: number | null;
  isOverdue: boolean;
  isDeficiencyDue: boolean;
};

export type ProjectPermitSheet = {
  paper: Paper;
  project: Row<"project">;
  officeName: string;
  /** Current permits in their order; each with what it does again, the newest first. */
  lines: readonly { permit: SheetPermit; earlier: readonly SheetPermit[] }[];
  counts: PermitCounts;
  asOf: string;
  conflicts: number;
};

export type PermitOverviewSheet = {
  paper: Paper;
  title: string;
  /** Which projects: "逾期未办结"; empty for all. */
  condition: string;
  rows: readonly {
    projectId: string;
    projectName: string;
    officeName: string;
    greenChannel: boolean;
    done: number;
    total: number;
    counts: PermitCounts;
    overdue: readonly string[];
    deficient: readonly { name: string; until: string | null }[];
    next: { name: string; plannedOn: string } | null;
  }[];
  asOf: string;
};

/** Millimetres as on A4, more where the type is larger; or a share of the width that is left beside them. */
type Column = { head: string; mm?: number; share?: number };

/** Points. */
const fontSize: Record<Paper, number> = { A4: 8.5, A3: 10.5 };
const margin = { top: 12, right: 10, bottom: 13, left: 10 };

/** Lays out the permits of one project as one HTML document. */
export function renderProjectPermits(sheet: ProjectPermitSheet, origin: SheetOrigin): string {
  const { project, paper, lines, counts } = sheet;
  const columns: Column[] = [
    { head: "序号", mm: 9 },
    { head: "手续名称", share: 3 },
    { head: "归入", mm: 22 },
    { head: "审批部门", share: 2 },
    { head: "状态", mm: 15 },
    { head: "计划办结", mm: 19 },
    { head: "申报", mm: 19 },
    { head: "办结", mm: 19 },
    { head: "用时", mm: 13 },
    { head: "与计划比", mm: 19 },
    { head: "证号", share: 2.4 },
    { head: "容缺", mm: 25 },
    { head: "备注", share: 2.8 },
  ];
  return renderDocument({
    title: `要件办理表　${project.name}`,
    page: pageOf(paper),
    css: permitCss(paper),
    continuation: { left: `要件办理表（续）　${project.name}`, right: origin.dataState },
    children: (
      <>
        <h1>要件办理表</h1>
        <p className="span">
          {project.name}
          {project.green_channel === 1 && <span className="tag">绿色通道</span>}
        </p>
        <div className="above">
          <span>
            <span className="fact">项目单位：{project.owner}</span>　
            <span className="fact">管理单位：{sheet.officeName}</span>
          </span>
          <span>手续办理人员：{project.owner_permit_clerk}</span>
          <span>截至 {sheet.asOf}</span>
        </div>
        <p className="counts">
          全部手续 {lines.filter(({ permit }) => permit.state === "done").length}/{lines.length}
          {keysOf(permitGroups).map((group) => `　${permitGroups[group]} ${countText(counts[group])}`)}
        </p>
        <Table
          paper={paper}
          columns={columns}
          empty="尚未建立手续清单"
          foot={<Foot origin={origin} conflicts={sheet.conflicts} remark={countRemark(counts)} />}
        >
          {lines.flatMap(({ permit, earlier }, index) => [
            <PermitRow key={permit.id} permit={permit} index={String(index + 1)} />,
            ...earlier.map((each) => <PermitRow key={each.id} permit={each} index="" isEarlier />),
          ])}
        </Table>
      </>
    ),
  });
}

function PermitRow({ permit, index, isEarlier = false }: { permit: SheetPermit; index: string; isEarlier?: boolean }) {
  const { deficient_until: until, deficient_done_on: doneOn } = permit;
  const deficiency = doneOn
    ? `${doneOn} 补齐`
    : until
      ? `${until}${permit.isDeficiencyDue ? " 到期" : " 前"}`
      : "未定期限";
  const redo = permit.redo_reason ? `重做：${permit.redo_reason}` : "";
  return (
    <tr className={isEarlier ? "earlier" : undefined}>
      <td className="short">{index}</td>
      <td>{isEarlier ? `（已重做）${permit.name}` : permit.name}</td>
      <td className="short">
        {groupsOf(permit)
          .map((group) => permitGroups[group])
          .join("\n")}
      </td>
      <td>{permit.authority}</td>
      <td className="short">{permitStates[permit.state]}</td>
      <td className="short">{permit.planned_on}</td>
      <td className="short">{permit.applied_on}</td>
      <td className="short">{permit.actual_on}</td>
      <td className="short">{permit.days === null ? "" : `${permit.days} 天`}</td>
      <td className="short">{!isEarlier && leadText(permit)}</td>
      <td>{permit.certificate_no}</td>
      <td className="short">{permit.is_deficient === 1 && deficiency}</td>
      <td className="multiline">{[redo, permit.note].filter(Boolean).join("\n")}</td>
    </tr>
  );
}

/** Lays out how several projects stand as one HTML document. */
export function renderPermitOverview(sheet: PermitOverviewSheet, origin: SheetOrigin): string {
  const { paper, rows } = sheet;
  const columns: Column[] = [
    { head: "序号", mm: 10 },
    { head: "项目名称", share: 4 },
    { head: "管理单位", share: 2 },
    ...keysOf(permitGroups).map((group): Column => ({ head: permitGroups[group], mm: 25 })),
    { head: "全部手续", mm: 17 },
    { head: "逾期未办结", share: 2 },
    { head: "容缺未补齐", share: 3 },
    { head: "下一项", mm: 30 },
  ];
  const undefinedSome = keysOf(permitGroups).some((group) => rows.some(({ counts }) => !counts[group].isDefined));
  return renderDocument({
    title: sheet.title,
    page: pageOf(paper),
    css: permitCss(paper),
    continuation: { left: `${sheet.title}（续）`, right: origin.dataState },
    children: (
      <>
        <h1>{sheet.title}</h1>
        <div className="above">
          <span>{sheet.condition && `范围：${sheet.condition}`}</span>
          <span>{origin.dataState}</span>
          <span>截至 {sheet.asOf}</span>
        </div>
        <Table
          paper={paper}
          columns={columns}
          empty="没有符合条件的项目"
          foot={<Foot origin={origin} conflicts={0} remark={undefinedSome ? undefinedRemark : ""} />}
        >
          {rows.map((row, index) => (
            <tr key={row.projectId}>
              <td className="short">{index + 1}</td>
              <td>
                {row.projectName}
                {row.greenChannel && <span className="tag">绿色通道</span>}
              </td>
              <td>{row.officeName}</td>
              {keysOf(permitGroups).map((group) => (
                <td key={group} className="short">
                  {countText(row.counts[group])}
                </td>
              ))}
              <td className="short">{row.total === 0 ? "未建" : `${row.done}/${row.total}`}</td>
              <td>{row.overdue.join("、")}</td>
              <td>
                {row.deficient.map(({ name, until }) => (
                  <div key={name}>
                    {name}
                    <span className="whole">（{until ?? "未定期限"}）</span>
                  </div>
                ))}
              </td>
              <td>
                {row.next && (
                  <>
                    <span className="whole">{row.next.plannedOn}</span> {row.next.name}
                  </>
                )}
              </td>
            </tr>
          ))}
        </Table>
      </>
    ),
  });
}

const undefinedRemark =
  "“四证”“12项要件”“8项外部条件”的成员按市级模板；模板没有规定的，按项目自行归入的手续计算，没有归入的为“未设定”。";

function countRemark(counts: PermitCounts): string {
  const lacking = keysOf(permitGroups).flatMap((group) => counts[group].lacking);
  const missing = lacking.length > 0 ? `模板规定而尚未建立的手续：${[...new Set(lacking)].join("、")}。` : "";
  return missing + (keysOf(permitGroups).some((group) => !counts[group].isDefined) ? undefinedRemark : "");
}

type TableProps = { paper: Paper; columns: Column[]; empty: string; foot: ReactElement; children: ReactElement[] };

/** The foot stays with the last row, so that it never stands alone on a page. */
function Table({ paper, columns, empty, foot, children }: TableProps) {
  const shares = columns.reduce((sum, { share = 0 }) => sum + share, 0);
  const scale = fontSize[paper] / fontSize.A4;
  const fixed = columns.reduce((sum, { mm = 0 }) => sum + mm * scale, 0);
  const free = landscape[paper].width - margin.left - margin.right - fixed;
  const widthOf = ({ mm, share = 0 }: Column) => `${(mm ? mm * scale : (free * share) / shares).toFixed(2)}mm`;
  return (
    <table>
      <Columns columns={columns.map((column) => ({ head: column.head, width: widthOf(column) }))} />
      <tbody>{children.slice(0, -1)}</tbody>
      <tbody className="end">
        {children.at(-1) ?? (
          <tr>
            <td colSpan={columns.length} className="short">
              {empty}
            </td>
          </tr>
        )}
        <tr>
          <td colSpan={columns.length} className="foot">
            {foot}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Foot({ origin, conflicts, remark }: { origin: SheetOrigin; conflicts: number; remark: string }) {
  return (
    <>
      <Prepared origin={origin} />
      <p>
        {origin.dataState}。用时从申报到办结，按自然日计算。{remark}
        <OpenConflicts count={conflicts} />
      </p>
    </>
  );
}

function pageOf(paper: Paper) {
  return { size: `${paper} landscape`, ...landscape[paper], margin };
}

function permitCss(paper: Paper): string {
  const size = fontSize[paper];
  return `
h1 { font-size: ${paper === "A3" ? 24 : 20}pt; }
.span { margin: 0; text-align: center; font-size: ${size + 3}pt; font-weight: 600; }
.above { display: grid; grid-template-columns: 1fr auto 1fr; align-items: end; margin: 1.5mm 0 1.2mm; font-size: ${size + 0.5}pt; }
.above span:last-child { text-align: right; }
.counts { margin: 0 0 1.5mm; font-size: ${size + 1}pt; font-weight: 600; }
.tag { display: inline-block; margin: 0.2mm 0 0.2mm 1.5mm; padding: 0 1mm; border: 0.2mm solid #444; font-size: ${size - 1}pt; line-height: 1.15; font-weight: 400; white-space: nowrap; }
table { font-size: ${size}pt; line-height: 1.3; }
th, td { padding: 0.8mm 1mm; vertical-align: middle; }
th { background: #eef0f3; word-break: keep-all; }
tbody tr { height: 7mm; }
.fact { display: inline-block; }
.whole { white-space: nowrap; }
.short { text-align: center; white-space: pre-line; }
.earlier td { color: #555; font-size: ${size - 0.5}pt; background: #fafafa; }
tbody.end { break-inside: avoid; }
.foot { border: 0; padding: 2.5mm 0 0; }
.foot p { margin: 1mm 0 0; }
.prepared { font-size: ${size + 1}pt; }
`;
}
