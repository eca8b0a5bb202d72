import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ExchangeEntry } from "#contract/exchange.ts";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";

const columns: TableColumn<ExchangeEntry>[] = [
  { key: "at", header: "时间", width: 138, render: (entry) => entry.at },
  {
    key: "direction",
    header: "方向",
    width: 74,
    render: (entry) => (
      <Badge color={entry.direction === "in" ? "teal" : "blue"}>{entry.direction === "in" ? "导入" : "导出"}</Badge>
    ),
  },
  { key: "peer", header: "对方单位", width: 150, render: (entry) => entry.peerName },
  { key: "number", header: "包号", width: 64, align: "end", render: (entry) => entry.number },
  {
    key: "records",
    header: "变动",
    width: 76,
    align: "end",
    render: (entry) => entry.recordChanges.toLocaleString("zh-CN"),
  },
  { key: "summary", header: "结果", width: 360, render: (entry) => entry.summary },
  { key: "person", header: "经办人", width: 90, render: (entry) => entry.person },
  { key: "file", header: "文件", width: 260, render: (entry) => entry.fileName },
];

/** Every bundle out and in, newest first; opening one shows its records. */
export function ExchangeLog({ onOpen }: { onOpen: (exchangeId: string) => void }) {
  const query = useQuery(api.exchange.log.queryOptions());
  const rows = query.data ?? [];
  return (
    <>
      <ListTools list={{ list: "exchanges" }} columns={columns} storageKey="exchange-log" isEmpty={rows.length === 0} />
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <VirtualTable
        label="往来记录"
        storageKey="exchange-log"
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={(entry) => entry.id}
        onOpen={(entry) => onOpen(entry.id)}
        empty={query.data && <EmptyState title="还没有往来" next="导出和导入的每个同步包都会记在这里。" />}
        footer={query.isPending ? null : <span>最近 {rows.length} 次，点一行看它带来的变动</span>}
      />
    </>
  );
}
