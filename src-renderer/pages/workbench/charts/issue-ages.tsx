/** 未解决问题的时长: how long problems have been open, by the level they have reached. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { issueAges } from "#domain/issue-time.ts";
import { issueLevels, keysOf } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ChartFrame } from "./chart-frame.tsx";
import classes from "./charts.module.css";

const ages = keysOf(issueAges);

export function IssueAges() {
  const { asOf } = useLightDate();
  const query = useQuery(api.charts.issues.queryOptions({ input: { asOf } }));
  const { data } = query;
  const all = data?.flatMap(({ byAge }) => Object.values(byAge)) ?? [];
  const most = Math.max(1, ...all);
  return (
    <ChartFrame title="未解决问题的时长" note={`截至 ${asOf}，从发现之日起的天数，按现在所在层级。`} query={query}>
      {data &&
        (all.every((count) => count === 0) ? (
          <EmptyState title="没有未解决的问题" next="在任何页面按 i 键提出问题，这里就按时长统计。" />
        ) : (
          <table className={classes.grid}>
            <caption className={classes.hidden}>未解决问题按层级和时长的个数</caption>
            <thead>
              <tr>
                <th scope="col">层级</th>
                {ages.map((age) => (
                  <th key={age} scope="col">
                    {issueAges[age]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map(({ level, byAge }) => (
                <tr key={level}>
                  <th scope="row">
                    <Link to="/issues" search={{ level, view: "open" }}>
                      {issueLevels[level]}
                    </Link>
                  </th>
                  {ages.map((age) => (
                    <td key={age}>
                      <span className={classes.column} aria-hidden>
                        <span style={{ width: `${(byAge[age] / most) * 100}%` }} />
                      </span>
                      {byAge[age] > 0 ? byAge[age] : ""}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
    </ChartFrame>
  );
}
