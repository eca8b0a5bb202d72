import { Button, Group, Loader, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ImportProgress } from "#contract/exchange.ts";
import { percentOf, phaseText } from "#renderer/app/importing.ts";
import { client } from "#renderer/app/rpc.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import classes from "./sync.module.css";

/** How far the import is, with 取消; before the core has the whole file, only that it is being read. */
export function ImportInProgress({ progress, fileName }: { progress: ImportProgress | null; fileName: string }) {
  const cancel = useMutation({ mutationFn: () => client.exchange.cancelImport() });
  if (progress === null) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">正在读取“{fileName}”，请不要拔出U盘…</Text>
      </Group>
    );
  }
  const isTooLate = progress.phase === "write" || cancel.data === false;
  return (
    <Stack gap="xs" className={classes.report}>
      <Text size="sm" role="status">
        正在导入“{progress.fileName}”。可以照常查看；保存会在导入完成后进行。
      </Text>
      <Progress.Root size="lg">
        <Progress.Section value={percentOf(progress)} animated aria-label="导入进度" />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="sm">{cancel.data ? "正在取消，数据不会有变化…" : phaseText(progress)}</Text>
        <Button
          size="compact-md"
          variant="default"
          disabled={isTooLate}
          loading={cancel.isPending || cancel.data === true}
          onClick={() => cancel.mutate()}
        >
          取消导入
        </Button>
      </Group>
      <FailureAlert error={cancel.error} title="没有取消" />
    </Stack>
  );
}
