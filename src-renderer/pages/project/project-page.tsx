import { Alert, Box, Button, Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ProjectPermits } from "#contract/permits.ts";
import { useBooksOn, useLedgerQueries } from "#renderer/app/books-on.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import { AttachmentsTab } from "./attachments-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { IssuesTab } from "./issues-tab.tsx";
import { NodesTab } from "./nodes-tab.tsx";
import { PermitsTab } from "./permits-tab.tsx";
import { PlanTab } from "./plan-tab.tsx";
import classes from "./project.module.css";
import { ProjectCard } from "./project-card.tsx";
import { ProjectHeader } from "./project-header.tsx";
import { SecretariesTab } from "./secretaries-tab.tsx";
import { useIssueCounts } from "./use-issue-counts.ts";
import { useProjectAttachments } from "./use-project-attachments.ts";
import { useProjectPermits } from "./use-project-permits.ts";
import { VisitsTab } from "./visits-tab.tsx";

const route = getRouteApi("/projects/$projectId");

/** What the books of a past day tell; the rest is only known as it is now. */
const pastTabs: readonly string[] = ["nodes", "visits", "secretaries", "history"];

/** How many of the permits are there, "7/12"; "0" where none is listed. */
function permitsText(permits: ProjectPermits | undefined): string {
  if (!permits) return "";
  const done = permits.lines.filter(({ permit }) => permit.state === "done").length;
  return permits.lines.length === 0 ? "0" : `${done}/${permits.lines.length}`;
}

/** One project: its card at the left, what belongs to it at the right. */
export function ProjectPageView() {
  const { projectId } = route.useParams();
  const { tab = "nodes" } = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  const booksOn = useBooksOn();
  const ledger = useLedgerQueries();
  const query = useQuery({
    ...ledger.get(projectId, asOf),
    placeholderData: (before) => (!booksOn && before?.project.id === projectId ? before : undefined),
  });
  const { data: page } = query;
  const openIssues = useIssueCounts(projectId)?.open ?? 0;
  const attachments = useProjectAttachments(projectId);
  const { data: permits } = useProjectPermits(projectId);
  if (query.isError) {
    return (
      <Stack align="flex-start">
        <Box w="100%">
          <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
        </Box>
        <Button variant="default" renderRoot={(props) => <Link to="/projects" {...props} />}>
          回到项目台账
        </Button>
      </Stack>
    );
  }
  if (!page) return <Waiting what="正在打开项目" height="100%" />;

  const everyTab = [
    { value: "nodes", label: `节点 ${page.nodes.length}`, content: <NodesTab page={page} /> },
    { value: "permits", label: `手续 ${permitsText(permits)}`, content: <PermitsTab page={page} /> },
    { value: "visits", label: `走访 ${page.visitTotal}`, content: <VisitsTab page={page} /> },
    { value: "plan", label: "计划与投资", content: <PlanTab page={page} /> },
    { value: "issues", label: `问题 ${openIssues}`, content: <IssuesTab page={page} /> },
    { value: "attachments", label: `资料 ${attachments.length}`, content: <AttachmentsTab page={page} /> },
    { value: "secretaries", label: `服务秘书 ${page.assignments.length}`, content: <SecretariesTab page={page} /> },
    { value: "history", label: "修改记录", content: <HistoryTab projectId={projectId} /> },
  ] as const;
  const tabs = everyTab.filter(({ value }) => !booksOn || pastTabs.includes(value));

  return (
    <>
      <ProjectHeader page={page} />
      {!page.editable && (
        <Alert color="gray" p="xs" mb="xs">
          {page.readOnlyReason}
        </Alert>
      )}
      <div className={classes.columns}>
        <Box component="section" className={classes.card} tabIndex={0} aria-label="项目卡">
          <ProjectCard page={page} />
        </Box>
        <section className={classes.work} aria-label="项目的节点、走访和记录">
          <Tabs
            value={tabs.some(({ value }) => value === tab) ? tab : "nodes"}
            onChange={(value) => {
              const next = tabs.find((each) => each.value === value);
              void navigate({ search: (before) => ({ ...before, tab: next?.value }), replace: true });
            }}
            keepMounted={false}
          >
            <Tabs.List>
              {tabs.map(({ value, label }) => (
                <Tabs.Tab key={value} value={value}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {tabs.map(({ value, content }) => (
              <Tabs.Panel key={value} value={value} pt="sm">
                {content}
              </Tabs.Panel>
            ))}
          </Tabs>
        </section>
      </div>
    </>
  );
}
