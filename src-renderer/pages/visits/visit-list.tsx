import { Button, Group } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { VisitRow } from "#contract/ledger.ts";
import { api } from "#renderer/app/rpc.ts";
import { DayInput } from "#renderer/components/day-input.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { PersonInput, ProjectInput } from "#renderer/components/reference-input.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import type { VisitsSearch } from "./search.ts";
import { visitColumns } from "./visit-columns.tsx";

const route = getRouteApi("/visits");

type Props = { onOpen: (visit: VisitRow) => void; onRecord: () => void };

/** Visits, newest first, by project, secretary, day and words. */
export function VisitList({ onOpen, onRecord }: Props) {
  const { tab, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useWindowedRows((offset, limit) =>
    api.visits.list.queryOptions({ input: { ...filter, offset, limit } }),
  );
  const change = useCallback(
    (next: VisitsSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <ListTools
        list={{ list: "visits", filter }}
        columns={visitColumns}
        storageKey="visits"
        isEmpty={rows.rowCount === 0}
      />
      <Group gap={8} mb={8} style={{ flexShrink: 0 }}>
        <SearchInput
          label="搜索走访"
          placeholder="项目、秘书、内容  /"
          value={filter.search ?? ""}
          onChange={(search) => change({ search: search || undefined })}
        />
        <ProjectInput
          aria-label="项目"
          placeholder="项目"
          w={180}
          clearable
          current={filter.projectId ? { value: filter.projectId, label: rows.rowAt(0)?.projectName ?? "" } : undefined}
          value={filter.projectId ?? null}
          onChange={(projectId) => change({ projectId: projectId ?? undefined })}
        />
        <PersonInput
          aria-label="服务秘书"
          placeholder="服务秘书"
          w={132}
          clearable
          value={filter.personId ?? null}
          onChange={(personId) => change({ personId: personId ?? undefined })}
        />
        <DayInput
          aria-label="起始日期"
          placeholder="起始日期"
          w={124}
          value={filter.from ?? null}
          onChange={(from) => change({ from: from ?? undefined })}
        />
        <DayInput
          aria-label="截止日期"
          placeholder="截止日期"
          w={124}
          value={filter.to ?? null}
          onChange={(to) => change({ to: to ?? undefined })}
        />
        {isFiltered && (
          <Button variant="subtle" size="compact-sm" onClick={() => void navigate({ search: { tab }, replace: true })}>
            清除条件
          </Button>
        )}
      </Group>
      <WindowedTable
        label="走访记录"
        storageKey="visits"
        columns={visitColumns}
        rows={rows}
        rowKey={(visit) => visit.id}
        onOpen={onOpen}
        empty={<NoVisits isFiltered={isFiltered} onRecord={onRecord} />}
        counted="次走访"
      />
    </>
  );
}

function NoVisits({ isFiltered, onRecord }: { isFiltered: boolean; onRecord: () => void }) {
  if (isFiltered) return <EmptyState title="没有符合条件的走访" next="请放宽上面的条件，或点“清除条件”。" />;
  return (
    <EmptyState title="还没有走访记录" next="走访回来按 v 键，一分钟内可以记完。">
      <Button onClick={onRecord}>记录走访</Button>
    </EmptyState>
  );
}
