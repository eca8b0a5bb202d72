import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { completionText, countCell, leadText, moneyCell, rateText } from "#domain/figures-text.ts";
import { type Figures, type RankedPart, rankedFirst } from "#domain/statement.ts";
import { keysOf, lights } from "#domain/values.ts";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import type { SizedColumn } from "#renderer/components/table-types.ts";
import classes from "./books.module.css";

type Props = {
  label: string;
  parts: readonly RankedPart[];
  whole: Figures;
  /** Months of the year that are over, for 序时. */
  months: number;
  /** Absent where the parts' projects cannot be listed. */
  onOpen?: (officeId: string) => void;
};

type Head = { key: string; label: ReactNode; cell: (figures: Figures, months: number) => ReactNode };

/** Keys of the columns in 万元. */
const amounts = ["planned", "completed", "plan", "year"];

const heads: readonly Head[] = [
  { key: "projects", label: "项目", cell: ({ projects }) => countCell(projects) },
  ...keysOf(lights).map((light) => ({
    key: light,
    label: <LightBadge light={light} />,
    cell: (figures: Figures) => countCell(figures[light]),
  })),
  { key: "due", label: "应完成\n节点", cell: ({ nodesDue }) => countCell(nodesDue) },
  { key: "done", label: "按期\n完成", cell: ({ nodesDone }) => countCell(nodesDone) },
  { key: "rate", label: "节点\n完成率", cell: rateText },
  { key: "overdue", label: "逾期\n节点", cell: ({ nodesOverdue }) => countCell(nodesOverdue) },
  { key: "planned", label: "计划\n投资", cell: ({ monthPlanned }) => moneyCell(monthPlanned) },
  { key: "completed", label: "完成\n投资", cell: ({ monthCompleted }) => moneyCell(monthCompleted) },
  { key: "plan", label: "年度\n计划", cell: ({ annualPlan }) => moneyCell(annualPlan) },
  { key: "year", label: "当年\n完成", cell: ({ yearCompleted }) => moneyCell(yearCompleted) },
  { key: "completion", label: "投资\n完成率", cell: completionText },
  {
    key: "lead",
    label: "超欠序时\n百分点",
    cell: ({ completedOfPlanned, annualPlan }, months) => leadText(completedOfPlanned, annualPlan, months),
  },
];

/** The same columns for paper and spreadsheet. */
export const rankingColumns: readonly SizedColumn[] = [
  { key: "rank", width: 44 },
  { key: "name", width: 130 },
  ...heads.map(({ key }) => ({ key, width: amounts.includes(key) || key === "lead" ? 96 : 68 })),
];

/** Ranking of the parts by node completion, with their lights and investment (万元). */
export function PartsTable({ label, parts, whole, months, onOpen }: Props) {
  const byRank = rankedFirst(parts);
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">名次</th>
            <th scope="col">单位</th>
            {heads.map(({ key, label: head }) => (
              <th key={key} scope="col" data-align="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byRank.map((part) => (
            <tr key={part.officeId}>
              <td title={part.rank === null ? "没有应完成的节点，不排名" : undefined}>{part.rank ?? "—"}</td>
              <td>
                {onOpen && part.figures.projects > 0 ? (
                  <Anchor component="button" type="button" fz="inherit" onClick={() => onOpen(part.officeId)}>
                    {part.name}
                  </Anchor>
                ) : (
                  part.name
                )}
              </td>
              <FigureCells figures={part.figures} months={months} />
            </tr>
          ))}
          {byRank.length === 0 && (
            <tr>
              <td colSpan={heads.length + 2}>还没有项目：先在“项目台账”录入，或导入下级的同步包。</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td>合计</td>
            <FigureCells figures={whole} months={months} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function FigureCells({ figures, months }: { figures: Figures; months: number }) {
  return heads.map(({ key, cell }) => (
    <td key={key} data-align="end">
      {cell(figures, months)}
    </td>
  ));
}
