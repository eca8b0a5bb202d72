import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import { deadlineText } from "#domain/issue-list.ts";
import { issueLevels } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { WaitingRows } from "#renderer/components/waiting.tsx";
import { IssueBadges } from "#renderer/pages/issues/issue-badges.tsx";
import { IssueDrawer } from "#renderer/pages/issues/issue-drawer.tsx";
import { IssueEditor } from "#renderer/pages/issues/issue-editor.tsx";
import classes from "./project.module.css";
import { TabBar } from "./tab-bar.tsx";

const SHOWN = 500;

/** The project's problems, those not closed first. */
export function IssuesTab({ page: { project, editable } }: { page: ProjectPage }) {
  const { asOf } = useLightDate();
  const [opened, setOpened] = useState<string | null>(null);
  const [raising, setRaising] = useState(false);
  const input = { filter: { projectId: project.id }, offset: 0, limit: SHOWN, asOf };
  const { data, error, refetch } = useQuery(api.issues.list.queryOptions({ input }));
  return (
    <>
      <TabBar label="提出问题" note="业主回音后才能销号" disabled={!editable} onAdd={() => setRaising(true)} />
      <FailureAlert error={error} onRetry={() => void refetch()} />
      {!data && <WaitingRows />}
      {data?.total === 0 && (
        <EmptyState title="没有提出过问题" next="发现问题按 i 键，写一句话就能提出；解决不了的当天上报。" />
      )}
      {data && data.total > 0 && (
        <table className={classes.list} aria-label="问题">
          <thead>
            <tr>
              <th>问题</th>
              <th>状态</th>
              <th>层级</th>
              <th>办理期限</th>
              <th>最近办理</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((issue) => (
              <tr key={issue.id}>
                <td>
                  <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setOpened(issue.id)}>
                    {issue.title}
                  </Anchor>
                </td>
                <td>
                  <IssueBadges issue={issue} />
                </td>
                <td data-nowrap>{issueLevels[issue.level]}</td>
                <td data-nowrap>
                  {deadlineText(issue, asOf)
                    .split("，")
                    .map((part) => (
                      <div key={part}>{part}</div>
                    ))}
                </td>
                <td>
                  <Text size="sm" className={classes.clip}>
                    {issue.lastEntryOn ? (
                      <>
                        <span className={classes.day}>{issue.lastEntryOn}</span> {issue.lastEntry}
                      </>
                    ) : (
                      "还没有办理记录"
                    )}
                  </Text>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <IssueDrawer id={opened} onClose={() => setOpened(null)} />
      <IssueEditor opened={raising} onClose={() => setRaising(false)} start={{ project_id: project.id }} />
    </>
  );
}
