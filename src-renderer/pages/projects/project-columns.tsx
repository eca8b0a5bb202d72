import { Badge, Group } from "@mantine/core";
import type { ProjectListRow } from "#contract/ledger.ts";
import { displayValue } from "#domain/display.ts";
import type { Field } from "#domain/fields.ts";
import { groupedMoney } from "#domain/money.ts";
import { fieldOf, fieldsOf } from "#domain/registry.ts";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import classes from "./projects.module.css";

type Column = TableColumn<ProjectListRow>;

const computed: Column[] = [
  {
    key: "light",
    header: "灯号",
    width: 78,
    sortable: true,
    render: (row) => <LightBadge light={row.light} reason={row.light_reason} />,
  },
  { key: "light_reason", header: "亮灯原因", width: 260, render: (row) => row.light_reason },
  {
    key: "missing",
    header: "项目卡",
    width: 84,
    render: (row) =>
      row.missing.length > 0 && (
        <span className={classes.missing} title={missingText(row)}>
          ▲ 缺 {row.missing.length} 项
        </span>
      ),
  },
  { key: "office_name", header: "管理单位", width: 112, sortable: true, render: (row) => row.office_name },
  { key: "secretaries", header: "服务秘书", width: 110, sortable: true, render: (row) => row.secretaries },
  {
    key: "node_progress",
    header: "节点完成",
    width: 88,
    align: "end",
    sortable: true,
    render: (row) => (row.node_total === 0 ? "" : `${row.node_done}/${row.node_total}`),
  },
  {
    key: "annual_plan",
    header: "年度计划投资(万元)",
    width: 148,
    align: "end",
    sortable: true,
    render: (row) => (row.annual_plan === null ? "" : groupedMoney(row.annual_plan, "万元")),
  },
  {
    key: "last_visit_on",
    header: "最近走访",
    width: 108,
    sortable: true,
    render: (row) => row.last_visit_on ?? "",
  },
  {
    key: "open_issues",
    header: "未解决问题",
    width: 96,
    align: "end",
    render: (row) => row.open_issues || "",
  },
];

/** The annual plan of the year stands under that name; the ledger's own figure may be of another year. */
const heads: Record<string, string> = { annual_plan_investment: "台账年度计划(万元)" };
const widths: Record<string, number> = { stage: 88, owner: 220, content: 320, region: 110, lists: 180 };

export const initialProjectColumns = [
  "name",
  "light",
  "stage",
  "office_name",
  "total_investment",
  "annual_plan",
  "node_progress",
  "secretaries",
  "last_visit_on",
  "missing",
  "owner",
];

/** Every column of the ledger: those shown at first in their order, then the registry's other fields. */
export const projectColumns: Column[] = [
  {
    key: "name",
    header: "项目名称",
    width: 300,
    sortable: true,
    render: (row: ProjectListRow) => <ProjectName row={row} />,
  },
  ...computed,
  ...fieldsOf("project")
    // The name stands first, the office by its name.
    .filter(([name, field]) => name !== "name" && name !== "office_id" && !field.byAct)
    .map(([name, field]) => fieldColumn(name as keyof ProjectListRow & string, field)),
].sort((a, b) => rank(a.key) - rank(b.key));

function rank(key: string): number {
  const at = initialProjectColumns.indexOf(key);
  return at < 0 ? initialProjectColumns.length : at;
}

function fieldColumn(name: keyof ProjectListRow & string, field: Field): Column {
  const isMoney = field.kind === "money";
  return {
    key: name,
    header: heads[name] ?? (isMoney ? `${field.label}(万元)` : field.label),
    width: widths[name] ?? (isMoney ? 28 + 12 * (field.label.length + 4) : field.kind === "date" ? 108 : 120),
    align: isMoney ? "end" : undefined,
    sortable: true,
    render: (row) => {
      const value = row[name];
      if (typeof value === "object") return "";
      return isMoney ? groupedMoney(Number(value), "万元") : displayValue(field, value);
    },
  };
}

function missingText(row: ProjectListRow): string {
  return `待补：${row.missing.map((name) => fieldOf("project", name)?.label ?? name).join("、")}`;
}

function ProjectName({ row }: { row: ProjectListRow }) {
  return (
    <Group gap={6} wrap="nowrap" component="span" display="flex">
      <span style={{ overflow: "hidden", textOverflow: "ellipsis" }} title={row.name}>
        {row.name}
      </span>
      {row.conflicts > 0 && <Badge color="red">冲突</Badge>}
    </Group>
  );
}
