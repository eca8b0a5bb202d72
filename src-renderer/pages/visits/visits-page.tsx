import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { VisitRow } from "#contract/ledger.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { MissingVisits } from "./missing-visits.tsx";
import { VisitEditor } from "./visit-editor.tsx";
import type { VisitStart } from "./visit-form.tsx";
import { VisitList } from "./visit-list.tsx";

const route = getRouteApi("/visits");

export function VisitsPage() {
  const { tab = "list" } = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  /** The visit in the editor, or the facts a new one starts with. */
  const [editing, setEditing] = useState<{ visit: VisitRow } | { start: VisitStart } | null>(null);
  const missing = useQuery(api.workbench.summary.queryOptions({ input: { asOf } })).data?.visitsMissingTotal;
  const record = (start: VisitStart) => setEditing({ start });
  return (
    <>
      <PageHeader title="走访" subtitle="在任何页面按 v 键都可以记录走访。">
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => record({})}>
          记录走访
        </Button>
      </PageHeader>
      <PageTabs
        label="走访"
        value={tab}
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true })}
        tabs={[
          { value: "list", label: "走访记录" },
          { value: "missing", label: "未走访", count: missing },
        ]}
      >
        {tab === "list" ? (
          <VisitList onOpen={(visit) => setEditing({ visit })} onRecord={() => record({})} />
        ) : (
          <MissingVisits onRecord={record} />
        )}
      </PageTabs>
      <VisitEditor
        opened={editing !== null}
        onClose={() => setEditing(null)}
        visit={editing && "visit" in editing ? editing.visit : undefined}
        start={editing && "start" in editing ? editing.start : undefined}
      />
    </>
  );
}
