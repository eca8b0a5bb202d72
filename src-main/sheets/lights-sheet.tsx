/** 红黄绿灯情况表 (S3), A4 landscape: counts by managing office, then every project with its light and why. */
import { countCell } from "#domain/figures-text.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { Row } from "#domain/registry.ts";
import { keysOf, type Light, lights } from "#domain/values.ts";
import type { SheetOrigin } from "./document.tsx";
import { LightLegend, LightMark } from "./light-mark.tsx";
import { renderTableSheet, type SheetColumn, sheetTable } from "./table-sheet.tsx";

export type LightsRow = {
  project: Row<"project">;
  light: Light;
  reason: string;
  officeName: string;
  /** The part that the first table counts it in. */
  regionName: string;
  secretaries: string;
  nodes: string;
};

export type LightsSheet = {
  title: string;
  reportingOffice: string;
  /** What the parts of the first table are, and their names in order. */
  heading: string;
  regions: readonly string[];
  rows: readonly LightsRow[];
  asOf: string;
  lightRules: LightRules;
  conflicts: number;
};

export function renderLightsSheet(sheet: LightsSheet, origin: SheetOrigin): string {
  const { rows, asOf } = sheet;
  const byRegion = Map.groupBy(rows, ({ regionName }) => regionName);
  const counts = sheet.regions.map((name) => countOf(name, byRegion.get(name) ?? []));
  return renderTableSheet(
    {
      title: sheet.title,
      span: asOf,
      reportingOffice: sheet.reportingOffice,
      unit: "单位：个",
      tables: [
        sheetTable(counts, countColumns, {
          heading: `一、${sheet.heading}`,
          empty: "没有符合条件的项目",
          total: countOf("合计", rows),
        }),
        sheetTable(rows, columns, { heading: "二、各项目", empty: "没有符合条件的项目" }),
      ],
      notes: <LightLegend rules={sheet.lightRules} asOf={asOf} />,
      conflicts: sheet.conflicts,
    },
    origin,
  );
}

type Count = { name: string; total: number } & Record<Light, number>;

function countOf(name: string, rows: readonly LightsRow[]): Count {
  const count: Count = { name, total: rows.length, red: 0, yellow: 0, green: 0, none: 0 };
  for (const { light } of rows) count[light]++;
  return count;
}

const countColumns: readonly SheetColumn<Count>[] = [
  { head: "单位", cell: ({ name }) => name },
  { head: "项目", width: 22, align: "end", cell: ({ total }) => countCell(total) },
  ...keysOf(lights).flatMap((light): SheetColumn<Count>[] => [
    { head: lights[light], width: 22, align: "end", cell: (count) => countCell(count[light]) },
    {
      head: `${lights[light]}占比`,
      width: 24,
      align: "end",
      cell: (count) => (count[light] === 0 ? "" : `${((count[light] / count.total) * 100).toFixed(1)}%`),
    },
  ]),
];

const columns: readonly SheetColumn<LightsRow>[] = [
  { head: "序号", width: 10, align: "center", cell: (_, index) => index + 1 },
  { head: "灯号", width: 14, align: "center", cell: ({ light }) => <LightMark light={light} /> },
  { head: "项目名称", cell: ({ project }) => project.name },
  { head: "管理单位", width: 28, cell: ({ officeName }) => officeName },
  { head: "亮灯原因", width: 78, cell: ({ reason }) => reason },
  { head: "节点完成", width: 16, align: "center", cell: ({ nodes }) => nodes },
  { head: "责任单位", width: 34, cell: ({ project }) => project.responsible_unit },
  { head: "服务秘书", width: 24, cell: ({ secretaries }) => secretaries },
];
