import {
  IconAlertTriangle,
  IconBook2,
  IconBuilding,
  IconCalendarEvent,
  IconCertificate,
  IconGauge,
  IconPrinter,
  IconReportMoney,
  IconTable,
  IconTransfer,
  IconUsers,
  IconWalk,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOpenView } from "#renderer/components/views/use-views.ts";
import { useLightDate } from "./light-date.tsx";
import { api } from "./rpc.ts";
import { useSession } from "./session.tsx";
import classes from "./shell.module.css";

/** The pages of the menu. */
export const entries = [
  { to: "/", label: "工作台", icon: IconGauge },
  { to: "/projects", label: "项目台账", icon: IconTable },
  { to: "/nodes", label: "节点", icon: IconCalendarEvent, badge: "review" },
  { to: "/permits", label: "手续", icon: IconCertificate },
  { to: "/reports", label: "月报", icon: IconReportMoney, badge: "reports" },
  { to: "/issues", label: "问题", icon: IconAlertTriangle, badge: "issues" },
  { to: "/visits", label: "走访", icon: IconWalk },
  { to: "/books", label: "对账", icon: IconBook2 },
  { to: "/people", label: "人员与秘书", icon: IconUsers },
  { to: "/sync", label: "同步", icon: IconTransfer, badge: "conflicts" },
  { to: "/print", label: "打印", icon: IconPrinter },
  { to: "/offices", label: "单位与设定", icon: IconBuilding },
] as const;

export function Navigation() {
  const { asOf } = useLightDate();
  const { version, office } = useSession();
  const { data } = useQuery(api.workbench.summary.queryOptions({ input: { asOf } }));
  const issues = useQuery(api.issues.counts.queryOptions({ input: { filter: {}, asOf } })).data;
  const views = useQuery(api.views.list.queryOptions()).data;
  const openView = useOpenView();
  const counts = {
    review: { value: (data?.awaitingReviewTotal ?? 0) + (data?.returnedTotal ?? 0), title: "待审核和被退回的节点" },
    reports: {
      value: (data?.reports.submitted ?? 0) + (data?.reports.returned ?? 0),
      title: "待审核和被退回的月报",
    },
    issues: {
      value: (issues?.overdue ?? 0) + (office.level === "street" ? 0 : (issues?.awaiting ?? 0)),
      title: office.level === "street" ? "超期未解决的问题" : "超期的和等待本单位答复的问题",
    },
    conflicts: { value: data?.conflictTotal ?? 0, title: "待处理的冲突" },
  };
  return (
    <nav className={classes.nav} aria-label="主导航">
      {entries.map(({ to, label, icon: Icon, ...rest }) => {
        const count = "badge" in rest ? counts[rest.badge] : null;
        return (
          <Link
            key={to}
            to={to}
            className={classes.link}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            onClick={(event) => {
              const view = views?.find(({ page, isDefault }) => page === to && isDefault);
              if (!view || event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              openView(view);
            }}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            <span>{label}</span>
            {count && count.value > 0 && (
              <b className={classes.count} title={count.title}>
                {count.value > 999 ? "999+" : count.value}
              </b>
            )}
          </Link>
        );
      })}
      <div className={classes.foot}>连心桥 {version}</div>
    </nav>
  );
}
