import { Badge, Button } from "@mantine/core";
import { IconGitCompare } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { MissingAttachments } from "#renderer/components/attachments/missing-attachments.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { ExchangeLog } from "./exchange-log.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { Links } from "./links.tsx";
import { RecordsDrawer } from "./records-drawer.tsx";
import classes from "./sync.module.css";

const route = getRouteApi("/sync");

export function SyncPage() {
  const { tab = "links" } = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  /** The exchange whose records are shown. */
  const [shown, setShown] = useState<string | null>(null);
  const conflicts = useQuery(api.workbench.summary.queryOptions({ input: { asOf } })).data?.conflictTotal ?? 0;
  return (
    <>
      <PageHeader title="同步" subtitle="与上级、下级用文件往来：导出的同步包拷到U盘交给对方，对方的同步包在这里导入。">
        <Button
          variant="default"
          leftSection={<IconGitCompare size={16} aria-hidden />}
          rightSection={conflicts > 0 && <Badge color="red">{conflicts}</Badge>}
          renderRoot={(props) => <Link to="/conflicts" {...props} />}
        >
          冲突处理
        </Button>
      </PageHeader>
      <PageTabs
        label="同步"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: "links", label: "导入导出" },
          { value: "log", label: "往来记录" },
        ]}
      >
        {tab === "links" ? (
          <div className={classes.scroll}>
            <MissingAttachments />
            <ImportPanel onShowRecords={setShown} />
            <Links />
          </div>
        ) : (
          <ExchangeLog onOpen={setShown} />
        )}
      </PageTabs>
      <RecordsDrawer exchangeId={shown} onClose={() => setShown(null)} />
    </>
  );
}
