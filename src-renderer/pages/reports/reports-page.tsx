import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { FundsTab } from "./funds-tab.tsx";
import { InvestmentTab } from "./investment-tab.tsx";
import { MonthGrid } from "./month-grid.tsx";
import { StatsTab } from "./stats-tab.tsx";

const route = getRouteApi("/reports");

export function ReportsPage() {
  const { tab = "grid" } = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  const counts = useQuery(api.workbench.summary.queryOptions({ input: { asOf } })).data;
  return (
    <>
      <PageHeader title="月报" />
      <PageTabs
        label="月报"
        value={tab}
        onChange={(next) => void navigate({ search: ({ month, officeId }) => ({ month, officeId, tab: next }) })}
        tabs={[
          { value: "grid", label: "填报与审核", count: counts?.reports.submitted },
          { value: "investment", label: "投资进度" },
          { value: "funds", label: "资金" },
          { value: "stats", label: "入统入库", count: counts?.reports.entriesOverdue },
        ]}
      >
        {tab === "grid" && <MonthGrid />}
        {tab === "investment" && <InvestmentTab />}
        {tab === "funds" && <FundsTab />}
        {tab === "stats" && <StatsTab />}
      </PageTabs>
    </>
  );
}
