/**
 * 挂牌督办单 (R-11, S3), A4 portrait, set as GB/T 9704-2012 asks of official papers: margins 37 and 28 mm, body 仿宋, page
 * number between dashes. No red head and no seal, but room for one.
 */
import type { ReactNode } from "react";
import type { Row } from "#domain/registry.ts";
import { issueCategories, issueLevels, issueSources } from "#domain/values.ts";
import { OpenConflicts, type PageFormat, renderDocument, type SheetOrigin } from "./document.tsx";

export type SupervisionSheet = {
  issue: Row<"issue"> & { officeName: string; regionName: string };
  project: Row<"project">;
  /** What was asked for when it was put on the board, and how it was solved. */
  demand: string;
  solution: string;
  /** Unsettled conflicts of the issue. */
  conflicts: number;
};

const official: PageFormat = {
  size: "A4 portrait",
  width: 210,
  height: 297,
  margin: { top: 37, right: 26, bottom: 35, left: 28 },
};

/** Lays out the card as one HTML document. */
export function renderSupervisionSheet(
  { issue, project, demand, solution, conflicts }: SupervisionSheet,
  origin: SheetOrigin,
): string {
  const source = [issueSources[issue.source], issue.hotline_no && `工单 ${issue.hotline_no}`]
    .filter(Boolean)
    .join("，");
  return renderDocument({
    title: `挂牌督办单　${issue.title}`,
    page: official,
    css: supervisionCss,
    continuation: { left: `挂牌督办单（续）　${issue.title}`, right: "" },
    children: (
      <>
        <h1>项目问题挂牌督办单</h1>
        <div className="above">
          <span>督办编号：　　　　　　</span>
          <span>挂牌日期：{chineseDay(issue.supervised_on)}</span>
        </div>
        <table>
          <colgroup>
            <col style={{ width: "17%" }} />
            <col style={{ width: "33%" }} />
            <col style={{ width: "17%" }} />
            <col style={{ width: "33%" }} />
          </colgroup>
          <tbody>
            <Wide label="项目名称">{project.name}</Wide>
            <Pair left={["项目单位", project.owner]} right={["所在地区", issue.regionName]} />
            <Pair left={["责任单位", project.responsible_unit]} right={["管理单位", issue.officeName]} />
            <Wide label="问　　题">
              <b>{issue.title}</b>
              {issue.detail && <p>{issue.detail}</p>}
            </Wide>
            <Pair
              left={["类　　别", issueCategories[issue.category]]}
              right={["来　　源", `${source}（${issue.found_on}）`]}
            />
            <Pair left={["问题层级", issueLevels[issue.level]]} right={["办理期限", chineseDay(issue.deadline_on)]} />
            <Pair
              left={["督办领导\n或单位", issue.supervised_by]}
              right={["承办单位", [issue.handler_unit, issue.handler_person].filter(Boolean).join("　")]}
            />
            <Wide label="督办要求" tall>
              {demand}
            </Wide>
            <Wide label="解决措施" tall>
              {issue.measures}
            </Wide>
            <Wide label="办理结果" tall>
              {solution}
              {issue.solved_on && <p className="day">{chineseDay(issue.solved_on)}解决</p>}
            </Wide>
            <Wide label="业主回音">
              {issue.owner_reply}
              {issue.owner_replied_on && <p className="day">{chineseDay(issue.owner_replied_on)}</p>}
            </Wide>
          </tbody>
        </table>
        <div className="sign">
          <p>督办单位（盖章）</p>
          <p>　　　　年　　月　　日</p>
        </div>
        <p className="state">
          制表单位：{origin.office}　制表人：{origin.person}　制表日期：{origin.date}
          <br />
          {origin.dataState} <OpenConflicts count={conflicts} />
        </p>
      </>
    ),
  });
}

/** "2026年11月22日"; room to write where there is no day. */
function chineseDay(day: string | null): string {
  if (day === null) return "　　　年　月　日";
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

function Wide({ label, tall = false, children }: { label: string; tall?: boolean; children?: ReactNode }) {
  return (
    <tr className={tall ? "tall" : undefined}>
      <th scope="row">{label}</th>
      <td colSpan={3} className="multiline">
        {children}
      </td>
    </tr>
  );
}

type Named = readonly [label: string, value: string | null];

function Pair({ left, right }: { left: Named; right: Named }) {
  return (
    <tr>
      {[left, right].flatMap(([label, value]) => [
        <th key={label} scope="row">
          {label}
        </th>,
        <td key={`${label} value`} className="multiline">
          {value}
        </td>,
      ])}
    </tr>
  );
}

const supervisionCss = `
@page { @bottom-center { font: 14pt "SimSun", "宋体", "Noto Serif CJK SC", serif; color: #111; content: "— " counter(page) " —"; } }
body { font-family: "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun", "宋体", serif; }
h1 { font-size: 22pt; margin-bottom: 8mm; }
.above { display: flex; justify-content: space-between; margin-bottom: 2mm; font-size: 12pt; }
table { font-size: 12pt; line-height: 1.5; }
th, td { padding: 1.4mm 2mm; vertical-align: middle; }
th { font-weight: 600; white-space: pre-line; }
td p { margin: 1mm 0 0; }
.tall { height: 19mm; }
.day { text-align: right; }
.sign { margin: 6mm 6mm 0 0; text-align: right; font-size: 14pt; line-height: 2; break-inside: avoid; }
.sign p { margin: 0; }
.state { margin: 5mm 0 0; font-size: 9pt; color: #444; break-inside: avoid; }
`;
