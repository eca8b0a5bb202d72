import { Alert, Button, Drawer, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { HistoryList } from "#renderer/components/history-list.tsx";

/** The core hands over no more than this of one exchange. */
const LIMIT = 2000;
/** Entries drawn at once. */
const STEP = 200;

/** What one import brought, record by record, before → after. */
export function RecordsDrawer({ exchangeId, onClose }: { exchangeId: string | null; onClose: () => void }) {
  return (
    <Drawer opened={exchangeId !== null} onClose={onClose} title="这个包带来的变动" size={820}>
      {exchangeId && <Records exchangeId={exchangeId} />}
    </Drawer>
  );
}

function Records({ exchangeId }: { exchangeId: string }) {
  const query = useQuery(api.exchange.records.queryOptions({ input: { exchangeId } }));
  const [shown, setShown] = useState(STEP);
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={300} aria-label="正在读取变动" />;
  if (query.data.length === 0) {
    return <EmptyState title="没有可列出的变动" next="导出的包、暂存的包和重复导入的包不改变本机的数据。" />;
  }
  return (
    <Stack gap="xs">
      {query.data.length >= LIMIT && (
        <Alert color="gray" p="xs">
          变动较多，这里列出前 {LIMIT} 条；每个项目的全部变动可在项目页的“修改记录”里看到。
        </Alert>
      )}
      <HistoryList entries={query.data.slice(0, shown)} linkProjects />
      {query.data.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + STEP)}>
          再列 {Math.min(STEP, query.data.length - shown)} 条（共 {query.data.length} 条）
        </Button>
      )}
    </Stack>
  );
}
