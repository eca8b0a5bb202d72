import { Alert, Button, Group, List, Modal, Radio, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SettleRule, SettlingPreview } from "#contract/exchange.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./conflicts.module.css";

const rules: { rule: SettleRule; label: string; description: string }[] = [
  { rule: "ours", label: "保留本单位的", description: "取本单位写的值；两边都不是本单位写的，留给您逐处处理。" },
  { rule: "theirs", label: "采用对方的", description: "取对方写的值；对方有几个单位、写的不同，留给您逐处处理。" },
  { rule: "newest", label: "采用最新的", description: "取最后写的值；有电脑时钟不准、分不出先后的，留给您逐处处理。" },
];

type Props = { conflictIds: readonly string[]; opened: boolean; onClose: () => void };

/** Many conflicts by one rule: what would happen, then all of it as one act. */
export function SettleDialog({ conflictIds, opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`按规则处理 ${conflictIds.length} 处冲突`}
      size={980}
      closeButtonProps={{ "aria-label": "关闭" }}
    >
      <Rules conflictIds={[...conflictIds]} onClose={onClose} />
    </Modal>
  );
}

function Rules({ conflictIds, onClose }: { conflictIds: string[]; onClose: () => void }) {
  const [rule, setRule] = useState<SettleRule | null>(null);
  const query = useQuery({
    ...api.exchange.previewSettling.queryOptions({ input: { rule: rule ?? "newest", conflictIds } }),
    enabled: rule !== null,
  });
  const settle = useWrite(client.exchange.settleByRule, {
    done: ({ settled }) => `已处理 ${settled} 处冲突。`,
    onDone: onClose,
    inlineError: true,
  });
  const preview = rule === null ? undefined : query.data;
  return (
    <Stack gap="sm">
      <Radio.Group
        aria-label="规则"
        value={rule}
        onChange={(value) => {
          setRule(value as SettleRule);
          settle.reset();
        }}
      >
        <Stack gap={8}>
          {rules.map((each, at) => (
            <Radio
              key={each.rule}
              value={each.rule}
              label={each.label}
              description={each.description}
              data-autofocus={at === 0 || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      {rule === null && (
        <Text size="sm" c="var(--text-quiet)">
          选一条规则，先看会怎样，再决定。
        </Text>
      )}
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {rule !== null && query.isPending && <Waiting what="正在计算" height={160} />}
      {preview && <Preview preview={preview} />}
      <FailureAlert error={settle.error} onRetry={() => void query.refetch().then(() => settle.reset())} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={settle.isPending}>
          取消
        </Button>
        <Button
          loading={settle.isPending}
          disabled={!rule || !preview || preview.settledTotal === 0 || query.isFetching}
          onClick={() => rule && preview && settle.mutate({ rule, conflictIds, digest: preview.digest })}
        >
          {preview && preview.settledTotal > 0 ? `处理这 ${preview.settledTotal} 处` : "处理"}
        </Button>
      </Group>
    </Stack>
  );
}

function Preview({ preview }: { preview: SettlingPreview }) {
  const { settledTotal, changedTotal, items, skipped } = preview;
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {settledTotal === 0
          ? "这条规则一处也处理不了。"
          : `将处理 ${settledTotal} 处：${changedTotal} 处换成别的值，${settledTotal - changedTotal} 处就用现在暂用的值。${changedTotal > 0 ? "算一次操作，可以撤销；撤销后回到现在暂用的值，不再列为冲突。" : ""}`}
      </Text>
      {skipped.length > 0 && (
        <Alert
          color="yellow"
          title={`另有 ${skipped.reduce((sum, { count }) => sum + count, 0)} 处不处理，仍留在列表里`}
        >
          <List size="sm">
            {skipped.map(({ reason, count, example }) => (
              <List.Item key={reason}>
                {count} 处：{reason}（如“{example}”）
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {items.length > 0 && (
        <ScrollArea.Autosize mah={280} type="auto">
          <Table aria-label="处理后的值" stickyHeader fz="sm" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>记录</Table.Th>
                <Table.Th w={110}>哪一项</Table.Th>
                <Table.Th>现在暂用</Table.Th>
                <Table.Th>处理后</Table.Th>
                <Table.Th w={210}>谁写的</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((item) => (
                <Table.Tr key={item.conflictId}>
                  <Table.Td>{item.title}</Table.Td>
                  <Table.Td>{item.fieldLabel}</Table.Td>
                  <Table.Td className={classes.previewText}>{item.before}</Table.Td>
                  <Table.Td className={classes.previewText} fw={item.after === item.before ? undefined : 600}>
                    {item.after === item.before ? "不变" : item.after}
                  </Table.Td>
                  <Table.Td c="var(--text-quiet)">{item.from}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {settledTotal > items.length && (
        <Text size="sm" c="var(--text-quiet)">
          列出前 {items.length} 处，共 {settledTotal} 处。
        </Text>
      )}
    </Stack>
  );
}
