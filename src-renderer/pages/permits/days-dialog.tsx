import { Button, Group, Modal, ScrollArea, Table, Text } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { averageText, greenDifferenceText } from "#domain/permit.ts";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListButtons } from "#renderer/components/list-tools.tsx";
import type { SizedColumn } from "#renderer/components/table-types.ts";
import { Waiting } from "#renderer/components/waiting.tsx";

/** 办理用时: average days by kind of permit, on the green channel and off it. */
export function DaysButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconClock size={16} aria-hidden />}
        onClick={() => setOpened(true)}
        title="绿色通道与其他项目的办理天数对比"
      >
        办理用时
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="手续办理用时（申报到办结，自然日）" size="lg">
        <Days />
      </Modal>
    </>
  );
}

const columns: readonly SizedColumn[] = ["name", "green", "others", "difference"].map((key) => ({ key, width: 140 }));

function Days() {
  const days = useQuery(api.permits.days.queryOptions());
  if (days.isError) return <FailureAlert error={days.error} onRetry={() => void days.refetch()} />;
  if (!days.data) return <Waiting what="正在统计" height={240} />;
  if (days.data.length === 0)
    return <EmptyState title="还没有可统计的手续" next="手续填了申报日期和办结日期，这里就会列出平均用时。" />;
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="xs">
        绿色通道是省、市级重点项目的审批快速通道（2022年工作部署）。用时只作对比参考，文件没有规定天数。
      </Text>
      <Group gap={8} mb="xs">
        <ListButtons
          list={{ list: "permitDays" }}
          columns={columns}
          storageKey="permit-days"
          isEmpty={false}
          of="手续办理用时"
        />
      </Group>
      <ScrollArea.Autosize mah="60vh">
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>手续</Table.Th>
              <Table.Th ta="right">绿色通道项目</Table.Th>
              <Table.Th ta="right">其他项目</Table.Th>
              <Table.Th ta="right">相差</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.data.map((each) => (
              <Table.Tr key={each.name}>
                <Table.Td>{each.name}</Table.Td>
                <Table.Td ta="right">{averageText(each.green)}</Table.Td>
                <Table.Td ta="right">{averageText(each.others)}</Table.Td>
                <Table.Td ta="right">{greenDifferenceText(each)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  );
}
