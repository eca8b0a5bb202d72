import { Badge, Box, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { StatsRow } from "#contract/plans.ts";
import { papersText } from "#domain/stats-entry.ts";
import { keysOf, stages, statsStandings, statsStates } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { Chip } from "#renderer/components/chip.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListButtons, ListTools } from "#renderer/components/list-tools.tsx";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import type { SizedColumn, TableColumn } from "#renderer/components/table-types.ts";
import { UnsetRule } from "#renderer/components/unset-rule.tsx";
import { usePlaceWords } from "#renderer/components/use-place-words.ts";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import { StatsDrawer } from "#renderer/pages/project/stats-drawer.tsx";
import classes from "./reports.module.css";
import type { ReportsSearch } from "./search.ts";

const route = getRouteApi("/reports");

/** 入统入库: who has started and is not entered in statistics, and 入库率 by region. */
export function StatsTab() {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const { standing = "owing", officeId, search } = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState<StatsRow | null>(null);
  const rows = useWindowedRows((offset, limit) =>
    api.statsEntry.list.queryOptions({ input: { standing, officeId, search, asOf, offset, limit } }),
  );
  const change = useCallback(
    (next: Partial<ReportsSearch>) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const { summary } = rows;
  const dueDays = summary?.dueDays ?? null;
  const columns = useMemo(() => columnsOf(dueDays !== null), [dueDays]);
  return (
    <>
      <ListTools
        list={{ list: "statsEntry", filter: { standing, officeId, search } }}
        columns={columns}
        storageKey="stats-entry"
        isEmpty={rows.rowCount === 0}
      />
      <Group gap={10} mb={8} style={{ flexShrink: 0 }}>
        {keysOf(statsStandings).map((value) => (
          <Chip key={value} isPressed={standing === value} onClick={() => change({ standing: value })}>
            {statsStandings[value]}{" "}
            {value === "overdue" && summary?.dueDays === null
              ? ""
              : (summary?.counts[value].toLocaleString("zh-CN") ?? "")}
          </Chip>
        ))}
        <div style={{ flex: 1 }} />
        <SearchInput
          label="搜索项目"
          placeholder="项目名称、拼音首字母"
          value={search ?? ""}
          onChange={(text) => change({ search: text || undefined })}
        />
        <OfficeFilter width={140} value={officeId} onChange={(officeId) => change({ officeId })} />
      </Group>
      {summary?.dueDays === null && (
        <UnsetRule text="入库期限未设定：文件要求应统尽统，但没有规定开工后多少天入库；设定后，超期的项目会列出并在工作台提醒。" />
      )}
      <div className={classes.halves}>
        <div className={classes.half}>
          <WindowedTable
            label="入统入库"
            storageKey="stats-entry"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            onOpen={setOpened}
            empty={<Nothing standing={standing} isFiltered={!!search || !!officeId} counts={summary?.counts} />}
            counted="个项目；Enter 打开办理"
          />
        </div>
        <Regions officeId={officeId ?? office.id} />
      </div>
      <StatsDrawer project={opened} onClose={useCallback(() => setOpened(null), [])} />
    </>
  );
}

const over: TableColumn<StatsRow> = {
  key: "over",
  header: "期限",
  width: 110,
  render: (row) => row.standing === "overdue" && <Badge color="red">超期 {row.daysOver} 天</Badge>,
};

/** `hasDueDays`: whether the city has set in how many days an entry is due. */
const columnsOf = (hasDueDays: boolean): TableColumn<StatsRow>[] => [
  { key: "name", header: "项目名称", width: 250, render: (row) => row.name },
  {
    key: "state",
    header: "状态",
    width: 84,
    render: (row) => (row.stats_state === null ? "未填" : statsStates[row.stats_state]),
  },
  ...(hasDueDays ? [over] : []),
  { key: "started", header: "开工日期", width: 104, render: (row) => row.started_on ?? "未填" },
  { key: "stage", header: "阶段", width: 78, render: (row) => (row.stage === null ? "" : stages[row.stage]) },
  { key: "papers", header: "材料", width: 58, render: (row) => papersText(row.stats_papers) },
  { key: "entered", header: "入库日期", width: 110, render: (row) => row.stats_entered_on ?? "" },
  { key: "office", header: "管理单位", width: 110, render: (row) => row.officeName },
];

type NothingProps = {
  standing: keyof typeof statsStandings;
  isFiltered: boolean;
  counts: Record<keyof typeof statsStandings, number> | undefined;
};

function Nothing({ standing, isFiltered, counts }: NothingProps) {
  if (counts && keysOf(statsStandings).every((each) => counts[each] === 0)) {
    return isFiltered ? (
      <EmptyState title="没有符合条件的项目" next="请放宽上面的条件。" />
    ) : (
      <EmptyState title="还没有项目" next="台账里有项目后，这里列出已开工还没有入库的。" />
    );
  }
  const next: Record<typeof standing, string> = {
    owing: "已开工的项目都已入库，或标明不需入库。",
    overdue: "没有超过期限仍未入库的项目。",
    entered: "入库后在项目的“计划与投资”里把状态改为“已入库”并填日期。",
    outside: "所有项目都已开工并需要入库。",
  };
  return <EmptyState title="没有这样的项目" next={next[standing]} />;
}

const regionColumns: readonly SizedColumn[] = [
  { key: "name", width: 160 },
  ...["owed", "entered", "overdue", "percent"].map((key) => ({ key, width: 90 })),
];

function Regions({ officeId }: { officeId: string }) {
  const { asOf } = useLightDate();
  const { data } = useQuery({
    ...api.statsEntry.byRegion.queryOptions({ input: { officeId, asOf } }),
    placeholderData: (before) => before,
  });
  const places = usePlaceWords(officeId);
  if (!data) return <div />;
  return (
    <Box component="section" className={classes.scroll} aria-label={`${places.all}入库率`} tabIndex={0}>
      <Group gap={8} mb={8}>
        <ListButtons
          list={{ list: "statsRegions", officeId }}
          columns={regionColumns}
          storageKey="stats-regions"
          isEmpty={data.rows.length === 0}
          of={`${places.all}入库率`}
        />
      </Group>
      <table className={classes.table}>
        <caption className={classes.quiet}>入库率 = 已入库 ÷ 已开工且需入库</caption>
        <thead>
          <tr>
            <th>{places.one}</th>
            <th data-align="end">应入库</th>
            <th data-align="end">已入库</th>
            <th data-align="end">超期</th>
            <th data-align="end">入库率</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.officeId}>
              <th scope="row">{row.name}</th>
              <td data-align="end">{row.owed}</td>
              <td data-align="end">{row.entered}</td>
              <td data-align="end">{row.overdue || ""}</td>
              <td data-align="end">{row.percent === null ? "" : `${row.percent.toFixed(1)}%`}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            <td data-align="end">{data.total.owed}</td>
            <td data-align="end">{data.total.entered}</td>
            <td data-align="end">{data.total.overdue || ""}</td>
            <td data-align="end">{data.total.percent === null ? "" : `${data.total.percent.toFixed(1)}%`}</td>
          </tr>
        </tfoot>
      </table>
    </Box>
  );
}
