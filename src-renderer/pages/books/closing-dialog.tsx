import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ClosingProgress } from "#contract/books.ts";
import { client } from "#renderer/app/rpc.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { percentOf, phaseText } from "./closing.ts";

/** How far the closing of a month is, with 取消 until it writes. It goes when the closing ends. */
export function ClosingDialog({ progress }: { progress: ClosingProgress }) {
  const cancel = useMutation({ mutationFn: () => client.books.cancelClosing() });
  const isTooLate = progress.phase === "write" || cancel.data === false;
  return (
    <Modal
      opened
      onClose={() => undefined}
      title={`正在对账 ${progress.month}`}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
    >
      <Stack gap="sm">
        <Text size="sm">可以稍候，也可以取消：写入以前取消，数据不会有变化。</Text>
        <Progress.Root size="lg">
          <Progress.Section value={percentOf(progress)} animated aria-label="对账进度" />
        </Progress.Root>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" role="status">
            {cancel.data ? "正在取消，数据不会有变化…" : phaseText(progress)}
          </Text>
          <Button
            variant="default"
            disabled={isTooLate}
            loading={cancel.isPending || cancel.data === true}
            onClick={() => cancel.mutate()}
            data-autofocus
          >
            取消对账
          </Button>
        </Group>
        <FailureAlert error={cancel.error} title="没有取消" />
      </Stack>
    </Modal>
  );
}
