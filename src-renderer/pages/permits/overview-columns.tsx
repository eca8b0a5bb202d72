import { Badge, Text } from "@mantine/core";
import type { PermitOverviewRow } from "#contract/permits.ts";
import { owedText, ratioText } from "#domain/permit.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import type { TableColumn } from "#renderer/components/table-types.ts";

type Column = TableColumn<PermitOverviewRow>;

const groupColumns = keysOf(permitGroups).map(
  (group): Column => ({
    key: group,
    header: permitGroups[group],
    width: 104,
    // What is owed of papers has a column of its own here.
    render: ({ counts }) => <CountCell text={ratioText(counts[group])} isSet={counts[group].total > 0} />,
  }),
);

/** Columns of the overview; days that have come are told as of `asOf`. */
export function overviewColumns(asOf: string): Column[] {
  return [
    { key: "name", header: "项目", width: 230, render: ({ projectName }) => projectName },
    { key: "office", header: "管理单位", width: 104, render: ({ officeName }) => officeName },
    ...groupColumns,
    {
      key: "all",
      header: "全部手续",
      width: 82,
      render: ({ done, total }) => (
        <CountCell text={total === 0 ? "未建" : ratioText({ done, total })} isSet={total > 0} />
      ),
    },
    {
      key: "overdue",
      header: "逾期未办结",
      width: 176,
      render: ({ overdue }) =>
        overdue.length > 0 && (
          <span title={overdue.join("、")}>
            <b>{overdue.length} 项</b> {overdue.join("、")}
          </span>
        ),
    },
    {
      key: "deficient",
      header: "容缺未补齐",
      width: 220,
      render: ({ deficient }) => deficient.map(({ name, until }) => owedText(name, until, asOf)).join("；"),
    },
    {
      key: "next",
      header: "下一项",
      width: 190,
      render: ({ next }) => (next ? `${next.plannedOn} ${next.name}` : ""),
    },
    {
      key: "green",
      header: "绿色通道",
      width: 86,
      render: ({ greenChannel }) => greenChannel && <Badge color="teal">是</Badge>,
    },
  ];
}

function CountCell({ text, isSet }: { text: string; isSet: boolean }) {
  return (
    <Text span size="sm" c={isSet ? undefined : "var(--text-quiet)"}>
      {text}
    </Text>
  );
}
