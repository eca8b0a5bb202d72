import type { NodeRow } from "#contract/ledger.ts";
import { leadText } from "#domain/light.ts";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { AuditBadge } from "./audit-badge.tsx";

type Column = TableColumn<NodeRow>;

export const nodeName: Column = { key: "name", header: "节点", width: 190, render: (node) => node.name };
export const nodeProject: Column = { key: "project", header: "项目", width: 230, render: (node) => node.projectName };
export const nodeOffice: Column = { key: "office", header: "管理单位", width: 110, render: (node) => node.officeName };
export const nodeLight: Column = {
  key: "light",
  header: "灯号",
  width: 78,
  render: (node) => <LightBadge light={node.light} />,
};
export const nodePlanned: Column = {
  key: "planned_on",
  header: "计划",
  width: 104,
  render: (node) => node.planned_on ?? node.planned_month ?? "未定",
};
export const nodeActual: Column = {
  key: "actual_on",
  header: "实际",
  width: 104,
  render: (node) => node.actual_on ?? "",
};
export const nodeLead: Column = { key: "lead", header: "与计划比", width: 96, render: (node) => leadText(node) };
export const nodeState: Column = {
  key: "audit_state",
  header: "审核",
  width: 82,
  render: (node) => <AuditBadge state={node.audit_state} />,
};
export const nodeResponsible: Column = {
  key: "responsible",
  header: "责任单位/责任人",
  width: 156,
  render: (node) => [node.responsible_unit, node.responsible_person].filter(Boolean).join(" "),
};
