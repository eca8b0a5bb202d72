import { Button } from "@mantine/core";
import { IconPlus, IconPrinter } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { issueViews, keysOf } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { FollowUpList } from "./follow-up-list.tsx";
import { IssueDrawer } from "./issue-drawer.tsx";
import { IssueEditor } from "./issue-editor.tsx";
import { FiguresButton } from "./issue-figures.tsx";
import { IssueList } from "./issue-list.tsx";
import type { IssuesSearch } from "./search.ts";

const route = getRouteApi("/issues");

export function IssuesPage() {
  const { sort, id, ...filter } = route.useSearch();
  const { view = "open" } = filter;
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  const { office } = useSession();
  const [raising, setRaising] = useState(false);
  const counts = useQuery({
    ...api.issues.counts.queryOptions({ input: { filter, asOf } }),
    placeholderData: keepPreviousData,
  }).data;
  const change = useCallback(
    (next: IssuesSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const raise = useCallback(() => setRaising(true), []);
  useShortcut("n", "提出问题", raise);
  const open = useCallback(
    (issue: { id: string }) => void navigate({ search: (before) => ({ ...before, id: issue.id }) }),
    [navigate],
  );
  const labels = { ...issueViews, awaiting: office.level === "street" ? "待上级答复" : "待我答复" };
  const list = { filter: { ...filter, sort }, onChange: change, onOpen: open };
  return (
    <>
      <PageHeader title="问题" subtitle="按 i 键随时提出；业主回音后才能销号。">
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={raise}>
          提出问题
        </Button>
        <FiguresButton />
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => (
            <Link
              to="/print"
              search={{ sheet: "issues", issueFilter: { ...filter, view }, issueSort: sort }}
              {...props}
            />
          )}
        >
          清单报表
        </Button>
      </PageHeader>
      <PageTabs
        label="问题"
        value={view}
        onChange={(next) => change({ view: next })}
        tabs={keysOf(issueViews).map((value) => ({
          value,
          label: labels[value],
          count: value === "closed" ? undefined : counts?.[value],
        }))}
      >
        {view === "silent" ? <FollowUpList {...list} /> : <IssueList view={view} {...list} onRaise={raise} />}
      </PageTabs>
      <IssueDrawer id={id ?? null} onClose={() => change({ id: undefined })} />
      <IssueEditor opened={raising} onClose={() => setRaising(false)} start={{ project_id: filter.projectId }} />
    </>
  );
}
