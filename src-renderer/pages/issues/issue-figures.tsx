import { Button, Group, Modal, ScrollArea, SegmentedControl, Table, Text } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IssueStatistics } from "#contract/issues.ts";
import { countCell } from "#domain/figures-text.ts";
import { issueFacts, shareText } from "#domain/issue-figures.ts";
import { type IssueAge, issueAges } from "#domain/issue-time.ts";
import { keysOf } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListButtons } from "#renderer/components/list-tools.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";

const periods = { year: "本年", month: "本月" } as const;

const columns = [
  { key: "found", head: "发现" },
  { key: "solved", head: "已解决" },
  { key: "rate", head: "解决率" },
  { key: "open", head: "未解决" },
  { key: "overdue", head: "超期" },
  ...keysOf(issueAges).map((age) => ({ key: age, head: issueAges[age] })),
] as const;

/** The same on paper and in the spreadsheet. */
const listColumns = [{ key: "name", width: 140 }, ...columns.map(({ key }) => ({ key, width: 80 }))];

/** 办理情况: 问题解决率, 限时办结率 and 平均办结天数 of a period, and what is unsolved by its age, by region. */
export function FiguresButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconChartBar size={16} aria-hidden />} onClick={() => setOpened(true)}>
        办理情况
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="问题办理情况" size={920}>
        <Figures />
      </Modal>
    </>
  );
}

function Figures() {
  const { asOf } = useLightDate();
  const [period, setPeriod] = useState<keyof typeof periods>("year");
  const from = period === "year" ? `${asOf.slice(0, 4)}-01-01` : `${asOf.slice(0, 7)}-01`;
  const query = useQuery(api.issues.statistics.queryOptions({ input: { from, to: asOf } }));
  return (
    <>
      <SegmentedControl
        aria-label="期间"
        size="xs"
        mb="sm"
        data={keysOf(periods).map((value) => ({ value, label: periods[value] }))}
        value={period}
        onChange={(value) => setPeriod(value === "month" ? "month" : "year")}
      />
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Waiting what="正在统计" height={240} />}
      {query.data && <Told figures={query.data} from={from} to={asOf} />}
    </>
  );
}

function Told({ figures, from, to }: { figures: IssueStatistics; from: string; to: string }) {
  const { found, solved, open, overdue, byAge, byRegion } = figures;
  const hasRegions = byRegion.length > 1;
  if (found === 0 && open === 0)
    return <EmptyState title="没有可统计的问题" next="在任何页面按 i 键提出问题，这里就按期间统计。" />;
  return (
    <>
      <Facts items={issueFacts(figures, from, to)} />
      <Group gap={8} mt="sm">
        <ListButtons
          list={{ list: "issueFigures", from }}
          columns={listColumns}
          storageKey="issue-figures"
          isEmpty={false}
          of="问题办理情况"
        />
      </Group>
      <ScrollArea.Autosize mah="50vh" mt="sm">
        <Table stickyHeader aria-label={hasRegions ? "各地区问题" : "问题办理情况"} style={{ whiteSpace: "nowrap" }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{hasRegions ? "地区" : "范围"}</Table.Th>
              {columns.map(({ key, head }) => (
                <Table.Th key={key} ta="right">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {hasRegions && byRegion.map((region) => <Line key={region.officeId} name={region.name} figures={region} />)}
            <Line name="合计" figures={{ found, solved, open, overdue, byAge }} />
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Text size="xs" c="var(--text-quiet)" mt="xs">
        未解决和超期不论何时发现，按 {to} 计；“7 天以内”等是未解决的问题从发现起的天数。
      </Text>
    </>
  );
}

type Counts = Pick<IssueStatistics, "found" | "solved" | "open" | "overdue"> & { byAge: Record<IssueAge, number> };

function Line({ name, figures: { found, solved, open, overdue, byAge } }: { name: string; figures: Counts }) {
  const counts = { found, solved, open, overdue, ...byAge };
  return (
    <Table.Tr fw={name === "合计" ? 600 : undefined}>
      <Table.Th scope="row" fw="inherit">
        {name}
      </Table.Th>
      {columns.map(({ key }) => (
        <Table.Td key={key} ta="right">
          {key === "rate" ? shareText(solved, found) : countCell(counts[key])}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
