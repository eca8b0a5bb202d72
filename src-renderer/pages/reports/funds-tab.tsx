import { Badge, Checkbox, Group, Select, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { FundRow } from "#contract/plans.ts";
import { groupedMoney } from "#domain/money.ts";
import { fundSources, keysOf } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { UnsetRule } from "#renderer/components/unset-rule.tsx";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import type { ReportsSearch } from "./search.ts";

const route = getRouteApi("/reports");
const money = (amount: number | null) => (amount === null ? "" : groupedMoney(amount, "万元"));
const rate = (percent: number | null) => (percent === null ? "" : `${percent.toFixed(1)}%`);

/** 资金: what was arranged and what is paid, over the projects of the office. */
export function FundsTab() {
  const { asOf } = useLightDate();
  const { year, source, officeId, search, late } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = { year, source, officeId, search, lateOnly: late };
  const rows = useWindowedRows((offset, limit) =>
    api.funds.list.queryOptions({ input: { filter, asOf, offset, limit } }),
  );
  const change = useCallback(
    (next: Partial<ReportsSearch>) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const { summary } = rows;
  const warnFrom = summary?.warnFromMonth ?? null;
  const columns = useMemo(() => columnsOf(warnFrom !== null), [warnFrom]);
  const isFiltered = year !== undefined || source !== undefined || !!officeId || !!search || !!late;
  return (
    <>
      <ListTools list={{ list: "funds", filter }} columns={columns} storageKey="funds" isEmpty={rows.rowCount === 0} />
      <Group gap={10} mb={8} style={{ flexShrink: 0 }}>
        <Select
          aria-label="年度"
          placeholder="全部年度"
          w={120}
          clearable
          data={(summary?.years ?? []).map((each) => ({ value: String(each), label: `${each} 年` }))}
          value={year === undefined ? null : String(year)}
          onChange={(value) => change({ year: value === null ? undefined : Number(value) })}
        />
        <Select
          aria-label="资金来源"
          placeholder="全部来源"
          w={210}
          clearable
          data={keysOf(fundSources).map((key) => ({ value: key, label: fundSources[key] }))}
          value={source ?? null}
          onChange={(value) => change({ source: keysOf(fundSources).find((key) => key === value) })}
        />
        {warnFrom !== null && (
          <Checkbox
            label={`只看应支付未支付完的（${warnFrom} 月起提醒）`}
            checked={late ?? false}
            onChange={(event) => change({ late: event.currentTarget.checked || undefined })}
          />
        )}
        <div style={{ flex: 1 }} />
        <SearchInput
          label="搜索项目"
          placeholder="项目名称、拼音首字母"
          value={search ?? ""}
          onChange={(text) => change({ search: text || undefined })}
        />
        <OfficeFilter width={140} value={officeId} onChange={(officeId) => change({ officeId })} />
      </Group>
      {summary?.warnFromMonth === null && (
        <UnsetRule text="资金支付提醒未设定：文件要求当年资金全部形成实际支出，但没有规定从几月起提醒；设定后，未支付完的中央资金、专项债等会在这里标出。" />
      )}
      <WindowedTable
        label="资金"
        storageKey="funds"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) =>
          void navigate({ to: "/projects/$projectId", params: { projectId: row.project_id }, search: { tab: "plan" } })
        }
        empty={
          isFiltered ? (
            <EmptyState title="没有符合条件的资金" next="请放宽上面的条件。" />
          ) : (
            <EmptyState title="还没有登记资金" next="在项目页的“计划与投资”里登记安排和支付的资金，这里按来源汇总。" />
          )
        }
        footer={
          summary && (
            <>
              <Text size="sm" style={{ whiteSpace: "nowrap" }}>
                共 <b>{summary.totals.count.toLocaleString("zh-CN")}</b> 笔，安排{" "}
                <b>{money(summary.totals.arranged)}</b> 万元，支付 <b>{money(summary.totals.paid)}</b> 万元，支付率{" "}
                <b>{rate(summary.totals.percent) || "—"}</b>
              </Text>
              {summary.bySource.map((sum) => (
                <Text key={sum.source} size="xs" c="var(--text-quiet)" style={{ whiteSpace: "nowrap" }}>
                  {fundSources[sum.source]} {rate(sum.percent) || "未安排"}
                </Text>
              ))}
            </>
          )
        }
      />
    </>
  );
}

const late: TableColumn<FundRow> = {
  key: "late",
  header: "提醒",
  width: 110,
  render: (row) => row.isLate && <Badge color="orange">未支付完</Badge>,
};

/** `warns`: whether the city has set from when on a payment is late. */
const columnsOf = (warns: boolean): TableColumn<FundRow>[] => [
  { key: "project", header: "项目名称", width: 250, render: (row) => row.projectName },
  { key: "year", header: "年度", width: 70, render: (row) => String(row.year) },
  { key: "source", header: "资金来源", width: 160, render: (row) => fundSources[row.source] },
  { key: "name", header: "资金名称或批次", width: 160, render: (row) => row.name },
  { key: "arranged", header: "安排(万元)", width: 120, align: "end", render: (row) => money(row.arranged) },
  { key: "paid", header: "支付(万元)", width: 120, align: "end", render: (row) => money(row.paid) },
  { key: "percent", header: "支付率", width: 84, align: "end", render: (row) => rate(row.percent) },
  ...(warns ? [late] : []),
  { key: "office", header: "管理单位", width: 120, render: (row) => row.officeName },
];
