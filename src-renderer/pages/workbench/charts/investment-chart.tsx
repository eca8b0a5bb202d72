/** 投资完成与序时: cumulative completion beside the share of the year gone by, as two lines and as numbers. */
import { useQuery } from "@tanstack/react-query";
import type { InvestmentChart as Chart } from "#contract/charts.ts";
import { leadCell } from "#domain/figures-text.ts";
import { lastWholeMonth } from "#domain/light-verdicts.ts";
import { groupedMoney } from "#domain/money.ts";
import { completionPercent, leadPoints, timePercent } from "#domain/progress.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ChartFrame } from "./chart-frame.tsx";
import classes from "./charts.module.css";

const WIDTH = 520;
const HEIGHT = 190;
const LEFT = 40;
const BOTTOM = 22;
const MONTHS = 12;

export function InvestmentChart() {
  const { asOf } = useLightDate();
  const query = useQuery(api.charts.investment.queryOptions({ input: { asOf } }));
  const { data } = query;
  return (
    <ChartFrame
      title="投资完成与序时"
      note={
        data
          ? `${data.year} 年有年度计划的 ${data.projects.toLocaleString("zh-CN")} 个项目，计划 ${groupedMoney(data.planned, "亿元")} 亿元；序时为已过月数÷12。`
          : "年度计划与各月完成投资"
      }
      query={query}
    >
      {data &&
        (data.planned === 0 ? (
          <EmptyState title="还没有年度计划投资" next="在项目卡或年度计划里填写年度计划投资，这里就与序时进度比较。" />
        ) : (
          <Lines chart={data} asOf={asOf} />
        ))}
    </ChartFrame>
  );
}

function Lines({ chart: { planned, months }, asOf }: { chart: Chart; asOf: string }) {
  let sum = 0;
  const rows = months.map(({ month, completed }, index) => {
    sum += completed;
    return {
      month,
      completed,
      sum,
      percent: completionPercent(sum, planned) ?? 0,
      time: timePercent(index + 1),
      lead: leadPoints(sum, planned, index + 1) ?? 0,
      // Its reports are not in yet: against the whole month everything would lag.
      isRunning: month > lastWholeMonth(asOf),
    };
  });
  const top = Math.max(100, ...rows.map(({ percent }) => Math.ceil(percent / 20) * 20));
  const x = (index: number) => LEFT + ((WIDTH - LEFT - 60) * index) / (MONTHS - 1);
  const y = (percent: number) => 8 + (HEIGHT - BOTTOM - 8) * (1 - percent / top);
  const path = (values: readonly number[]) =>
    values.map((value, index) => `${index ? "L" : "M"}${x(index)} ${y(value)}`).join("");
  const whole = Array.from({ length: MONTHS }, (_, index) => timePercent(index + 1));
  const last = rows.at(-1);
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.lines} aria-hidden="true">
        {[0, 25, 50, 75, 100].map((percent) => (
          <g key={percent}>
            <path d={`M${LEFT} ${y(percent)}H${WIDTH - 60}`} className={classes.rule} />
            <text x={LEFT - 6} y={y(percent) + 4} textAnchor="end">
              {percent}%
            </text>
          </g>
        ))}
        {whole.map((_, index) => (
          <text key={x(index)} x={x(index)} y={HEIGHT - 5} textAnchor="middle">
            {index + 1}月
          </text>
        ))}
        <path d={path(whole)} className={classes.time} />
        <text x={WIDTH - 54} y={y(100) + 4}>
          序时
        </text>
        <path d={path(rows.map(({ percent }) => percent))} className={classes.done} />
        {rows.map(({ month, percent }, index) => (
          <circle key={month} cx={x(index)} cy={y(percent)} r={3} className={classes.point} />
        ))}
        {last && (
          <text x={x(rows.length - 1) + 7} y={y(last.percent) + 12} className={classes.strong}>
            完成 {last.percent.toFixed(1)}%
          </text>
        )}
      </svg>
      <table className={classes.figures}>
        <caption className={classes.hidden}>各月投资完成与序时</caption>
        <thead>
          <tr>
            {["月份", "当月完成(亿元)", "累计完成(亿元)", "完成率", "序时", "超(欠)序时"].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ month, completed, sum: total, percent, time, lead, isRunning }) => (
            <tr key={month}>
              <th scope="row">
                {month}
                {isRunning && "（至今）"}
              </th>
              <td>{(completed / 1_000_000).toFixed(2)}</td>
              <td>{(total / 1_000_000).toFixed(2)}</td>
              <td>{percent.toFixed(1)}%</td>
              <td>{isRunning ? "—" : `${time.toFixed(1)}%`}</td>
              <td>{isRunning ? "未满月" : `${leadCell(lead)} 个百分点`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
