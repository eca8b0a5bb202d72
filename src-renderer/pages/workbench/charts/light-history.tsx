/** 各地区灯号: a row for each part of the office, a column for each of the last months; every bar is written out in numbers. */
import { Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { MonthLights } from "#contract/charts.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { keysOf, type Light, lights, placeWords } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { ChartFrame } from "./chart-frame.tsx";
import classes from "./charts.module.css";

const MONTHS = 6;
const shapes: Record<Light, string> = { red: "■", yellow: "▲", green: "●", none: "–" };

export function LightHistory() {
  const { asOf } = useLightDate();
  const places = placeWords[useSession().office.level];
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(monthOf(asOf), at + 1 - MONTHS));
  const results = useQueries({
    queries: months.map((month) => api.charts.lights.queryOptions({ input: { month, asOf } })),
  });
  const loaded = results.map(({ data }) => data);
  const regions = new Map(
    loaded.flatMap((month) => month?.parts.map(({ officeId, name }) => [officeId, name]) ?? []) as [string, string][],
  );
  const query = {
    isPending: results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
    refetch: () => results.map(({ refetch }) => refetch()),
  };
  return (
    <ChartFrame
      title={`${places.all}灯号`}
      note="近六个月各月末的项目灯号；已对账的月份取对账时定下的，其余按现行规则计算。"
      query={query}
    >
      {regions.size === 0 ? (
        <EmptyState title="还没有项目" next={`台账里有了项目，这里就按${places.one}和月份列出灯号。`} />
      ) : (
        <>
          <table className={classes.grid}>
            <caption className={classes.hidden}>{places.all}各月末的灯号数</caption>
            <thead>
              <tr>
                <th scope="col">{places.one}</th>
                {months.map((month, at) => (
                  <th key={month} scope="col">
                    {month}
                    <small>{loaded[at]?.isClosed ? "已对账" : month === monthOf(asOf) ? "至今" : ""}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...regions].map(([officeId, name]) => (
                <tr key={officeId}>
                  <th scope="row">
                    <Link to="/projects" search={{ officeId }}>
                      {name}
                    </Link>
                  </th>
                  {loaded.map((month, at) => (
                    <td key={months[at]}>
                      <Cell part={month?.parts.find((part) => part.officeId === officeId)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <Text size="xs" c="var(--text-quiet)" mt={6} className={classes.legend} component="div">
            {keysOf(lights).map((light) => (
              <LightBadge key={light} light={light} />
            ))}
          </Text>
        </>
      )}
    </ChartFrame>
  );
}

function Cell({ part }: { part: MonthLights["parts"][number] | undefined }) {
  if (!part) return null;
  const present = keysOf(lights).filter((light) => part.lights[light] > 0);
  return (
    <>
      <span className={classes.bar} aria-hidden>
        {present.map((light) => (
          <span key={light} data-light={light} style={{ flexGrow: part.lights[light] }} />
        ))}
      </span>
      <span className={classes.numbers}>
        {present.map((light) => (
          <span key={light} data-light={light} title={lights[light]}>
            <span aria-hidden>{shapes[light]}</span>
            <span className={classes.hidden}>{lights[light]}</span>
            {part.lights[light]}
          </span>
        ))}
      </span>
    </>
  );
}
