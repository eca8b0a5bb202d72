/** Lists of nodes: those of a month, and those in a state of the audit. */
import type { NodeRow } from "#contract/ledger.ts";
import type { ListRequest } from "#contract/lists.ts";
import { leadText } from "#domain/light.ts";
import { groupNodes } from "#domain/node-groups.ts";
import { auditStates, lights } from "#domain/values.ts";
import { nodesInState, nodesOfMonth, storedNodes } from "#features/node-lists.ts";
import { describeNodes } from "#features/node-rows.ts";
import type { Office } from "#features/office.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { dayColumn, textColumn } from "./columns.ts";
import { officeCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Line = { node: NodeRow; section: string };
type Asked<L extends ListRequest["list"]> = Extract<ListRequest, { list: L }>;

const columns: Record<string, SheetColumn<NodeRow>> = {
  name: textColumn("节点", 24, ({ name }) => name),
  light: textColumn("灯号", 8, ({ light }) => lights[light]),
  planned_on: dayColumn("计划", ({ planned_on, planned_month }) => planned_on ?? planned_month ?? "未定"),
  actual_on: dayColumn("实际", ({ actual_on }) => actual_on),
  lead: textColumn("与计划比", 12, leadText),
  audit_state: textColumn("审核", 10, ({ audit_state }) => auditStates[audit_state]),
  project: textColumn("项目", 36, ({ projectName }) => projectName),
  office: textColumn("管理单位", 16, ({ officeName }) => officeName),
  responsible: textColumn("责任单位/责任人", 20, (node) =>
    [node.responsible_unit, node.responsible_person].filter(Boolean).join(" "),
  ),
  completion_note: textColumn("完成情况", 30, ({ completion_note }) => completion_note),
  evidence: textColumn("佐证材料", 24, ({ evidence }) => evidence),
  submitted_on: dayColumn("上报", ({ submitted_on }) => submitted_on),
  reviewed_on: dayColumn("退回", ({ reviewed_on }) => reviewed_on),
  review_note: textColumn("退回原因", 30, ({ review_note }) => review_note),
};

const lineColumns: Record<string, SheetColumn<Line>> = Object.fromEntries(
  Object.entries(columns).map(([key, column]) => [key, { ...column, cell: ({ node }: Line) => column.cell(node) }]),
);

export function nodesOfMonthList(office: Office, asked: Asked<"nodesOfMonth">, asOf: string): ListSource<Line> {
  const ids = nodesOfMonth(office, asked, asOf).map(({ id }) => id);
  const nodes = describeNodes(office, storedNodes(office, ids), asOf);
  const shown = nodes.filter(({ light }) => asked.lights.length === 0 || asked.lights.includes(light));
  let section = "";
  const rows = groupNodes(shown, asked.group, asked.month).flatMap((line): Line[] => {
    if ("node" in line) return [{ node: line.node, section }];
    section = line.title;
    return [];
  });
  return {
    title: `${asked.month} 应完成的节点`,
    conditions: [
      ...officeCondition(office, asked.officeId),
      ...asked.lights.map((light) => lights[light]),
      asked.includeOverdue ? "含以前逾期未完成的" : "不含以前逾期的",
    ],
    rows,
    columns: lineColumns,
    sectionOf: (line) => line.section,
  };
}

export function nodesInStateList(office: Office, { state }: Asked<"nodesInState">, asOf: string): ListSource<NodeRow> {
  return {
    title: state === "submitted" ? "待审核的节点" : "被退回的节点",
    conditions: [],
    rows: describeNodes(office, nodesInState(office, state).rows, asOf),
    columns,
  };
}
