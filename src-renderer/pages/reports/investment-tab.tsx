import { Anchor, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { RegionProgress } from "#contract/monthly-reports.ts";
import { leadCell } from "#domain/figures-text.ts";
import { lastWholeMonth } from "#domain/light-verdicts.ts";
import { groupedMoney } from "#domain/money.ts";
import { timePercent } from "#domain/progress.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { MonthSwitcher } from "#renderer/components/month-switcher.tsx";
import { usePlaceWords } from "#renderer/components/use-place-words.ts";
import { WaitingRows } from "#renderer/components/waiting.tsx";
import classes from "./reports.module.css";

const route = getRouteApi("/reports");
const money = (amount: number) => groupedMoney(amount, "万元");

/** 投资进度: what each region planned and completed of the year, against 序时. */
export function InvestmentTab() {
  const { asOf } = useLightDate();
  const { office } = useSession();
  // Reports of the month at hand are not in yet: measured by them every region would lag.
  const current = lastWholeMonth(asOf);
  const { month = current, officeId = office.id } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    ...api.monthlyReports.byRegion.queryOptions({ input: { month, officeId } }),
    placeholderData: (before) => before,
  });
  const change = useCallback(
    (next: { month?: string; officeId?: string }) => void navigate({ search: (before) => ({ ...before, ...next }) }),
    [navigate],
  );
  const { data } = query;
  const places = usePlaceWords(officeId);
  const time = timePercent(Number(month.slice(5)));
  return (
    <>
      <ListTools
        list={{ list: "regions", month, officeId }}
        columns={heads}
        storageKey="regions"
        isEmpty={!data || data.total.projects === 0}
      />
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <MonthSwitcher
          month={month}
          current={current}
          currentLabel="上月"
          onChange={useCallback((next: string) => change({ month: next }), [change])}
        />
        <Text size="sm">
          {month.slice(0, 4)}年1—{Number(month.slice(5))}月，序时进度 <b>{time.toFixed(1)}%</b>
        </Text>
        <Text size="xs" c="var(--text-quiet)">
          完成率和超欠序时只算有年度计划的项目；单位：万元
        </Text>
        {officeId !== office.id && (
          <Button size="compact-sm" variant="light" onClick={() => change({ officeId: undefined })}>
            返回{office.name}
          </Button>
        )}
      </Group>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <div className={classes.scroll}>
        {data && data.total.projects === 0 ? (
          <EmptyState title="还没有项目" next={`台账里有项目后，这里按${places.one}汇总年度计划和完成投资。`} />
        ) : (
          <table className={classes.table} aria-label={`${places.all}投资进度`}>
            <thead>
              <tr>
                {heads.map(({ key, head }) => (
                  <th key={key} data-align={key === "name" ? undefined : "end"}>
                    {key === "name" ? places.one : head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data?.rows.map((row) => (
                <tr key={row.officeId}>
                  <th scope="row">
                    {row.officeId === officeId || office.level === "street" ? (
                      row.name
                    ) : (
                      <Anchor
                        component="button"
                        type="button"
                        size="sm"
                        onClick={() => change({ officeId: row.officeId })}
                      >
                        {row.name}
                      </Anchor>
                    )}
                  </th>
                  <Figures row={row} />
                </tr>
              ))}
            </tbody>
            {data && (
              <tfoot>
                <tr>
                  <th scope="row">合计</th>
                  <Figures row={data.total} />
                </tr>
              </tfoot>
            )}
          </table>
        )}
        {!data && <WaitingRows />}
      </div>
    </>
  );
}

const heads = [
  { key: "name", head: "", width: 120 },
  { key: "projects", head: "项目", width: 60 },
  { key: "planned", head: "有年度计划", width: 80 },
  { key: "plan", head: "年度计划投资", width: 110 },
  { key: "completed", head: "当年累计完成", width: 110 },
  { key: "completedOfPlanned", head: "其中有计划的", width: 110 },
  { key: "percent", head: "完成率", width: 70 },
  { key: "lead", head: "超欠序时(百分点)", width: 90 },
  { key: "monthPlanned", head: "本月计划", width: 100 },
  { key: "monthCompleted", head: "本月完成", width: 100 },
] as const;

function Figures({ row }: { row: RegionProgress }) {
  const texts = [
    String(row.projects),
    String(row.planned),
    money(row.plan),
    money(row.completed),
    money(row.completedOfPlanned),
    row.percent === null ? "" : `${row.percent.toFixed(1)}%`,
  ];
  return (
    <>
      {texts.map((text, at) => (
        <td key={heads[at + 1]?.key} data-align="end">
          {text}
        </td>
      ))}
      <td data-align="end" className={row.lead !== null && row.lead < 0 ? classes.behind : undefined}>
        {leadCell(row.lead)}
      </td>
      <td data-align="end">{money(row.monthPlanned)}</td>
      <td data-align="end">{money(row.monthCompleted)}</td>
    </>
  );
}
