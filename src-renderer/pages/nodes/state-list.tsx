import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { useSelection } from "#renderer/components/use-selection.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";
import { nodeActual, nodeLead, nodeLight, nodeName, nodeOffice, nodePlanned, nodeProject } from "./node-columns.tsx";
import { NodeReview } from "./node-review.tsx";

type State = "submitted" | "returned";

const columns = {
  submitted: [
    nodeName,
    nodeProject,
    nodeLight,
    nodePlanned,
    nodeActual,
    nodeLead,
    { key: "completion_note", header: "完成情况", width: 200, render: (node: NodeRow) => node.completion_note ?? "" },
    { key: "evidence", header: "佐证材料", width: 120, render: (node: NodeRow) => node.evidence ?? "" },
    nodeOffice,
    { key: "submitted_on", header: "上报", width: 104, render: (node: NodeRow) => node.submitted_on ?? "" },
  ],
  returned: [
    nodeName,
    nodeProject,
    { key: "review_note", header: "退回原因", width: 260, render: (node: NodeRow) => node.review_note ?? "" },
    { key: "reviewed_on", header: "退回", width: 104, render: (node: NodeRow) => node.reviewed_on ?? "" },
    nodeLight,
    nodePlanned,
    nodeActual,
    nodeOffice,
  ],
};

const titles = { submitted: "待审核的节点", returned: "被退回的节点" };

/** Nodes that wait for a review, or came back from one; several can be handled at once. */
export function StateList({ state, onOpen }: { state: State; onOpen: (node: NodeRow) => void }) {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const query = useQuery(api.nodes.inState.queryOptions({ input: { state, asOf } }));
  const rows = query.data ?? none;
  const { table, selected, isAll, toggleAll } = useSelection(rows, { canSelect, nameOf });
  useShortcut("a", "全选或取消全选", toggleAll);
  const openFirst = useCallback((node: NodeRow) => onOpen(node), [onOpen]);
  return (
    <>
      <ListTools
        list={{ list: "nodesInState", state }}
        columns={columns[state]}
        storageKey={`nodes-${state}`}
        isEmpty={rows.length === 0}
      />
      <Group gap={12} mb={8} mih={30} style={{ flexShrink: 0 }}>
        <Button size="compact-sm" variant="default" disabled={!rows.some(canSelect)} onClick={toggleAll}>
          {isAll ? "取消全选" : "全选"}
        </Button>
        <Text size="sm" c="var(--text-quiet)">
          {selected.length > 0 ? `已选 ${selected.length} 个` : "勾选（空格键）后可一起办理；Enter 打开查看"}
        </Text>
        <NodeReview nodes={selected} onIncomplete={openFirst} />
      </Group>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <VirtualTable
        label={titles[state]}
        storageKey={`nodes-${state}`}
        columns={columns[state]}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={(node) => node.id}
        selection={table}
        onOpen={onOpen}
        empty={query.data && <Nothing state={state} isStreet={office.level === "street"} />}
        footer={query.isPending ? null : <span>共 {rows.length.toLocaleString("zh-CN")} 个节点</span>}
      />
    </>
  );
}

const none: NodeRow[] = [];
const canSelect = (node: NodeRow) => node.acts.length > 0;
const nameOf = (node: NodeRow) => node.name;

function Nothing({ state, isStreet }: { state: State; isStreet: boolean }) {
  if (state === "returned")
    return <EmptyState title="没有被退回的节点" next="上级退回的节点会随同步包回到这里，附有原因。" />;
  return (
    <EmptyState
      title="没有等待审核的节点"
      next={
        isStreet
          ? "上报后的节点在这里等候区市县审核；审核结果随上级的同步包返回。"
          : "下级上报的节点随同步包到达后列在这里，可以多选一起审核。"
      }
    />
  );
}
