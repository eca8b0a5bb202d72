import { Badge, Text } from "@mantine/core";
import type { PermitOverviewRow } from "#contract/permits.ts";
import { countText } from "#domain/permit.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import type { TableColumn } from "#renderer/components/table-types.ts";

type Column = TableColumn<PermitOverviewRow>;

const groupColumns = keysOf(permitGroups).map(
  (group): Column => ({
    key: group,
    header: permitGroups[group],
    width: group === "twelve_items" ? 118 : 104,
    render: ({ counts }) => <CountCell text={countText(counts[group])} isSet={counts[group].total > 0} />,
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
      render: ({ done, total }) => <CountCell text={total === 0 ? "未建" : `${done}/${total}`} isSet={total > 0} />,
    },
    {
      key: "overdue",
      header: "逾期未办结",
      width: 190,
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
      width: 190,
      render: ({ deficient }) => deficient.map(({ name, until }) => deficientText(name, until, asOf)).join("；"),
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

function deficientText(name: string, until: string | null, asOf: string): string {
  if (until === null) return `${name}（未定期限）`;
  return until <= asOf ? `${name}（${until} 已到期）` : `${name}（${until} 前）`;
}

function CountCell({ text, isSet }: { text: string; isSet: boolean }) {
  return (
    <Text span size="sm" c={isSet ? undefined : "var(--text-quiet)"}>
      {text}
    </Text>
  );
}
