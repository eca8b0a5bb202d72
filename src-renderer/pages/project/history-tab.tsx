import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLedgerQueries } from "#renderer/app/books-on.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { HistoryList } from "#renderer/components/history-list.tsx";
import { useHistoryLength } from "#renderer/components/use-history-length.ts";

export function HistoryTab({ projectId }: { projectId: string }) {
  const { limit, onLonger } = useHistoryLength();
  const history = useQuery({
    ...useLedgerQueries().history(projectId, limit),
    placeholderData: (before) => before,
  });
  if (history.isError) return <FailureAlert error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <Skeleton height={300} aria-label="正在读取修改记录" />;
  return <HistoryList history={history.data} onLonger={onLonger} />;
}
