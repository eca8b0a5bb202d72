import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ProjectPage } from "#contract/ledger.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import { FundsSection } from "./funds-section.tsx";
import { MonthTable } from "./month-table.tsx";
import { StatsSection } from "./stats-section.tsx";
import { YearPlanSection } from "./year-plan.tsx";

const route = getRouteApi("/projects/$projectId");

/** 计划与投资: the plan of a year and its months with their reports, funds, and 入统入库. */
export function PlanTab({ page }: { page: ProjectPage }) {
  const { asOf } = useLightDate();
  const { year = Number(asOf.slice(0, 4)) } = route.useSearch();
  const projectId = page.project.id;
  const query = useQuery({
    ...api.plans.year.queryOptions({ input: { projectId, year, asOf } }),
    placeholderData: (before) => before,
  });
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting what="正在统计" height={480} />;
  return (
    <>
      <YearPlanSection page={page} plan={query.data} />
      <MonthTable page={page} plan={query.data} />
      <FundsSection page={page} />
      <StatsSection page={page} />
    </>
  );
}
