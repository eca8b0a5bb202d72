import { Anchor, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { RegionProgress } from "#contract/monthly-reports.ts";
import { monthOf } from "#domain/calendar.ts";
import { groupedMoney } from "#domain/money.ts";
import { timePercent } from "#domain/progress.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { MonthSwitcher } from "#renderer/components/month-switcher.tsx";
import { leadText } from "./grid-columns.tsx";
import classes from "./reports.module.css";

const route = getRouteApi("/reports");
const money = (amount: number) => groupedMoney(amount, "万元");

/** 投资进度: what each region planned and completed of the year, against 序时. */
export function InvestmentTab() {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const current = monthOf(asOf);
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
  const time = timePercent(Number(month.slice(5)));
  return (
    <>
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <MonthSwitcher
          month={month}
          current={current}
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
          <EmptyState title="还没有项目" next="台账里有项目后，这里按地区汇总年度计划和完成投资。" />
        ) : (
          <table className={classes.table} aria-label="各地区投资进度">
            <thead>
              <tr>
                <th>地区</th>
                {heads.map((head) => (
                  <th key={head} data-align="end">
                    {head}
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
      </div>
    </>
  );
}

const heads = [
  "项目",
  "有年度计划",
  "年度计划投资",
  "当年累计完成",
  "其中有计划的",
  "完成率",
  "超欠序时(百分点)",
  "本月计划",
  "本月完成",
];

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
        <td key={heads[at]} data-align="end">
          {text}
        </td>
      ))}
      <td data-align="end" className={row.lead !== null && row.lead < 0 ? classes.behind : undefined}>
        {row.lead !== null && row.lead < 0 ? "▼ " : ""}
        {leadText(row.lead)}
      </td>
      <td data-align="end">{money(row.monthPlanned)}</td>
      <td data-align="end">{money(row.monthCompleted)}</td>
    </>
  );
}
