import { Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MissingVisit } from "#contract/ledger.ts";
import { daysBetween } from "#domain/calendar.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSettings } from "#renderer/app/use-settings.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { ProjectLink } from "#renderer/components/project-link.tsx";
import { SettingBasis } from "#renderer/components/setting-basis.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { UnsetRule } from "#renderer/components/unset-rule.tsx";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import type { VisitStart } from "./visit-form.tsx";

const basis = ["visit.overdueDays"] as const;

/** Projects nobody has visited within the setting's days; opening one records a visit there. */
export function MissingVisits({ onRecord }: { onRecord: (start: VisitStart) => void }) {
  const { asOf } = useLightDate();
  const rows = useWindowedRows((offset, limit) => api.visits.missing.queryOptions({ input: { asOf, offset, limit } }));
  const days = useSettings()["visit.overdueDays"];
  const columns: TableColumn<MissingVisit>[] = [
    { key: "name", header: "项目", width: 320, render: (row) => row.projectName },
    { key: "last", header: "最近走访", width: 120, render: (row) => row.lastVisitOn ?? "从未" },
    {
      key: "days",
      header: "距今",
      width: 90,
      align: "end",
      render: (row) => (row.lastVisitOn ? `${daysBetween(row.lastVisitOn, asOf)} 天` : ""),
    },
    { key: "secretaries", header: "服务秘书", width: 170, render: (row) => row.secretaries || "未安排" },
    { key: "office", header: "管理单位", width: 140, render: (row) => row.officeName },
    {
      key: "open",
      header: "项目页",
      screenOnly: true,
      width: 80,
      render: (row) => <ProjectLink id={row.projectId} name="查看" />,
    },
  ];
  return (
    <>
      <ListTools
        list={{ list: "missingVisits" }}
        columns={columns}
        storageKey="visits-missing"
        isEmpty={rows.rowCount === 0}
      />
      {days === null ? (
        <UnsetRule text="走访天数未设定：公开报道有每天对接、每周走访的做法，没有规定多久走访一次；设定后，到期未走访的项目会在这里、台账和工作台列出。" />
      ) : (
        <Group gap={12} mb={8} mih={36} style={{ flexShrink: 0 }}>
          <Text size="sm" component="div">
            截至 {asOf}，{days} 天没有走访的在管项目，最久的在前。点一行即可记录走访。 <SettingBasis keys={basis} />
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            renderRoot={(props) => <Link to="/projects" search={{ unvisitedOnly: true }} {...props} />}
          >
            在台账中查看
          </Button>
        </Group>
      )}
      <WindowedTable
        label="未走访的项目"
        storageKey="visits-missing"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.projectId}
        onOpen={(row) => onRecord({ project_id: row.projectId, project_name: row.projectName })}
        empty={
          <EmptyState
            title="没有待走访的项目"
            next={days === null ? "走访天数未设定，没有项目算到期。" : `各项目都在 ${days} 天内走访过。`}
          />
        }
        counted="个项目"
      />
    </>
  );
}
