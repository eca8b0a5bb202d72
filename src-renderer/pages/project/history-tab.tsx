import { useQuery } from "@tanstack/react-query";
import { useLedgerQueries } from "#renderer/app/books-on.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { HistoryList } from "#renderer/components/history-list.tsx";
import { useHistoryLength } from "#renderer/components/use-history-length.ts";
import { Waiting } from "#renderer/components/waiting.tsx";

export function HistoryTab({ projectId }: { projectId: string }) {
  const { limit, onLonger } = useHistoryLength();
  const history = useQuery({
    ...useLedgerQueries().history(projectId, limit),
    placeholderData: (before) => before,
  });
  if (history.isError) return <FailureAlert error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <Waiting what="正在读取修改记录" height={300} />;
  return <HistoryList history={history.data} onLonger={onLonger} />;
}
