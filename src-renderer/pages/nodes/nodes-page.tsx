import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { LightRule } from "#renderer/components/light-rule.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { MonthView } from "./month-view.tsx";
import { NodeDrawer } from "./node-drawer.tsx";
import { StateList } from "./state-list.tsx";

const route = getRouteApi("/nodes");

export function NodesPage() {
  const { tab = "month" } = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  const [opened, setOpened] = useState<NodeRow | null>(null);
  const counts = useQuery(api.workbench.summary.queryOptions({ input: { asOf } })).data;
  const close = useCallback(() => setOpened(null), []);
  return (
    <>
      <PageHeader title="节点" subtitle={<LightRule />} />
      <PageTabs
        label="节点"
        value={tab}
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true })}
        tabs={[
          { value: "month", label: "本月应完成" },
          { value: "submitted", label: "待审核", count: counts?.awaitingReviewTotal },
          { value: "returned", label: "被退回", count: counts?.returnedTotal },
        ]}
      >
        {tab === "month" ? <MonthView onOpen={setOpened} /> : <StateList key={tab} state={tab} onOpen={setOpened} />}
      </PageTabs>
      <NodeDrawer node={opened} onClose={close} />
    </>
  );
}
