import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { HistoryList } from "#renderer/components/history-list.tsx";
import { useHistoryLength } from "#renderer/components/use-history-length.ts";
import { Waiting } from "#renderer/components/waiting.tsx";

/** What one import brought, record by record, before → after. */
export function RecordsDrawer({ exchangeId, onClose }: { exchangeId: string | null; onClose: () => void }) {
  return (
    <Drawer opened={exchangeId !== null} onClose={onClose} title="这个包带来的变动" size={820}>
      {exchangeId && <Records exchangeId={exchangeId} />}
    </Drawer>
  );
}

function Records({ exchangeId }: { exchangeId: string }) {
  const { limit, onLonger } = useHistoryLength();
  const query = useQuery({
    ...api.exchange.records.queryOptions({ input: { exchangeId, limit } }),
    placeholderData: (before) => before,
  });
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting what="正在读取变动" height={300} />;
  if (query.data.total === 0) {
    return <EmptyState title="没有可列出的变动" next="导出的包、暂存的包和重复导入的包不改变本机的数据。" />;
  }
  return <HistoryList history={query.data} onLonger={onLonger} linkProjects />;
}
