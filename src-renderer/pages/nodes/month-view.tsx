import { Checkbox, Group, SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import type { Grouping, MonthLine } from "#domain/node-groups.ts";
import type { Light } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { LightChips } from "#renderer/components/light-chips.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { MonthSwitcher } from "#renderer/components/month-switcher.tsx";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import {
  nodeActual,
  nodeLead,
  nodeLight,
  nodeName,
  nodeOffice,
  nodePlanned,
  nodeProject,
  nodeResponsible,
  nodeState,
} from "./node-columns.tsx";

const route = getRouteApi("/nodes");
/** None chosen means all. */
const allLights: readonly Light[] = [];
const columns = [
  nodeName,
  nodeLight,
  nodePlanned,
  nodeActual,
  nodeLead,
  nodeState,
  nodeProject,
  nodeOffice,
  nodeResponsible,
];
const lineColumns = columns.map((column) => ({
  ...column,
  render: (line: MonthLine<NodeRow>) => ("node" in line ? column.render(line.node) : null),
}));

/** Everything planned in one month, and what is still open from before, by day or by light. */
export function MonthView({ onOpen }: { onOpen: (node: NodeRow) => void }) {
  const { asOf } = useLightDate();
  const current = monthOf(asOf);
  const { month = current, overdue = true, officeId, group = "day", lights = allLights } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = { month, officeId, includeOverdue: overdue, lights: [...lights], group };
  const lines = useWindowedRows((offset, limit) =>
    api.nodes.month.queryOptions({ input: { ...asked, asOf, offset, limit } }),
  );
  const change = useCallback(
    (next: { month?: string; overdue?: boolean; officeId?: string; group?: Grouping; lights?: Light[] }) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return (
    <>
      <ListTools
        list={{ list: "nodesOfMonth", ...asked }}
        columns={lineColumns}
        storageKey="nodes-month"
        isEmpty={lines.rowCount === 0}
      />
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <MonthSwitcher
          month={month}
          current={current}
          onChange={useCallback((next: string) => change({ month: next }), [change])}
        />
        <LightChips
          counts={lines.summary?.counts}
          chosen={lights}
          onChange={(chosen) => change({ lights: chosen.length > 0 ? chosen : undefined })}
        />
        <div style={{ flex: 1 }} />
        <Checkbox
          label="含以前逾期"
          checked={overdue}
          onChange={(event) => change({ overdue: event.currentTarget.checked ? undefined : false })}
        />
        <SegmentedControl
          aria-label="分组"
          size="xs"
          data={[
            { value: "day", label: "按日期" },
            { value: "light", label: "按灯号" },
          ]}
          value={group}
          onChange={(value) => change({ group: value === "light" ? "light" : undefined })}
        />
        <OfficeFilter width={140} value={officeId} onChange={(officeId) => change({ officeId })} />
      </Group>
      <WindowedTable
        label={`${month} 应完成的节点`}
        storageKey="nodes-month"
        columns={lineColumns}
        rows={lines}
        rowKey={(line) => line.key}
        sectionOf={(line) => ("title" in line ? line.title : null)}
        onOpen={(line) => "node" in line && onOpen(line.node)}
        empty={
          <EmptyState
            title={`${month} 没有${lights.length > 0 ? "这种灯号的" : "应完成的"}节点`}
            next={
              lights.length > 0
                ? "再点一次灯号可取消筛选。"
                : `在项目页给节点写上计划日期，就会出现在当月。可按 ← → 看 ${addMonths(month, -1)} 和 ${addMonths(month, 1)}。`
            }
          />
        }
        footer={lines.summary && <span>共 {lines.summary.nodes.toLocaleString("zh-CN")} 个节点</span>}
      />
    </>
  );
}
