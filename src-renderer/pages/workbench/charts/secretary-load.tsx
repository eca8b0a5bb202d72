/** 服务秘书的项目数: how many secretaries serve how many projects, and who serves most. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ChartFrame } from "./chart-frame.tsx";
import classes from "./charts.module.css";

export function SecretaryLoad() {
  const { asOf } = useLightDate();
  const query = useQuery(api.charts.secretaries.queryOptions({ input: { asOf } }));
  const { data } = query;
  const most = Math.max(1, ...(data?.counts ?? []));
  const total = data?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <ChartFrame title="服务秘书的项目数" note={`截至 ${asOf}，本单位和下级单位的服务秘书 ${total} 人。`} query={query}>
      {data &&
        (total === 0 ? (
          <EmptyState title="还没有服务秘书" next="在“人员与秘书”添加，再安排到项目。" />
        ) : (
          <div className={classes.halves}>
            <table className={classes.figures}>
              <caption>服务几个项目的有多少人</caption>
              <tbody>
                {boundLabels(data.bounds).map((label, at) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td className={classes.wide}>
                      <span className={classes.column} aria-hidden>
                        <span style={{ width: `${((data.counts[at] ?? 0) / most) * 100}%` }} />
                      </span>
                    </td>
                    <td>{data.counts[at]} 人</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <table className={classes.figures}>
              <caption>服务最多的</caption>
              <tbody>
                {data.busiest.map(({ personId, name, officeName, projects }) => (
                  <tr key={personId}>
                    <th scope="row">
                      <Link to="/people" search={{ tab: "secretaries", personId }}>
                        {name}
                      </Link>
                    </th>
                    <td>{officeName}</td>
                    <td>{projects} 个</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
    </ChartFrame>
  );
}

/** Labels of the ranges between lower bounds: 0, 1, 2, 4 projects read "0 个", "1 个", "2–3 个", "4 个以上". */
function boundLabels(bounds: readonly number[]): string[] {
  return bounds.map((bound, at) => {
    const next = bounds[at + 1];
    if (next === undefined) return `${bound} 个以上`;
    return next - 1 === bound ? `${bound} 个` : `${bound}–${next - 1} 个`;
  });
}
