import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";

/** For the workbench: projects with permits that are late, and with papers that are due. */
export function PermitFigures({ className }: { className?: string }) {
  const { asOf } = useLightDate();
  const { data } = useQuery({
    ...api.permits.due.queryOptions({ input: { asOf } }),
    placeholderData: (before) => before,
  });
  return (
    <>
      <Link to="/permits" search={{ condition: "overdue" }} className={className}>
        <span>手续逾期</span>
        <b>{data?.overdue.toLocaleString("zh-CN") ?? "…"}</b>
      </Link>
      <Link to="/permits" search={{ condition: "deficient_due" }} className={className}>
        <span>容缺到期</span>
        <b>{data?.deficientDue.toLocaleString("zh-CN") ?? "…"}</b>
      </Link>
    </>
  );
}
