import { Button, Group } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type PermitCondition, type PermitFilter, permitConditions } from "#contract/permits.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { Chip } from "#renderer/components/chip.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import { DaysButton } from "./days-dialog.tsx";
import { overviewColumns } from "./overview-columns.tsx";

const route = getRouteApi("/permits");
const conditions = Object.entries(permitConditions) as [PermitCondition, string][];

/** Permits over projects: who lacks what, what is late, where papers are still owed. */
export function PermitsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const open = useNavigate();
  const { asOf } = useLightDate();
  const columns = useMemo(() => overviewColumns(asOf), [asOf]);
  const list = useWindowedRows((offset, limit) =>
    api.permits.overview.queryOptions({ input: { filter, asOf, offset, limit } }),
  );
  const change = useCallback(
    (next: PermitFilter) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const search = useCallback((text: string) => change({ search: text || undefined }), [change]);
  return (
    <>
      <PageHeader title="手续总览" subtitle={`逾期和容缺到期按 ${asOf} 计算`}>
        <DaysButton />
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/print" search={{ sheet: "permits", permitFilter: filter }} {...props} />}
        >
          打印要件办理表
        </Button>
      </PageHeader>
      <Group gap={8} mb={8} style={{ flexShrink: 0 }}>
        <SearchInput
          label="搜索项目"
          placeholder="搜索项目：汉字或拼音首字母"
          value={filter.search ?? ""}
          onChange={search}
        />
        {conditions.map(([condition, label]) => (
          <Chip
            key={condition}
            isPressed={filter.condition === condition}
            onClick={() => change({ condition: filter.condition === condition ? undefined : condition })}
          >
            {label}
          </Chip>
        ))}
        <OfficeFilter width={150} value={filter.officeId} onChange={(officeId) => change({ officeId })} />
      </Group>
      <ListTools
        list={{ list: "permits", filter }}
        columns={columns}
        storageKey="permits"
        isEmpty={list.rowCount === 0}
      />
      <WindowedTable
        label="各项目的手续"
        storageKey="permits"
        columns={columns}
        rows={list}
        rowKey={(row) => row.projectId}
        onOpen={({ projectId }) =>
          void open({ to: "/projects/$projectId", params: { projectId }, search: { tab: "permits" } })
        }
        empty={<Nothing filter={filter} />}
        counted="个项目"
      />
    </>
  );
}

function Nothing({ filter: { condition, search, officeId } }: { filter: PermitFilter }) {
  if (search || officeId)
    return <EmptyState title="没有符合条件的项目" next="换一个词或另选单位；再点一次上面的条件可取消筛选。" />;
  if (!condition)
    return (
      <EmptyState title="台账还没有项目" next="先在“项目台账”导入或新建项目，再在项目页的“手续”里按模板建立清单。" />
    );
  if (condition === "none") return <EmptyState title="每个项目都建了手续清单" next="再点一次“未建清单”看全部项目。" />;
  if (condition === "green")
    return (
      <EmptyState title="还没有绿色通道项目" next="在项目页点“修改”，打开“绿色通道”，手续用时就会与其他项目比较。" />
    );
  return <EmptyState title={`没有“${permitConditions[condition]}”的项目`} next="再点一次上面的条件看全部项目。" />;
}
