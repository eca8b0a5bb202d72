import { Alert, Button, Group, Progress, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useIsFetching, useQuery } from "@tanstack/react-query";
import { useBooksOn } from "./books-on.ts";
import { useOpenBooks } from "./date-picker.tsx";
import { api, client } from "./rpc.ts";

const POLL_MS = 400;

/** Says unmistakably that the ledger shown is that of a past day, how far it is made, and leads back. */
export function PastBanner() {
  const booksOn = useBooksOn();
  const openBooks = useOpenBooks();
  const isWaiting = useIsFetching({ queryKey: api.past.key() }) > 0;
  const { data } = useQuery({
    ...api.past.state.queryOptions(),
    enabled: booksOn !== null,
    refetchInterval: isWaiting ? POLL_MS : false,
  });
  if (booksOn === null) return null;
  const making = isWaiting ? data?.making : null;
  const isBefore = data?.firstDay != null && booksOn < data.firstDay;
  return (
    <Alert color="orange" p="xs" icon={<IconHistory />} bd="2px solid var(--mantine-color-orange-6)" role="status">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {booksOn} 当日的台账（只能查看）：这是那天结束时本机账上的样子，不是现在的。
          {isBefore && `本机的账从 ${data.firstDay} 开始，那天还没有台账。`}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            if (making) void client.past.stop();
            openBooks(null);
          }}
        >
          {making ? "停止，回到今天" : "回到今天"}
        </Button>
      </Group>
      {making && (
        <>
          <Text size="sm" mt={4}>
            正在按改动日志生成当日台账…{making.percent}%
          </Text>
          <Progress value={making.percent} aria-label="生成当日台账" mt={4} />
        </>
      )}
    </Alert>
  );
}
