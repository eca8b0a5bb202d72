import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ProjectListRow } from "#contract/ledger.ts";
import { groupedMoney } from "#domain/money.ts";
import { list2Kinds, stages } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { useSettings } from "#renderer/app/use-settings.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { useSelection } from "#renderer/components/use-selection.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";

const columns: TableColumn<ProjectListRow>[] = [
  { key: "name", header: "项目名称", width: 340, render: (row) => row.name },
  { key: "light", header: "灯号", width: 78, render: (row) => <LightBadge light={row.light} /> },
  { key: "office_name", header: "管理单位", width: 130, render: (row) => row.office_name },
  { key: "stage", header: "阶段", width: 96, render: (row) => (row.stage ? stages[row.stage] : "") },
  {
    key: "total_investment",
    header: "总投资(万元)",
    width: 130,
    align: "end",
    render: (row) => (row.total_investment === null ? "" : groupedMoney(row.total_investment, "万元")),
  },
  { key: "owner", header: "项目单位", width: 240, render: (row) => row.owner ?? "" },
];

/** As many as one act can take; more are shown after these have got theirs. */
const LIMIT = 500;
const filter = { lacksSecretary: true };
const sort = { column: "total_investment", descending: true };
const nameOf = (row: ProjectListRow) => row.name;
const none: ProjectListRow[] = [];

/** Projects that should have a secretary and have none; several get one together. */
export function LackingProjects({ onAssign }: { onAssign: (projects: { id: string; name: string }[]) => void }) {
  const { asOf } = useLightDate();
  const settings = useSettings();
  const navigate = useNavigate();
  const query = useQuery(
    api.projects.list.queryOptions({
      input: {
        filter,
        sort,
        offset: 0,
        limit: LIMIT,
        asOf,
      },
    }),
  );
  const rows = query.data?.rows ?? none;
  const { table, selected, isAll, toggleAll } = useSelection(rows, { nameOf });
  useShortcut("a", "全选或取消全选", toggleAll);
  const rule = `总投资 ${groupedMoney(settings["secretary.thresholdMoney"], "亿元")} 亿元及以上，处于${settings[
    "secretary.stages"
  ]
    .map((stage) => stages[stage])
    .join("、")}，或建设性质为${list2Kinds.new_start}、${list2Kinds.in_preparation}`;
  return (
    <>
      <ListTools
        list={{ list: "projects", filter, sort }}
        columns={columns}
        storageKey="lacking"
        isEmpty={rows.length === 0}
      />
      <Group gap={12} mb={8} mih={30} style={{ flexShrink: 0 }}>
        <Button size="compact-sm" variant="default" disabled={rows.length === 0} onClick={toggleAll}>
          {isAll ? "取消全选" : "全选"}
        </Button>
        <Button
          size="compact-sm"
          disabled={selected.length === 0}
          onClick={() => onAssign(selected.map(({ id, name }) => ({ id, name })))}
        >
          安排服务秘书{selected.length > 0 && `（${selected.length}）`}
        </Button>
        <Text size="sm" c="var(--text-quiet)">
          应配条件：{rule}（在“单位与设定”中可见依据）。
        </Text>
      </Group>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <VirtualTable
        label="应配未配服务秘书的项目"
        storageKey="lacking"
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={(row) => row.id}
        selection={table}
        onOpen={(row) =>
          void navigate({ to: "/projects/$projectId", params: { projectId: row.id }, search: { tab: "secretaries" } })
        }
        empty={query.data && <EmptyState title="应配的项目都有了服务秘书" next={rule} />}
        footer={
          query.isPending ? null : (
            <span>
              共 {(query.data?.total ?? 0).toLocaleString("zh-CN")} 个项目
              {(query.data?.total ?? 0) > LIMIT && `，先列出总投资最大的 ${LIMIT} 个`}
            </span>
          )
        }
      />
    </>
  );
}
