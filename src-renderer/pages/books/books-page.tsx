import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { MonthTab } from "./month-tab.tsx";
import { PeriodTab } from "./period-tab.tsx";
import type { BooksSearch } from "./search.ts";

const route = getRouteApi("/books");

const tabs = [
  { value: "month", label: "月对账" },
  { value: "quarter", label: "季交账" },
  { value: "year", label: "年底算总账" },
] as const;

export function BooksPage() {
  const search = route.useSearch();
  const { tab = "month" } = search;
  const navigate = route.useNavigate();
  const change = useCallback(
    (next: BooksSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return (
    <>
      <PageHeader
        title="对账"
        subtitle="月对账把一个月的灯号、节点完成和投资定下来，以后不再变动；季度和年度由已对账的月份相加。"
      />
      <PageTabs label="对账" value={tab} onChange={(next) => change({ tab: next })} tabs={tabs}>
        {tab === "month" ? (
          <MonthTab search={search} onChange={change} />
        ) : (
          <PeriodTab key={tab} search={search} isYear={tab === "year"} onChange={change} />
        )}
      </PageTabs>
    </>
  );
}
